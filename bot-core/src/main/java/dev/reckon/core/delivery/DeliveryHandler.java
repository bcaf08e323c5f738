package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpretation;
import dev.reckon.core.command.Interpreter;
import dev.reckon.core.files.AttachmentException;
import dev.reckon.core.files.AttachmentImporter;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Imported;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.Transactions;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one delivery through its stages to its end. Calling it again after a crash continues where
 * it stopped.
 */
final class DeliveryHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryHandler.class);
  private static final int MOST_DEATHS = 2;
  private final Deliveries deliveries;
  private final Conversations conversations;
  private final Transactions transactions;
  private final Interpreter interpreter;
  private final ReplyGateway out;
  private final DeliveryReplies replies;
  private final EnrichmentStage enrichment;
  private final AdmissionStage admission;
  private final AddressedFiles addressed;
  private final ImportStage imports;
  private final InterpretationStage interpretation;
  private final TurnStage turn;

  /**
   * A handler.
   *
   * @param mostOpen how many deliveries may wait or be worked on before another request is refused
   * @param wake called for conversations whose waiting delivery may continue
   */
  DeliveryHandler(
      DeliveryDependencies parts,
      LiveTurns live,
      ReplyGateway out,
      int mostOpen,
      Consumer<ConversationId> wake) {
    Store store = parts.store();
    this.deliveries = store.deliveries();
    this.conversations = store.conversations();
    this.transactions = store;
    this.interpreter = parts.interpreter();
    this.out = out;
    ScheduledRuns scheduled = new ScheduledRuns(store, parts.clock());
    this.replies = new DeliveryReplies(deliveries, store, parts.admission(), out, wake);
    this.enrichment =
        new EnrichmentStage(
            deliveries,
            conversations,
            store,
            out,
            interpreter,
            new AskerLanguage(store.preferences(), store.turns()));
    this.admission =
        new AdmissionStage(deliveries, store, parts.admission(), scheduled, replies, mostOpen);
    this.addressed =
        new AddressedFiles(parts.addresses(), out, store.computations(), parts.clock());
    this.imports =
        new ImportStage(
            deliveries,
            new AttachmentImporter(
                deliveries,
                store.files(),
                store,
                parts.files(),
                parts.importer(),
                parts.profiles(),
                addressed));
    this.interpretation =
        new InterpretationStage(deliveries, store, interpreter, scheduled, replies);
    this.turn = new TurnStage(parts, live, scheduled, replies, out);
  }

  /**
   * Takes a delivery from the stage that it has reached as far as it comes now.
   *
   * @throws AttachmentException when a file cannot be fetched now and may be later
   * @throws DeliveryException when the platform does not tell now what the event did not carry
   */
  DeliveryResult handle(Delivery received, Consumer<TurnEvent> listener)
      throws AttachmentException, DeliveryException, InterruptedException {
    Delivery arrived = reads(received.incoming()) ? addressed.with(received) : received;
    Optional<TurnRecord> begun = turn.begun(arrived);
    if (begun.isPresent() && arrived.deaths() < MOST_DEATHS) {
      admission.resumed(arrived, begun.get().kind());
      List<String> notices = new ArrayList<>(replies.notices(arrived));
      addressed.left(arrived.incoming()).ifPresent(notices::add);
      return turn.run(arrived, begun.get(), notices, listener);
    }
    if (arrived.incoming().content() instanceof Content.Moved moved) {
      return move(arrived, moved);
    }
    if (arrived.deaths() >= MOST_DEATHS) {
      LOG.error(
          "Giving up on delivery {}: this program ended twice while working on it", arrived.seq());
      giveUp(arrived, Label.DELIVERY_FATAL.in(arrived.incoming().language()));
      return new DeliveryResult.Done(Optional.empty());
    }
    Delivery delivery = enrichment.perform(arrived);
    return switch (admission.perform(delivery, interpreter.expects(delivery.incoming()))) {
      case AdmissionStage.Outcome.Stopped(DeliveryResult result) -> result;
      case AdmissionStage.Outcome.Admitted(Double ceiling, List<String> notices) ->
          admitted(delivery, notices, listener);
    };
  }

  private DeliveryResult admitted(
      Delivery delivery, List<String> notices, Consumer<TurnEvent> listener)
      throws AttachmentException, InterruptedException {
    Imported imported;
    try {
      imported = imports.perform(delivery);
    } catch (AttachmentException e) {
      if (e.isPassing()) {
        throw e;
      }
      return replies.refuse(delivery, e.sentence(delivery.incoming().language()));
    }
    return switch (interpretation.perform(delivery, imported)) {
      case Interpretation.Compute compute ->
          compute(delivery, compute, imported, notices, listener);
      case Interpretation.Silence _ -> replies.ended(delivery, Optional.empty(), List.of());
      case Interpretation.Say(Reply reply) ->
          replies.ended(delivery, Optional.of(reply), imported.notices());
      case Interpretation.Whisper(Reply reply) -> {
        out.whisper(delivery.incoming(), reply);
        yield replies.ended(delivery, Optional.of(reply), imported.notices());
      }
    };
  }

  /** Whether it begins a turn, or schedules one, so that files that it names are wanted. */
  private boolean reads(Incoming incoming) {
    return ScheduledRuns.is(incoming)
        || interpreter.expects(incoming).isPresent()
        || interpreter.schedules(incoming);
  }

  /**
   * A request in plain words, whatever they are. Somebody waits for its answer, so it is refused
   * when a file that it names cannot be fetched now.
   */
  DeliveryResult request(Delivery received, Consumer<TurnEvent> listener)
      throws InterruptedException {
    Delivery addressing = addressed.with(received);
    Delivery delivery = addressing.at(addressing.stage(), enrichment.spoken(addressing.incoming()));
    String text = delivery.incoming().content() instanceof Content.Text words ? words.text() : "";
    Imported imported;
    try {
      imported = imports.perform(delivery);
    } catch (AttachmentException e) {
      return replies.refuse(delivery, e.sentence(delivery.incoming().language()));
    }
    return compute(delivery, Interpretation.Compute.request(text), imported, List.of(), listener);
  }

  private DeliveryResult compute(
      Delivery delivery,
      Interpretation.Compute compute,
      Imported imported,
      List<String> warnings,
      Consumer<TurnEvent> listener) {
    return switch (admission.beforeTurn(delivery, compute.kind())) {
      case AdmissionStage.Outcome.Stopped(DeliveryResult result) -> result;
      case AdmissionStage.Outcome.Admitted(Double ceiling, List<String> notices) -> {
        List<String> all = new ArrayList<>(imported.notices());
        addressed.left(delivery.incoming()).ifPresent(all::add);
        all.addAll(warnings);
        all.addAll(notices);
        TurnRecord record = turn.begin(delivery, compute, imported, ceiling);
        yield turn.run(delivery, record, all, listener);
      }
    };
  }

  private DeliveryResult move(Delivery delivery, Content.Moved moved) {
    transactions.transact(
        () -> {
          conversations.move(
              delivery.incoming().conversation(),
              moved.conversation(),
              moved.team(),
              moved.address());
          deliveries.handled(delivery.seq());
        });
    return new DeliveryResult.Done(Optional.empty());
  }

  /**
   * Continues with what is stored of a delivery's person, since the platform does not tell.
   *
   * @param reason the last refusal of the platform
   */
  void asKnown(Delivery delivery, DeliveryException reason) {
    enrichment.asKnown(delivery, reason);
  }

  /**
   * Ends a delivery that cannot be handled, so that it holds up nothing behind it.
   *
   * @param sentence what to tell the person
   * @return with that sentence as the answer
   */
  DeliveryResult giveUp(Delivery delivery, String sentence) {
    turn.abandon(delivery);
    return replies.refuse(delivery, sentence);
  }
}
