package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * All commands, in the order in which help shows them. Names and meanings are defined only here.
 */
public enum CommandSpec {
  ASK(Form.TEXT, "REQUEST", "ask average salary by department", Label.HELP_ASK),
  RUN(Form.CODE, "CODE", "run ```print(2**100)```", Label.HELP_RUN),
  AGAIN(Form.VALUES, "NAME=VALUE", "again month=4", Label.HELP_AGAIN),
  EDIT(Form.CODE, "CODE", "edit ```print(2**101)```", Label.HELP_EDIT),
  WRONG(Form.REMARK, "WHY", "wrong: it counts refunds", Label.HELP_WRONG),
  CANCEL(Form.ALONE, "", "cancel", Label.HELP_CANCEL),
  NEW(Form.ALONE, "", "new", Label.HELP_NEW),
  HISTORY(Form.ALONE, "", "history", Label.HELP_HISTORY),
  SHOW(Form.NUMBER, "N", "show 3", Label.HELP_SHOW),
  CODE(Form.ALONE, "", "code", Label.HELP_CODE),
  FILES(Form.ALONE, "", "files", Label.HELP_FILES),
  DROP(Form.FILE, "FILE", "drop sales.csv", Label.HELP_DROP),
  SAVE(Form.NAME_VALUES, "NAME", "save burn month=3", Label.HELP_SAVE),
  DO(Form.NAME_VALUES, "NAME", "do burn month=4", Label.HELP_DO),
  LIST(Form.ALONE, "", "list", Label.HELP_LIST),
  FORGET(Form.NAME, "NAME", "forget burn", Label.HELP_FORGET),
  EVERY(Form.SCHEDULE, "WHEN do NAME", "every monday 9:00 do burn", Label.HELP_EVERY),
  ALERT(Form.ALERT, "when do NAME > NUMBER", "alert when do burn > 80000", Label.HELP_ALERT),
  SCHEDULES(Form.ALONE, "", "schedules", Label.HELP_SCHEDULES),
  PAUSE(Form.NUMBER, "N", "pause 3", Label.HELP_PAUSE),
  RESUME(Form.NUMBER, "N", "resume 3", Label.HELP_RESUME),
  UNSCHEDULE(Form.NUMBER, "N", "unschedule 3", Label.HELP_UNSCHEDULE),
  SHARE(Form.ALONE, "", "share", Label.HELP_SHARE),
  SETTINGS(Form.SETTING, "NAME VALUE", "settings code off", Label.HELP_SETTINGS),
  REMEMBER(Form.REMARK, "FACT", "remember: the export leaves out December", Label.HELP_REMEMBER),
  DEFINE(
      Form.DEFINITION,
      "TERM as MEANING",
      "define net revenue as revenue minus refunds",
      Label.HELP_DEFINE),
  MEMORY(Form.ALONE, "", "memory", Label.HELP_MEMORY),
  INSTRUCTIONS(
      Form.REMARK,
      "TEXT",
      "instructions: the fiscal year starts in April",
      Label.HELP_INSTRUCTIONS),
  HELP(Form.TOPIC, "WORD", "help save", Label.HELP_HELP);

  /** What may follow a word. */
  enum Form {
    ALONE,
    /** One number. */
    NUMBER,
    /** When and what, as {@code ScheduleWords} reads it. */
    SCHEDULE,
    /** A condition on a saved computation, as {@code ScheduleWords} reads it. */
    ALERT,
    /** One name. */
    NAME,
    /** One name, then values like {@code month=4}. */
    NAME_VALUES,
    /** Values like {@code month=4}, or nothing. */
    VALUES,
    /** The name of a file. */
    FILE,
    /** The name of a command, or nothing. */
    TOPIC,
    /** A setting's name and its value, or nothing. */
    SETTING,
    /** Fenced code, or nothing. */
    CODE,
    /** A colon and anything, or nothing. */
    REMARK,
    /** A term, "as", and what it means. */
    DEFINITION,
    /** Anything; only in a surface's own command form. */
    TEXT
  }

  private final Form form;
  private final String follows;
  private final String example;
  private final Label meaning;

  CommandSpec(Form form, String follows, String example, Label meaning) {
    this.form = form;
    this.follows = follows;
    this.example = example;
    this.meaning = meaning;
  }

  /** The word as people type it. */
  public String typed() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A line that shows how it is used. */
  public String example() {
    return example;
  }

  /** What it does, in a few words. */
  public String meaning(Language language) {
    return meaning.in(language);
  }

  /** What follows it, in capitals; empty for a lone word. */
  public String follows() {
    return follows;
  }

  Form form() {
    return form;
  }

  /** The word that is typed so. */
  public static Optional<CommandSpec> typed(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(word -> word.typed().equals(plain)).findFirst();
  }

  /** The word that was probably meant, if the text is nearly one. */
  public static Optional<CommandSpec> near(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(word -> TypoCheck.near(plain, word.typed())).findFirst();
  }
}
