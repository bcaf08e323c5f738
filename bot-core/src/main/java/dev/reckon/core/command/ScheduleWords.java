package dev.reckon.core.command;

import dev.reckon.core.schedule.Condition;
import dev.reckon.core.schedule.Recurrence;
import dev.reckon.core.schedule.RecurrenceParser;
import dev.reckon.core.schedule.RecurrenceParser.Spoken;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what people schedule: {@code every WHEN do NAME}, {@code every WHEN ask "..."}, {@code
 * alert when do NAME > 5}, {@code tell me when the result of NAME changes}. A sentence that only
 * looks like one ("every salary above 5000") is left alone unless the command's own form was used.
 */
final class ScheduleWords {
  private static final Recurrence HOURLY = new Recurrence.Interval(60);
  private static final Pattern QUOTED =
      Pattern.compile("(?s)[\"'\u201C\u201E\u00AB](.*)[\"'\u201D\u201C\u00BB]");
  private static final Pattern DO =
      Pattern.compile("(?is)(?:do|run)\\s+(?<name>[a-z][a-z0-9_-]{0,39})(?<rest>.*)");
  private static final Pattern NAMED =
      Pattern.compile("(?is)(?<name>[a-z][a-z0-9_-]{0,39})(?<rest>.*)");
  private static final Pattern VALUES =
      Pattern.compile(
          "(?s)(?<values>(?:\\s+[A-Za-z_]\\w*=(?:\"[^\"]*\"|'[^']*'|\\S+))*)(?<rest>.*)");
  private static final Pattern TELL =
      Pattern.compile(
          "(?is)(?:tell|notify|alert|warn)\\s+(?:me|us)\\s+(?:when|if|once)\\s+"
              + "(?:(?:the\\s+)?result\\s+of\\s+)?(?<rest>.*)");
  private static final Pattern WHEN =
      Pattern.compile("(?is)(?:me\\s+|us\\s+)?(?:when|if|once)\\s+(?<rest>.*)");
  private static final Pattern RESULT_OF =
      Pattern.compile("(?is)(?:the\\s+)?result\\s+of\\s+(?<rest>.*)");
  private static final Pattern LATER = Pattern.compile("(?is)(?<task>.*?)\\s+every\\s+(?<when>.*)");

  /** Beyond that a text is a request: some of these patterns are not linear. */
  private static final int LONGEST = 4_000;

  private final CommandParser.Known known;

  ScheduleWords(CommandParser.Known known) {
    this.known = known;
  }

  /**
   * What follows "every".
   *
   * @param explicit whether it is a schedule in any case
   */
  Optional<Command> every(String rest, boolean explicit) {
    Optional<Spoken> spoken = RecurrenceParser.read(rest);
    if (spoken.isEmpty()) {
      Matcher task = Pattern.compile("(?is)(?<when>.{1,60}?)[\\s:,]+(?<do>do\\s+.*)").matcher(rest);
      boolean meant = explicit || (task.matches() && saved(task.group("do")).isPresent());
      return meant
          ? Optional.of(
              new Command.Unread("When that is to run cannot be read. " + RecurrenceParser.FORMS))
          : Optional.empty();
    }
    Spoken when = spoken.get();
    Optional<Command> alert = alert(spoken, when.rest());
    if (alert.isPresent()) {
      return alert;
    }
    return task(when.rest(), explicit)
        .map(
            task ->
                new Command.Every(when.recurrence(), when.zone(), false, task, Optional.empty()));
  }

  /** {@code do NAME every WHEN}, without the "do". */
  Optional<Command> later(String rest) {
    Matcher matcher = LATER.matcher(rest);
    if (rest.length() > LONGEST || !matcher.matches()) {
      return Optional.empty();
    }
    return RecurrenceParser.read(matcher.group("when"))
        .filter(when -> when.rest().isEmpty())
        .flatMap(
            when ->
                task("do " + matcher.group("task"), false)
                    .map(
                        task ->
                            new Command.Every(
                                when.recurrence(), when.zone(), false, task, Optional.empty())));
  }

