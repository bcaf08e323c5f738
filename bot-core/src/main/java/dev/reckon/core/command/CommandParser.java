package dev.reckon.core.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Distinguishes commands from requests. Bare text is a command only when the whole of it has a
 * command's form: {@code list} is one, {@code list primes below 100} is a request. In a surface's
 * own command form ({@code /list}) the first word decides. Pure; safe for use by any number of
 * threads.
 */
public final class CommandParser {
  private static final Pattern FENCED =
      Pattern.compile("(?s)(?:```|~~~)(?:[ \\t]*(?:python3?|py)?[ \\t]*\\R)?(.*?)\\s*(?:```|~~~)");
  private static final Pattern INLINE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
  private static final Pattern DEFINITION =
      Pattern.compile(
          "(?is)(?<term>(?:here\\s+)?[\\p{L}\\p{N}][\\p{L}\\p{N} ._/%-]{0,59}?)"
              + "(?:\\s+as\\s+|\\s*[:=]\\s*|\\s+means\\s+)(?<meaning>\\S.*)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  /** What "forget-me" asks people to type. */
  private static final String CONFIRMED = "forget-me now";

  private final Set<String> others;

  /**
   * A vocabulary.
   *
   * @param others words that other parts of the program answer, lower case
   */
  public CommandParser(Set<String> others) {
    this.others = Set.copyOf(others);
  }

  /** What the conversation knows by name. Asked only where it decides. */
  public interface Known {
    /** Whether a computation is saved under that name. */
    boolean saved(String name);

    /** Whether a file of that name is there. */
    boolean file(String name);

    /** Whether something was offered that a number picks. */
    boolean numbered();

    /** Whether something waits for a yes. */
    boolean question();
  }

  /** Whether a computation may be saved under that name. */
  public boolean mayName(String name) {
    return NAME.matcher(name).matches()
        && CommandSpec.typed(name).isEmpty()
        && !others.contains(name)
        && !name.equals("yes");
  }

  /**
   * Reads it.
   *
   * @param command whether the surface's own command form was used
   */
  public Command parse(String text, boolean command, Known known) {
    String all = text.strip();
    String[] parts = all.split("\\s+", 2);
    String first = parts[0].toLowerCase(Locale.ROOT);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    boolean colon = first.endsWith(":") && first.length() > 1;
    String head = colon ? first.substring(0, first.length() - 1) : first;
    Optional<CommandSpec> word = CommandSpec.typed(head);
    if (word.isPresent()) {
      return word(word.get(), all, rest, colon, command, known);
    }
    boolean alone = rest.isEmpty() || CONFIRMED.equals(head + " " + rest.toLowerCase(Locale.ROOT));
    if (others.contains(head) && (command || alone)) {
      return new Command.Other(head, rest);
    }
    return named(all, first, rest, command, known);
  }

  private Command named(String all, String first, String rest, boolean command, Known known) {
    if (rest.isEmpty() && first.equals("yes") && known.question()) {
      return new Command.Yes();
    }
    if (rest.isEmpty() && NUMBER.matcher(first).matches() && known.numbered()) {
      return new Command.Pick(Integer.parseInt(first));
    }
    Optional<Map<String, String>> values = Assignments.read(rest);
    if (NAME.matcher(first).matches() && values.isPresent() && known.saved(first)) {
      return new Command.Do(first, values.get());
    }
    Optional<Command> told = new ScheduleWords(known).tellMe(all);
    if (told.isPresent()) {
      return told.get();
    }
    Optional<CommandSpec> near =
        rest.isEmpty() || command ? CommandSpec.near(first) : Optional.empty();
    return near.<Command>map(meant -> new Command.Meant(first, meant))
        .orElseGet(() -> new Command.Ask(all));
  }

  private Command word(
      CommandSpec word, String all, String rest, boolean colon, boolean command, Known known) {
    Optional<Command> understood =
        switch (word.form()) {
          case ALONE -> rest.isEmpty() && !colon ? Optional.of(lone(word)) : Optional.empty();
          case NUMBER ->
              NUMBER.matcher(rest).matches()
                  ? Optional.of(numbered(word, Integer.parseInt(rest)))
                  : Optional.empty();
          case SCHEDULE -> new ScheduleWords(known).every(rest, command);
          case ALERT -> new ScheduleWords(known).alert(rest);
          case NAME -> one(rest).map(CommandParser::forget);
          case DEFINITION -> definition(rest);
          case NAME_VALUES ->
              nameAndValues(word, rest)
                  .or(
                      () ->
                          word == CommandSpec.DO
                              ? new ScheduleWords(known).later(rest)
                              : Optional.empty());
          case VALUES -> colon ? Optional.empty() : Assignments.read(rest).map(Command.Again::new);
          case FILE -> file(rest, command, known);
          case TOPIC -> topic(rest);
          case SETTING -> setting(rest, command);
          case CODE -> code(word, rest, command);
          case REMARK -> remark(word, rest, colon || command);
          case TEXT ->
              command && !rest.isEmpty() ? Optional.of(new Command.Ask(rest)) : Optional.empty();
        };
    return understood.orElseGet(() -> command ? new Command.Misused(word) : new Command.Ask(all));
  }

  private static Command lone(CommandSpec word) {
    return switch (word) {
      case CANCEL -> new Command.Cancel();
      case NEW -> new Command.New();
      case HISTORY -> new Command.History();
      case CODE -> new Command.Code();
      case FILES -> new Command.Files();
      case LIST -> new Command.Saved();
      case SCHEDULES -> new Command.Schedules();
      case SHARE -> new Command.Share();
      case MEMORY -> new Command.Memory();
      default -> throw new IllegalStateException("not a lone word: " + word);
    };
  }

  private static Command numbered(CommandSpec word, int number) {
    return switch (word) {
      case SHOW -> new Command.Show(number);
      case PAUSE -> new Command.Pause(number);
      case RESUME -> new Command.Resume(number);
      case UNSCHEDULE -> new Command.Unschedule(number);
      default -> throw new IllegalStateException("no number follows: " + word);
    };
  }

  private static Optional<String> one(String rest) {
    return rest.isEmpty() || rest.chars().anyMatch(Character::isWhitespace)
        ? Optional.empty()
        : Optional.of(rest);
  }

  private static Optional<Command> nameAndValues(CommandSpec word, String rest) {
    String[] parts = rest.split("\\s+", 2);
    String name = parts[0].toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return Assignments.read(parts.length > 1 ? parts[1] : "")
        .map(
            values ->
                word == CommandSpec.SAVE
                    ? new Command.Save(name, values)
                    : new Command.Do(name, values));
  }

  /** {@code drop duplicates} is a request, unless there is such a file. */
  private static Optional<Command> file(String rest, boolean command, Known known) {
    boolean meant =
        command || known.file(rest) || one(rest).filter(f -> f.contains(".")).isPresent();
    return !rest.isEmpty() && meant ? Optional.of(new Command.Drop(rest)) : Optional.empty();
  }

  private static Optional<Command> topic(String rest) {
    return rest.isEmpty()
        ? Optional.of(new Command.Help(Optional.empty()))
        : CommandSpec.typed(rest).map(word -> new Command.Help(Optional.of(word)));
  }

  private static Optional<Command> setting(String rest, boolean command) {
    String[] parts = rest.split("\\s+", 2);
    if (rest.isEmpty()) {
      return Optional.of(new Command.Setting(Optional.empty(), ""));
    }
    String name = parts[0].toLowerCase(Locale.ROOT);
    boolean known = Preference.named(name).isPresent();
    return parts.length == 2 && (command || known)
        ? Optional.of(new Command.Setting(Optional.of(name), parts[1].strip()))
        : Optional.empty();
  }

  private static Optional<Command> code(CommandSpec word, String rest, boolean command) {
    if (rest.isEmpty() && word == CommandSpec.EDIT) {
      return Optional.of(new Command.Edit(Optional.empty()));
    }
    return typedCode(rest, command)
        .map(TypedCode::straightened)
        .map(
            source ->
                word == CommandSpec.EDIT
                    ? new Command.Edit(Optional.of(source))
                    : new Command.Run(source));
  }

  /** The code in its fence or between backticks; in a command's own form also without them. */
  private static Optional<String> typedCode(String rest, boolean command) {
    for (Pattern form : List.of(FENCED, INLINE)) {
      Matcher marked = form.matcher(rest);
      if (marked.matches()) {
        return Optional.of(marked.group(1));
      }
    }
    return command && !rest.isEmpty() ? Optional.of(rest) : Optional.empty();
  }

  private static Optional<Command> remark(CommandSpec word, String rest, boolean explicit) {
    if (word == CommandSpec.REMEMBER && rest.regionMatches(true, 0, "that ", 0, 5)) {
      return Optional.of(new Command.Remember(rest.substring(5).strip()));
    }
    if (!rest.isEmpty() && !explicit) {
      return Optional.empty();
    }
    return Optional.of(
        switch (word) {
          case WRONG -> new Command.Wrong(rest);
          case REMEMBER -> rest.isEmpty() ? new Command.Memory() : new Command.Remember(rest);
          default ->
              new Command.Instructions(rest.isEmpty() ? Optional.empty() : Optional.of(rest));
        });
  }

  private static Command forget(String name) {
    return NUMBER.matcher(name).matches()
        ? new Command.ForgetNote(Integer.parseInt(name))
        : new Command.Forget(name.toLowerCase(Locale.ROOT));
  }

  private static Optional<Command> definition(String rest) {
    Matcher matcher = DEFINITION.matcher(rest.length() > 2_000 ? "" : rest);
    return matcher.matches()
        ? Optional.of(
            new Command.Define(matcher.group("term").strip(), matcher.group("meaning").strip()))
        : Optional.empty();
  }
}
