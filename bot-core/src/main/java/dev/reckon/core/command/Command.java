package dev.reckon.core.command;

import dev.reckon.core.schedule.Condition;
import dev.reckon.core.schedule.Recurrence;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** A parsed command or request. */
public sealed interface Command {
  /** A request in plain words. */
  record Ask(String request) implements Scheduled {}

  record Run(String code) implements Command {}

  /** The last code once more, with other values for those of its variables. */
  record Again(Map<String, String> values) implements Command {}

  /** The last code, changed; empty asks for it. */
  record Edit(Optional<String> code) implements Command {}

  record Wrong(String complaint) implements Command {}

  record Cancel() implements Command {}

  record New() implements Command {}

  record History() implements Command {}

  record Show(int number) implements Command {}

  record Code() implements Command {}

  record Files() implements Command {}

  record Drop(String file) implements Command {}

  /** Keeps the last code; values name parameters and their defaults. */
  record Save(String name, Map<String, String> values) implements Command {
    public Save {
      values = Map.copyOf(values);
    }
  }

  record Do(String name, Map<String, String> values) implements Scheduled {
    public Do {
      values = Map.copyOf(values);
    }
  }

  record Saved() implements Command {}

  record Forget(String name) implements Command {}

  /**
   * Schedules something.
   *
   * @param zone where the times are meant, if that was said
   * @param usual whether nobody said how often
   * @param watch the condition of an alert
   */
  record Every(
      Recurrence recurrence,
      Optional<ZoneId> zone,
      boolean usual,
      Scheduled task,
      Optional<Condition> watch)
      implements Command {}

  /** What can be scheduled. */
  sealed interface Scheduled extends Command permits Do, Ask {}

  record Schedules() implements Command {}

  record Pause(int number) implements Command {}

  record Resume(int number) implements Command {}

  record Unschedule(int number) implements Command {}

  /** A schedule or an alert was meant, and a part of it cannot be read; a sentence for people. */
  record Unread(String sentence) implements Command {}

  record Share() implements Command {}

  /** Shows settings, or changes one. */
  record Setting(Optional<String> name, String value) implements Command {}

  record Remember(String fact) implements Command {}

  record Define(String term, String meaning) implements Command {}

  record Memory() implements Command {}

  /** Something remembered does not count any more. */
  record ForgetNote(int number) implements Command {}

  /** Shows instructions, or changes them. */
  record Instructions(Optional<String> text) implements Command {}

  record Help(Optional<CommandSpec> word) implements Command {}

  /** Yes to what was asked last. */
  record Yes() implements Command {}

  /** One of the numbered suggestions. */
  record Pick(int number) implements Command {}

  /** A lone word that is nearly one of the vocabulary. */
  record Meant(String typed, CommandSpec word) implements Command {}

  /** A word in a form that it does not have. */
  record Misused(CommandSpec word) implements Command {}

  /** A word that another part of the program answers. */
  record Other(String word, String rest) implements Command {}
}