  private Optional<Command.Scheduled> task(String text, boolean explicit) {
    Optional<Command.Scheduled> saved = saved(text);
    if (saved.isPresent()) {
      return saved;
    }
    Matcher quoted = QUOTED.matcher(text);
    if (quoted.matches() && !quoted.group(1).isBlank()) {
      return Optional.of(new Command.Ask(quoted.group(1).strip()));
    }
    String[] parts = text.split("\\s+", 2);
    if (parts.length == 2 && parts[0].toLowerCase(Locale.ROOT).matches("ask:?|compute:?")) {
      Matcher inner = QUOTED.matcher(parts[1].strip());
      return Optional.of(new Command.Ask(inner.matches() ? inner.group(1).strip() : parts[1]));
    }
    return explicit && !text.isBlank() ? Optional.of(new Command.Ask(text)) : Optional.empty();
  }

  /** {@code do NAME VALUES}, or the name of something that is saved. */
  private Optional<Command.Scheduled> saved(String text) {
    Matcher matcher = DO.matcher(text.strip());
    boolean named = matcher.matches();
    if (!named) {
      matcher = NAMED.matcher(text.strip());
      if (!matcher.matches() || !known.saved(matcher.group("name").toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
    }
    String name = matcher.group("name").toLowerCase(Locale.ROOT);
    return Assignments.read(matcher.group("rest")).map(values -> new Command.Do(name, values));
  }

  /** What follows "alert". */
  Optional<Command> alert(String rest) {
    return alert(Optional.empty(), "alert " + rest);
  }

  /** A whole message that begins with "tell me when". */
  Optional<Command> tellMe(String all) {
    Matcher matcher = TELL.matcher(all);
    return matcher.matches()
        ? condition(Optional.empty(), matcher.group("rest"), false)
        : Optional.empty();
  }

  private Optional<Command> alert(Optional<Spoken> when, String text) {
    Matcher tell = TELL.matcher(text);
    if (tell.matches()) {
      return condition(when, tell.group("rest"), true);
    }
    String[] parts = text.split("\\s+", 2);
    if (parts.length < 2 || !parts[0].equalsIgnoreCase("alert")) {
      return Optional.empty();
    }
    Matcher condition = WHEN.matcher(parts[1]);
    return condition.matches() ? condition(when, condition.group("rest"), false) : Optional.empty();
  }

  /**
   * {@code do NAME VALUES CONDITION [every WHEN]}.
   *
   * @param explicit whether it is an alert in any case
   */
  private Optional<Command> condition(Optional<Spoken> given, String text, boolean explicit) {
    Optional<Spoken> when = given;
    String watched = text.strip();
    if (watched.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher later = LATER.matcher(watched);
    if (when.isEmpty() && later.matches()) {
      when = RecurrenceParser.read(later.group("when")).filter(found -> found.rest().isEmpty());
      watched = when.isPresent() ? later.group("task").strip() : watched;
    }
    Matcher of = RESULT_OF.matcher(watched);
    watched = of.matches() ? of.group("rest") : watched;
    Matcher matcher = DO.matcher(watched);
    if (!matcher.matches()) {
      matcher = NAMED.matcher(watched);
      boolean something =
          matcher.matches() && known.saved(matcher.group("name").toLowerCase(Locale.ROOT));
      if (!something) {
        return explicit
            ? Optional.of(
                new Command.Unread(
                    "An alert watches a saved computation: alert when do NAME > 80000. \"list\""
                        + " shows what is saved."))
            : Optional.empty();
      }
    }
    String name = matcher.group("name").toLowerCase(Locale.ROOT);
    Matcher tail = VALUES.matcher(matcher.group("rest"));
    Map<String, String> values =
        tail.matches() ? Assignments.read(tail.group("values")).orElse(Map.of()) : Map.of();
    String words = tail.matches() ? tail.group("rest") : "";
    Optional<Spoken> said = when;
    return Optional.of(
        Condition.parse(words)
            .<Command>map(
                condition ->
                    new Command.Every(
                        said.map(Spoken::recurrence).orElse(HOURLY),
                        said.flatMap(Spoken::zone),
                        said.isEmpty(),
                        new Command.Do(name, values),
                        Optional.of(condition)))
            .orElseGet(
                () ->
                    new Command.Unread(
                        "What the alert waits for cannot be read. Say, for example: alert when do %s > 80000, alert when do %s changes, alert when do %s \"Total\" falls below 5."
                            .formatted(name, name, name))));
  }
}
