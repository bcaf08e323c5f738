package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.policy.TurnPermissions;
import dev.reckon.core.store.Offers;
import dev.reckon.core.store.Offers.Offer;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Performs the actions of buttons, for those who may press them. */
final class ButtonActions {
  private final Offers offers;
  private final Turns turns;
  private final TurnPermissions permissions;
  private final TurnCommands turnCommands;
  private final SavedCommands saved;
  private final MemoryCommands memory;

  ButtonActions(
      Offers offers,
      Turns turns,
      TurnPermissions permissions,
      TurnCommands turnCommands,
      SavedCommands saved,
      MemoryCommands memory) {
    this.memory = memory;
    this.offers = offers;
    this.turns = turns;
    this.permissions = permissions;
    this.turnCommands = turnCommands;
    this.saved = saved;
  }

  /**
   * Performs the action.
   *
   * @param attached names of the files that came with the form
   */
  Interpretation pressed(Incoming incoming, Action action, String input, List<String> attached) {
    Optional<String> refusal = refusal(action, incoming.person(), incoming.language());
    if (refusal.isPresent()) {
      return Interpretation.whisper(refusal.get());
    }
    return switch (action.verb()) {
      case CONFIRM, RERUN_EDITED, SUGGESTION -> offer(incoming, action);
      default ->
          turns
              .find(action.turn())
              .map(turn -> pressed(incoming, action.verb(), turn, input, attached))
              .orElse(Interpretation.whisper(incoming, Label.PRESS_GONE));
    };
  }

  /** See {@link Interpreter#refusal}. */
  Optional<String> refusal(Action action, Person person, Language language) {
    return switch (action.verb()) {
      case SHOW_CODE, SHOW_EVIDENCE, CHART, GOOD, WRONG, SUGGESTION -> Optional.empty();
      case CONFIRM, RERUN_EDITED ->
          offers
              .find(action.turn())
              .filter(offer -> !permissions.mayAct(person, offer.person()))
              .map(offer -> Label.PRESS_ONLY_ASKED.in(language));
      case CANCEL, AGAIN, EDIT, SAVE, SHARE ->
          turns
              .find(action.turn())
              .filter(turn -> !permissions.mayAct(person, turn.person()))
              .map(turn -> Label.PRESS_NOT_YOURS.in(language, turn.personName()));
    };
  }

  private Interpretation pressed(
      Incoming incoming, Verb verb, TurnRecord turn, String input, List<String> attached) {
    if (verb == Verb.CANCEL) {
      return turn.endedAt() == null || incoming.person().id().equals(turn.cancelledBy())
          ? new Interpretation.Silence()
          : Interpretation.whisper(incoming, Label.REPLY_NOT_RUNNING);
    }
    if (turn.result() == null) {
      return Interpretation.whisper(incoming, Label.PRESS_NOT_READY);
    }
    return switch (verb) {
      case AGAIN -> again(incoming, turn, input, attached);
      case EDIT ->
          turnCommands.edit(
              incoming,
              Optional.of(turn),
              Optional.of(input).filter(code -> !code.isBlank()).map(TypedCode::straightened));
      case SHOW_CODE -> turnCommands.code(incoming, Optional.of(turn));
      case SHOW_EVIDENCE -> turnCommands.evidence(incoming, turn);
      case CHART -> turnCommands.chart(incoming, turn);
      case SAVE -> save(incoming, turn, input);
      case SHARE -> turnCommands.share(incoming, Optional.of(turn));
      case GOOD -> turnCommands.good(incoming, turn);
      case WRONG -> turnCommands.wrong(incoming, Optional.of(turn), input);
      case CANCEL, CONFIRM, RERUN_EDITED, SUGGESTION -> new Interpretation.Silence();
    };
  }

  private Interpretation again(
      Incoming incoming, TurnRecord turn, String input, List<String> attached) {
    return Assignments.read(input)
        .map(values -> turnCommands.again(incoming, Optional.of(turn), values, attached))
        .orElse(Interpretation.refuse(incoming, Label.REPLY_VALUES));
  }

  private Interpretation save(Incoming incoming, TurnRecord turn, String input) {
    CommandParser form = new CommandParser(Set.of());
    return form.parse("save " + input, true, NOTHING)
            instanceof Command.Save(String name, var values)
        ? saved.save(incoming, Optional.of(turn), name, values)
        : Interpretation.refuse(
            Label.REPLY_SAVE_NAME.in(incoming.language()) + ". " + ActionForms.NAME.help() + ".");
  }

  /** {@code cancel} as a word; what it was to end has been stopped by now, or never ran. */
  Interpretation cancelled(Incoming incoming) {
    boolean done =
        Stream.concat(
                turns.running(incoming.conversation()).stream(),
                turns.recent(incoming.conversation(), 1).stream())
            .anyMatch(turn -> incoming.person().id().equals(turn.cancelledBy()));
    return done
        ? new Interpretation.Silence()
        : Interpretation.notice(incoming, Label.REPLY_NOT_RUNNING);
  }

  Interpretation yes(Incoming incoming) {
    return offers
        .open(incoming.conversation(), SavedCommands.OFFER)
        .or(() -> offers.open(incoming.conversation(), ProposedFact.OFFER))
        .filter(offer -> permissions.mayAct(incoming.person(), offer.person()))
        .map(offer -> take(incoming, offer))
        .orElse(Interpretation.notice(incoming, Label.REPLY_NOTHING_TO_CONFIRM));
  }

  private Interpretation offer(Incoming incoming, Action action) {
    Optional<Offer> found =
        offers
            .find(action.turn())
            .filter(offer -> offer.conversation().equals(incoming.conversation()));
    if (found.isEmpty()) {
      return Interpretation.whisper(incoming, Label.PRESS_OFFER_GONE);
    }
    return take(incoming, found.get());
  }

  private Interpretation take(Incoming incoming, Offer offer) {
    boolean once =
        offer.kind().equals(SavedCommands.OFFER) || offer.kind().equals(ProposedFact.OFFER);
    if (once && !offers.take(offer.id())) {
      return Interpretation.whisper(incoming, Label.PRESS_DONE);
    }
    return switch (offer.kind()) {
      case SavedCommands.OFFER -> saved.confirmed(incoming, offer.detail());
      case ProposedFact.OFFER -> memory.confirmed(incoming, offer.detail());
      default -> Interpretation.Compute.request(offer.detail());
    };
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
