package dev.reckon.adapters.web;

import dev.reckon.core.command.ProgramInputs;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.turn.Attempt;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStateJson;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Turns, for those who could read their answers where they were posted. Safe for use by any number
 * of threads.
 */
final class TurnReader {
  private static final int LOOKED_THROUGH = 200;

  private final Turns turns;
  private final PlatformMembers members;
  private final TurnStateJson states = new TurnStateJson();

  TurnReader(Turns turns, PlatformMembers members) {
    this.turns = turns;
    this.members = members;
  }

  /** The turn, if it is there and that person may see it. */
  Optional<TurnRecord> find(long turn, Person person) {
    return turns.find(turn).filter(found -> members.mayRead(person, found));
  }

  /**
   * The turn, if it is there and everybody who reads that place may see it.
   *
   * @throws DeliveryException when that cannot be checked
   */
  Optional<TurnRecord> find(long turn, LinkPreviews.Place place)
      throws DeliveryException, InterruptedException {
    Optional<TurnRecord> found = turns.find(turn);
    return found.isPresent() && members.mayAllRead(place, found.get()) ? found : Optional.empty();
  }

  /**
   * Whether a run that the person begins on a page gets the files that the turn's program opened:
   * they are the asker's, while these can see them where they are.
   *
   * @throws RefusedRequest when that cannot be checked
   */
  boolean hasFiles(TurnRecord turn, Person person) {
    return turn.person().equals(person.id())
        && (RunAgainForm.conversation(turn, person).equals(turn.conversation())
            || members.isThere(person, turn));
  }

  /** The turn, for whoever holds a link that its asker made. */
  Optional<TurnRecord> shared(long turn) {
    return turns.find(turn);
  }

  /** The attempts of a running turn that failed so far. */
  List<Attempt> failed(long turn) {
    try {
      return turns.state(turn).map(states::read).map(TurnReader::attempts).orElse(List.of());
    } catch (IllegalArgumentException unreadable) {
      return List.of(); // of another version: the answer will tell
    }
  }

  private static List<Attempt> attempts(TurnState state) {
    TurnProgress work =
        switch (state) {
          case TurnState.Generating it -> it.work();
          case TurnState.Screening it -> it.work();
          case TurnState.Querying it -> it.work();
          case TurnState.Executing it -> it.work();
          case TurnState.Verifying it -> it.work();
          case TurnState.Done it -> null;
        };
    return work == null
        ? List.of()
        : work.attempts().stream().filter(attempt -> attempt.failure() != null).toList();
  }

  /**
   * Earlier and later runs of the same request or program, newest first: those of its conversation,
   * and those that the person began on pages.
   */
  List<TurnRecord> runs(TurnRecord turn, Person person) {
    OptionalLong origin = RunOrigin.of(turn.conversation(), person.id());
    Stream<TurnRecord> first =
        origin.isPresent() ? turns.find(origin.getAsLong()).stream() : Stream.empty();
    Stream<TurnRecord> begun =
        recent(RunOrigin.conversation(origin.orElse(turn.id()), person.id())).stream();
    return Stream.of(recent(turn.conversation()).stream(), begun, first)
        .flatMap(runs -> runs)
        .filter(other -> other.id() != turn.id() && isSame(turn, other))
        .filter(other -> isReadable(person, other))
        .sorted(Comparator.comparingLong(TurnRecord::id).reversed())
        .distinct()
        .toList();
  }

  /** Where others are only listed, one that cannot be checked is left out. */
  private boolean isReadable(Person person, TurnRecord turn) {
    try {
      return members.mayRead(person, turn);
    } catch (RefusedRequest unknown) {
      return false;
    }
  }

  private List<TurnRecord> recent(ConversationId conversation) {
    return turns.recent(conversation, LOOKED_THROUGH);
  }

  private static boolean isSame(TurnRecord one, TurnRecord other) {
    TurnResult mine = one.result();
    TurnResult theirs = other.result();
    if (mine == null || theirs == null || theirs.code().isBlank()) {
      return false;
    }
    return one.request().equals(other.request())
        || ProgramInputs.isSameProgram(mine.code(), theirs.code());
  }
}
