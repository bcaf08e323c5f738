package dev.reckon.core.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * All commands, in the order in which help shows them. Names and meanings are defined only here.
 */
public enum CommandSpec {
  ASK(
      Form.TEXT,
      "REQUEST",
      "ask average salary by department",
      "computes an answer; the word can be left out"),
  RUN(Form.CODE, "CODE", "run ```print(2**100)```", "runs exactly that Python, without a model"),
  AGAIN(
      Form.VALUES,
      "NAME=VALUE",
      "again month=4",
      "runs the last code once more, on the files as they are now; with other values if you give"
          + " them"),
  EDIT(
      Form.CODE,
      "CODE",
      "edit ```print(2**101)```",
      "runs the last code as you changed it; alone it shows it"),
  WRONG(Form.REMARK, "WHY", "wrong: it counts refunds", "disputes the last answer and tries again"),
  CANCEL(Form.ALONE, "", "cancel", "ends what is running"),
  NEW(Form.ALONE, "", "new", "starts over: earlier messages are no longer context"),
  HISTORY(Form.ALONE, "", "history", "lists what was computed here"),
  SHOW(Form.NUMBER, "N", "show 3", "shows one of them"),
  CODE(Form.ALONE, "", "code", "shows the last code"),
  FILES(Form.ALONE, "", "files", "lists the files here"),
  DROP(Form.FILE, "FILE", "drop sales.csv", "removes a file"),
  SAVE(
      Form.NAME_VALUES,
      "NAME",
      "save burn month=3",
      "keeps the last answer's code for the team, with parameters"),
  DO(
      Form.NAME_VALUES,
      "NAME",
      "do burn month=4",
      "runs a saved computation; the name alone does too"),
  LIST(Form.ALONE, "", "list", "lists saved computations"),
  FORGET(
      Form.NAME,
      "NAME",
      "forget burn",
      "removes a saved computation, or by its number what is remembered"),
  EVERY(
      Form.SCHEDULE,
      "WHEN do NAME",
      "every monday 9:00 do burn",
      "schedules a saved computation, or a request: every day at 18:00 ask \"...\""),
  ALERT(
      Form.ALERT,
      "when do NAME > NUMBER",
      "alert when do burn > 80000",
      "tells you when a saved computation's result meets a condition, or changes"),
  SCHEDULES(Form.ALONE, "", "schedules", "lists schedules and alerts"),
  PAUSE(Form.NUMBER, "N", "pause 3", "pauses a schedule or alert"),
  RESUME(Form.NUMBER, "N", "resume 3", "lets it run again"),
  UNSCHEDULE(Form.NUMBER, "N", "unschedule 3", "ends it"),
  SHARE(Form.ALONE, "", "share", "posts the last answer where the team sees it"),
  SETTINGS(Form.SETTING, "NAME VALUE", "settings code off", "shows and changes settings"),
  REMEMBER(
      Form.REMARK,
      "FACT",
      "remember: the export leaves out December",
      "a fact about the data here, told once"),
  DEFINE(
      Form.DEFINITION,
      "TERM as MEANING",
      "define net revenue as revenue minus refunds",
      "what a term means for the team; with \"here\", in this place"),
  MEMORY(
      Form.ALONE, "", "memory", "lists facts, definitions and instructions; forget N removes one"),
  INSTRUCTIONS(
      Form.REMARK,
      "TEXT",
      "instructions: the fiscal year starts in April",
      "instructions that every answer for the team follows"),
  HELP(Form.TOPIC, "WORD", "help save", "explains a command");

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
  private final String meaning;

  CommandSpec(Form form, String follows, String example, String meaning) {
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
  public String meaning() {
    return meaning;
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
