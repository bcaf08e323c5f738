package dev.reckon.core.command;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.Offers.Offer;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What buttons do, and who may press them. */
final class ButtonActions {
  private final Store store;
  private final Predicate<Person> administrator;
  private final TurnCommands turns;
  private final SavedCommands saved;

  ButtonActions(CommandDependencies parts, TurnCommands turns, SavedCommands saved) {
    this.store = parts.store();
    this.administrator = parts.administrator();
    this.turns = turns;
    this.saved = saved;
  }

  Interpretation pressed(Incoming incoming, Action action, String input) {
    Optional<String> refusal = refusal(action, incoming.person());
    if (refusal.isPresent()) {
      return Interpretation.whisper(refusal.get());
    }
    return switch (action.verb()) {
      case CONFIRM, RERUN_EDITED, SUGGESTION -> offer(incoming, action);
      default ->
          store
              .turns()
              .find(action.turn())
              .map(turn -> pressed(incoming, action.verb(), turn, input))
              .orElse(Interpretation.whisper("That answer is gone: its record was removed."));
    };
  }

  /** See {@link Interpreter#refusal}. */
  Optional<String> refusal(Action action, Person person) {
    return switch (action.verb()) {
      case SHOW_CODE, SHOW_EVIDENCE, GOOD, WRONG, SUGGESTION -> Optional.empty();
      case CONFIRM, RERUN_EDITED ->
          store
              .offers()
              .find(action.turn())
              .filter(offer -> !may(person, offer.person()))
              .map(offer -> "Only who was asked, or an administrator, may press this.");
      case CANCEL, AGAIN, EDIT, SAVE, SHARE ->
          store
              .turns()
              .find(action.turn())
              .filter(turn -> !may(person, turn.person()))
              .map(
                  turn ->
                      "This button is %s's, or an administrator's. Ask the same, and you get your own."
                          .formatted(turn.personName()));
    };
  }

  private Interpretation pressed(Incoming incoming, Verb verb, TurnRecord turn, String input) {
    if (verb == Verb.CANCEL) {
      return turn.endedAt() == null || incoming.person().id().equals(turn.cancelledBy())
          ? new Interpretation.Silence()
          : Interpretation.whisper("Nothing is running here any more.");
    }
    if (turn.result() == null) {
      return Interpretation.whisper("That answer is not there yet.");
    }
    return switch (verb) {
      case AGAIN -> turns.again(incoming, Optional.of(turn), List.of());
      case EDIT ->
          turns.edit(
              Optional.of(turn),
              Optional.of(input).filter(code -> !code.isBlank()).map(TypedCode::straightened));
      case SHOW_CODE -> turns.code(Optional.of(turn));
      case SHOW_EVIDENCE -> turns.evidence(turn);
      case SAVE -> save(incoming, turn, input);
      case SHARE -> turns.share(incoming, Optional.of(turn));
      case GOOD -> turns.good(incoming, turn);
      case WRONG -> turns.wrong(incoming, Optional.of(turn), input);
      case CANCEL, CONFIRM, RERUN_EDITED, SUGGESTION -> new Interpretation.Silence();
    };
  }

  private Interpretation save(Incoming incoming, TurnRecord turn, String input) {
    CommandParser form = new CommandParser(Set.of());
    return form.parse("save " + input, true, NOTHING)
            instanceof Command.Save(String name, var values)
        ? saved.save(incoming, Optional.of(turn), name, values)
        : Interpretation.refuse("To save it, give it a name: save NAME");
  }

  /** {@code cancel} as a word; what it was to end has been stopped by now, or never ran. */
  Interpretation cancelled(Incoming incoming) {
    boolean done =
        Stream.concat(
                store.turns().running(incoming.conversation()).stream(),
                store.turns().recent(incoming.conversation(), 1).stream())
            .anyMatch(turn -> incoming.person().id().equals(turn.cancelledBy()));
    return done ? new Interpretation.Silence() : Interpretation.notice("Nothing is running here.");
  }

  Interpretation yes(Incoming incoming) {
    return store
        .offers()
        .open(incoming.conversation(), SavedCommands.OFFER)
        .map(offer -> take(incoming, offer))
        .orElse(Interpretation.notice("There is nothing to confirm."));
  }

  private Interpretation offer(Incoming incoming, Action action) {
    Optional<Offer> found =
        store
            .offers()
            .find(action.turn())
            .filter(offer -> offer.conversation().equals(incoming.conversation()));
    if (found.isEmpty()) {
      return Interpretation.whisper("That offer is gone: its record was removed.");
    }
    return take(incoming, found.get());
  }

  private Interpretation take(Incoming incoming, Offer offer) {
    if (offer.kind().equals(SavedCommands.OFFER) && !store.offers().take(offer.id())) {
      return Interpretation.whisper("That is done already.");
    }
    return offer.kind().equals(SavedCommands.OFFER)
        ? saved.confirmed(incoming, offer.detail())
        : Interpretation.Compute.request(offer.detail());
  }

  private boolean may(Person person, String owner) {
    return person.id().equals(owner)
        || person.role() == Person.Role.ADMINISTRATOR
        || administrator.test(person);
  }

  private static final CommandParser.Known NOTHING =
      new CommandParser.Known() {
        @Override
        public boolean saved(String name) {
          return false;
        }

        @Override
        public boolean file(String name) {
          return false;
        }

        @Override
        public boolean numbered() {
          return false;
        }

        @Override
        public boolean question() {
          return false;
        }
      };
}
