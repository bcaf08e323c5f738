package dev.reckon.core.delivery;

import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.command.Interpretation;
import dev.reckon.core.command.ProposedFact;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Imported;
import dev.reckon.core.store.LeaseLostException;
import dev.reckon.core.store.Memory;
import dev.reckon.core.store.Offers;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.Transactions;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A delivery's last stage: its turn, from the request to the saved reply. */
final class TurnStage {
  private final Deliveries deliveries;
  private final Turns turns;
  private final Outbox outbox;
  private final Offers offers;
  private final Memory memory;
  private final Transactions transactions;
  private final TurnRunner runner;
  private final RequestBuilder requests;
  private final ScheduledRuns scheduled;
  private final DeliveryReplies replies;
  private final Function<Incoming, List<String>> sources;
  private final ReplyGateway out;

  TurnStage(
      DeliveryDependencies parts,
      LiveTurns live,
      ScheduledRuns scheduled,
      DeliveryReplies replies,
      ReplyGateway out) {
    this.deliveries = parts.store().deliveries();
    this.turns = parts.store().turns();
    this.outbox = parts.store().outbox();
    this.offers = parts.store().offers();
    this.memory = parts.store().memory();
    this.transactions = parts.store();
    this.runner = new TurnRunner(turns, transactions, parts.journal(), parts.driver(), live);
    this.requests =
        new RequestBuilder(
            parts.store().files(),
            parts.store().preferences(),
            parts.store().memory(),
            turns,
            parts.turn(),
            parts.asker(),
            parts.memoryTokens());
    this.sources = parts.sources();
    this.scheduled = scheduled;
    this.replies = replies;
    this.out = out;
  }

  /** The turn that was started for a delivery, if one was. */
  Optional<TurnRecord> begun(Delivery delivery) {
    return turns.byDelivery(delivery.seq());
  }

  /**
   * Begins a turn. A changed request is answered where it was answered before.
   *
   * @param ceilingUsd of its cost, in US dollars; null for any cost
   */
  TurnRecord begin(
      Delivery delivery,
      Interpretation.Compute compute,
      Imported imported,
      @Nullable Double ceilingUsd) {
    Incoming incoming = delivery.incoming();
    TurnRequest request = request(incoming, compute, imported, ceilingUsd);
    return transactions.inTransaction(
        () -> {
          Optional<TurnRecord> before =
              incoming.content() instanceof Content.Edited edited && edited.atOnce()
                  ? turns.byMessage(edited.delivery())
                  : Optional.empty();
          TurnRecord record =
              runner.begin(
                  incoming.conversation(), delivery.seq(), incoming.person(), compute, request);
          before.ifPresent(earlier -> outbox.replace(earlier.id(), record.id()));
          return record;
        });
  }

  private TurnRequest request(
      Incoming incoming,
      Interpretation.Compute compute,
      Imported imported,
      @Nullable Double ceilingUsd) {
    Set<String> attached = Set.copyOf(imported.names());
    String code = compute.code();
    TurnRequest request =
        code == null
            ? requests.words(incoming, compute.prompt(), attached, ceilingUsd)
            : requests.program(incoming, compute, code, attached);
    return request.withSources(sources.apply(incoming));
  }

  /** From the turn's last saved step to its reply. */
  DeliveryResult run(
      Delivery delivery, TurnRecord record, List<String> notices, Consumer<TurnEvent> listener) {
    Incoming incoming = delivery.incoming();
    TurnResult result;
    try {
      result =
          runner.run(
              record,
              event -> {
                listener.accept(event);
                if (event.phase() != TurnEvent.Phase.DONE && !ScheduledRuns.is(incoming)) {
                  out.progress(incoming, ProgressReply.of(incoming, record.request(), event));
                }
              });
    } catch (LeaseLostException e) {
      out.ended(incoming, record.id()); // whoever has the turn now shows how it goes
      throw e;
    }
    List<String> all = new ArrayList<>(notices);
    all.addAll(scheduled.notices(incoming));
    Reply answer = AnswerReplies.of(result, requests.codeShown(incoming), all);
    out.ended(incoming, record.id());
    Optional<Reply> reply =
        transactions.inTransaction(
            () -> {
              turns.finish(result);
              Optional<Reply> posted =
                  scheduled.ended(incoming, record, result, proposing(incoming, result, answer));
              posted.ifPresent(some -> replies.save(delivery, some));
              deliveries.handled(delivery.seq());
              return posted;
            });
    replies.release(delivery);
    return new DeliveryResult.Done(reply.map(some -> new Answer(some, result, all)));
  }

  /** The answer with a fact that its program proposes to remember, for a person to confirm. */
  private Reply proposing(Incoming incoming, TurnResult result, Reply answer) {
    Optional<String> fact = ScheduledRuns.is(incoming) ? Optional.empty() : ProposedFact.in(result);
    if (fact.isEmpty() || isKnown(incoming, fact.get())) {
      return answer;
    }
    long offer =
        offers.make(
            incoming.conversation(), incoming.person().id(), ProposedFact.OFFER, fact.get());
    List<Block> blocks = new ArrayList<>(answer.blocks());
    blocks.add(new Block.Text(Label.REPLY_REMEMBER.in(answer.language(), fact.get())));
    List<Action> actions = new ArrayList<>(answer.actions());
    actions.add(new Action(Action.Verb.CONFIRM, offer));
    return new Reply(
        answer.turn(), answer.kind(), answer.headline(), blocks, actions, answer.language());
  }

  /** Whether it is remembered already, or was proposed and nobody has said yes. */
  private boolean isKnown(Incoming incoming, String fact) {
    return offers
            .open(incoming.conversation(), ProposedFact.OFFER)
            .filter(open -> open.detail().equals(fact))
            .isPresent()
        || memory.list(List.of(new Scope(Scope.Of.CHANNEL, incoming.address().channel()))).stream()
            .anyMatch(note -> note.text().equalsIgnoreCase(fact));
  }

  /** A turn that was started for the delivery does not continue. */
  void abandon(Delivery delivery) {
    begun(delivery).ifPresent(turn -> turns.abandon(turn.id()));
  }
}
