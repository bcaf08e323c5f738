package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Memory;
import dev.reckon.core.store.Memory.Kind;
import dev.reckon.core.store.Memory.Note;
import dev.reckon.core.store.Preferences.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Commands for what is told once: instructions, definitions, facts. What holds for a whole team is
 * set by administrators, what holds for a place by anybody there, but for instructions.
 */
final class MemoryCommands {
  private static final int LONGEST_INSTRUCTION = 2_000;
  private static final int LONGEST = 500;

  private final Memory memory;
  private final Predicate<Person> administrator;
  private final int tokens;
  private final InstantSource clock;

  /**
   * The commands.
   *
   * @param tokens what all that holds in a place may have together
   */
  MemoryCommands(Memory memory, Predicate<Person> administrator, int tokens, InstantSource clock) {
    this.memory = memory;
    this.administrator = administrator;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** The scopes that count in a place: the team's, then the place's own. */
  static List<Scope> scopes(Incoming incoming) {
    return List.of(team(incoming), here(incoming));
  }

  private static Scope team(Incoming incoming) {
    return new Scope(Scope.Of.TEAM, incoming.team().id());
  }

  private static Scope here(Incoming incoming) {
    return new Scope(Scope.Of.CHANNEL, incoming.address().channel());
  }

  Interpretation instructions(Incoming incoming, Optional<String> text) {
    if (text.isEmpty()) {
      return list(incoming);
    }
    if (!isAdministrator(incoming)) {
      return Interpretation.refuse(incoming, Label.MEMORY_INSTRUCTIONS_ADMINISTRATORS);
    }
    boolean here = startsWithHere(text.get());
    String plain = (here ? text.get().substring(5) : text.get()).strip();
    Scope scope = here ? here(incoming) : team(incoming);
    if (plain.equalsIgnoreCase("none")) {
      current(scope, Kind.INSTRUCTION).forEach(note -> memory.forget(note.number()));
      return Interpretation.notice(incoming, Label.MEMORY_INSTRUCTIONS_REMOVED);
    }
    return kept(incoming, note(incoming, scope, Kind.INSTRUCTION, "", plain));
  }

  Interpretation define(Incoming incoming, String term, String meaning) {
    boolean here = startsWithHere(term);
    String plain = (here ? term.substring(5) : term).strip();
    if (!here && !isAdministrator(incoming)) {
      return Interpretation.refuse(incoming, Label.MEMORY_DEFINE_ADMINISTRATORS, plain, meaning);
    }
    Scope scope = here ? here(incoming) : team(incoming);
    return kept(incoming, note(incoming, scope, Kind.DEFINITION, plain, meaning));
  }

  /** A fact about the data of a place. */
  Interpretation remember(Incoming incoming, String fact) {
    return kept(incoming, note(incoming, here(incoming), Kind.FACT, "", fact.strip()));
  }

  /** A fact that a model proposed and this person confirms. */
  Interpretation confirmed(Incoming incoming, String fact) {
    Person person = incoming.person();
    return kept(
        incoming,
        new Note(
            0,
            here(incoming),
            Kind.FACT,
            "",
            fact,
            0,
            person.id(),
            "Reckon, confirmed by " + person.name(),
            person.name(),
            clock.instant()));
  }

  private static boolean startsWithHere(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith("here ");
  }

  private boolean isAdministrator(Incoming incoming) {
    return administrator.test(incoming.person());
  }

  private List<Note> current(Scope scope, Kind kind) {
    return memory.list(List.of(scope)).stream().filter(note -> note.kind() == kind).toList();
  }

  private Note note(Incoming incoming, Scope scope, Kind kind, String term, String text) {
    Person author = incoming.person();
    return new Note(
        0, scope, kind, term, text, 0, author.id(), author.name(), author.name(), clock.instant());
  }

  private Interpretation kept(Incoming incoming, Note note) {
    int longest = note.kind() == Kind.INSTRUCTION ? LONGEST_INSTRUCTION : LONGEST;
    if (note.text().length() > longest) {
      return Interpretation.refuse(incoming, Label.MEMORY_TOO_LONG, longest, note.text().length());
    }
    long others =
        memory.list(scopes(incoming)).stream()
            .filter(other -> !takesThePlaceOf(note, other))
            .mapToLong(MemoryText::tokens)
            .sum();
    if (others + MemoryText.tokens(note) > tokens) {
      return Interpretation.refuse(incoming, Label.MEMORY_FULL, tokens * 3 / 4);
    }
    Note kept = memory.keep(note);
    boolean team = kept.scope().of() == Scope.Of.TEAM;
    Language language = incoming.language();
    return Interpretation.notice(
        switch (kept.kind()) {
          case INSTRUCTION ->
              (team ? Label.MEMORY_INSTRUCTION_TEAM : Label.MEMORY_INSTRUCTION_HERE).in(language);
          case DEFINITION ->
              (team ? Label.MEMORY_DEFINITION_TEAM : Label.MEMORY_DEFINITION_HERE)
                  .in(language, kept.term());
          case FACT -> Label.MEMORY_FACT.in(language);
        },
        kept.text(),
        Label.MEMORY_MANAGE.in(language, kept.number()));
  }

  private static boolean takesThePlaceOf(Note note, Note other) {
    return note.kind() == other.kind()
        && note.kind() != Kind.FACT
        && note.scope().equals(other.scope())
        && note.term().equalsIgnoreCase(other.term());
  }

  Interpretation list(Incoming incoming) {
    Language language = incoming.language();
    List<Note> notes = memory.list(scopes(incoming));
    if (notes.isEmpty()) {
      return Interpretation.notice(
          Label.MEMORY_NOTHING.in(incoming.language()), Label.MEMORY_HOW.in(incoming.language()));
    }
    List<List<String>> rows =
        notes.stream()
            .map(
                note ->
                    List.of(
                        Long.toString(note.number()),
                        kind(note.kind()).in(language),
                        note.term().isEmpty() ? note.text() : note.term() + ": " + note.text(),
                        (note.scope().of() == Scope.Of.TEAM ? Label.LIST_TEAM : Label.LIST_HERE)
                            .in(language),
                        note.authorName(),
                        Label.LIST_SINCE_VERSION.in(
                            language, Timestamps.of(note.at()), note.version())))
            .toList();
    return new Interpretation.Say(
        new Reply(
            0,
            Reply.Kind.NOTICE,
            Label.MEMORY_HEADLINE.in(incoming.language()),
            List.of(
                new Block.Table(
                    List.of(
                        "N",
                        Label.LIST_KIND.in(language),
                        Label.LIST_WHAT.in(language),
                        Label.LIST_SCOPE.in(language),
                        Label.LIST_BY.in(language),
                        Label.FILES_SINCE.in(language)),
                    rows)),
            List.of()));
  }

  private static Label kind(Kind kind) {
    return switch (kind) {
      case INSTRUCTION -> Label.LIST_INSTRUCTION;
      case DEFINITION -> Label.LIST_DEFINITION;
      case FACT -> Label.LIST_FACT;
    };
  }

  Interpretation forget(Incoming incoming, int number) {
    Optional<Note> found =
        memory.find(number).filter(note -> scopes(incoming).contains(note.scope()));
    if (found.isEmpty()) {
      return Interpretation.refuse(incoming, Label.MEMORY_NO_NUMBER, number);
    }
    Note note = found.get();
    boolean own =
        note.author().equals(incoming.person().id()) && note.scope().of() == Scope.Of.CHANNEL;
    if (!own && !isAdministrator(incoming)) {
      return Interpretation.refuse(incoming, Label.MEMORY_OTHERS, note.authorName());
    }
    memory.forget(note.number());
    return Interpretation.notice(incoming, Label.MEMORY_FORGOTTEN, note.text());
  }
}
