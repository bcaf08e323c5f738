package dev.reckon.core.delivery;

import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.command.Interpretation;
import dev.reckon.core.command.Interpreter;
import dev.reckon.core.files.AttachmentException;
import dev.reckon.core.files.AttachmentImporter;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Stage;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.store.Transactions;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes one delivery to its end: files, interpretation, turn, reply. Calling it again after a
 * crash continues where it stopped.
 */
final class DeliveryHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryHandler.class);
  private static final int MOST_DEATHS = 2;
  private static final String FATAL =
      "Reckon stopped twice while it worked on this, so it is not tried a third time. Ask for less"
          + " at once, or send it again; whoever runs Reckon finds more in its log.";
  private static final String BUSY =
      "Too many requests are waiting at this moment, so this one was not begun. Please send it"
          + " again in a few minutes.";

  private final int mostOpen;
  private final Deliveries deliveries;
  private final Turns turns;
  private final Outbox outbox;
  private final Conversations conversations;
  private final Transactions transactions;
  private final TurnRunner runner;
  private final RequestBuilder requests;
  private final AttachmentImporter importer;
  private final Interpreter interpreter;
  private final Admission admission;
  private final ScheduledRuns scheduled;
  private final ReplyGateway out;
  private final Consumer<ConversationId> wake;

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
    this.mostOpen = mostOpen;
    this.deliveries = parts.store().deliveries();
    this.turns = parts.store().turns();
    this.outbox = parts.store().outbox();
    this.conversations = parts.store().conversations();
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
    this.importer =
        new AttachmentImporter(
            deliveries,
            parts.store().files(),
            transactions,
            parts.files(),
            parts.importer(),
            parts.profiles(),
            out);
    this.interpreter = parts.interpreter();
    this.admission = parts.admission();
    this.scheduled = new ScheduledRuns(parts.store(), parts.clock());
    this.out = out;
    this.wake = wake;
  }

  /**
   * Takes a delivery from the stage that it has reached as far as it comes now.
   *
   * @throws AttachmentException when a file cannot be fetched now and may be later
   * @throws DeliveryException when the platform does not tell now what the event did not carry
   */
  DeliveryResult handle(Delivery arrived, Consumer<TurnEvent> listener)
      throws AttachmentException, DeliveryException, InterruptedException {
    Optional<TurnRecord> begun = turns.byDelivery(arrived.seq());
    if (begun.isPresent() && arrived.deaths() < MOST_DEATHS) {
      admission.resumed(AdmissionRequest.of(arrived.incoming(), kind(begun.get().kind())));
      return run(arrived, begun.get(), notices(arrived), listener);
    }
    if (arrived.incoming().content() instanceof Content.Moved moved) {
      return move(arrived, moved);
    }
    if (arrived.deaths() >= MOST_DEATHS) {
      LOG.error("Delivery {} is given up: this program ended twice on it", arrived.seq());
      giveUp(arrived, FATAL);
      return new DeliveryResult.Done(Optional.empty());
    }
    Delivery delivery = arrived.stage() == Stage.RECEIVED ? enriched(arrived) : arrived;
    Incoming incoming = delivery.incoming();
    Optional<TurnKind> expected = interpreter.expects(incoming);
    if (expected.isPresent() && delivery.stage() == Stage.ENRICHED && isFull(delivery)) {
      return refuse(delivery, BUSY);
    }
    AdmissionRequest asking =
        AdmissionRequest.of(
            incoming, expected.map(DeliveryHandler::kind).orElse(AdmissionRequest.Kind.WORD));
    List<String> warnings = List.of();
    if (delivery.stage() == Stage.ENRICHED) {
      switch (admission.admit(asking)) {
        case Decision.Refused refused -> {
          return refuse(delivery, refused);
        }
        case Decision.Queued(Optional<String> notice) -> {
          return queue(delivery, asking, notice);
        }
        case Decision.Admitted(Double ceiling, List<String> told, boolean again) -> warnings = told;
      }
    } else {
      admission.resumed(asking);
    }
    Deliveries.Imported imported;
    try {
      imported = imported(delivery);
    } catch (AttachmentException e) {
      if (e.isPassing()) {
        throw e;
      }
      return refuse(delivery, withoutFile(e));
    }
    interpreter.prepare(incoming);
    Interpretation outcome = transactions.inTransaction(() -> interpret(delivery, imported));
    return switch (outcome) {
      case Interpretation.Compute compute ->
          compute(delivery, compute, imported, warnings, listener);
      case Interpretation.Silence _ -> ended(delivery, Optional.empty(), List.of());
      case Interpretation.Say(Reply reply) ->
          ended(delivery, Optional.of(reply), imported.notices());
      case Interpretation.Whisper(Reply reply) -> {
        out.whisper(incoming, reply);
        yield ended(delivery, Optional.of(reply), imported.notices());
      }
    };
  }

  /** Finds out what the event did not carry. Only what was found out changes what is known. */
  private Delivery enriched(Delivery delivery) throws DeliveryException, InterruptedException {
    Incoming complete;
    try {
      Incoming told = out.complete(delivery.incoming());
      // What came with the message that made a schedule came once.
      complete = ScheduledRuns.is(told) ? delivery.incoming().from(told.person()) : told;
    } catch (DeliveryException e) {
      if (e.isPassing()) {
        throw e;
      }
      return asKnown(delivery, e);
    }
    transactions.transact(
        () -> {
          deliveries.enriched(delivery.seq(), complete);
          deliveries.reached(delivery.seq(), Stage.ENRICHED);
        });
    return delivery.at(Stage.ENRICHED, complete);
  }

  /** Goes on with what is stored of the person, which stays as it is. */
  Delivery asKnown(Delivery delivery, DeliveryException reason) {
    LOG.warn(
        "Delivery {} goes on with what is known of its person and files: {}",
        delivery.seq(),
        reason.getMessage());
    deliveries.reached(delivery.seq(), Stage.ENRICHED);
    return delivery.at(Stage.ENRICHED, asKnown(delivery.incoming()));
  }

  private Incoming asKnown(Incoming incoming) {
    return conversations.person(incoming.person().id()).map(incoming::from).orElse(incoming);
  }

  /** Whether so many wait that nothing more is begun. */
  private boolean isFull(Delivery delivery) {
    return deliveries.ahead(delivery.seq()) >= mostOpen;
  }

  private Deliveries.Imported imported(Delivery delivery)
      throws AttachmentException, InterruptedException {
    if (delivery.incoming().attachments().isEmpty()) {
      return new Deliveries.Imported(List.of(), List.of());
    }
    if (delivery.stage() == Stage.ENRICHED) {
      deliveries.reached(delivery.seq(), Stage.ADMITTED);
    }
    Deliveries.Imported imported = importer.importAll(delivery);
    if (delivery.stage() != Stage.IMPORTED) {
      deliveries.reached(delivery.seq(), Stage.IMPORTED);
    }
    return imported;
  }

  private List<String> notices(Delivery delivery) {
    return delivery.incoming().attachments().isEmpty()
        ? List.of()
        : deliveries.imported(delivery.seq()).values().stream()
            .flatMap(one -> one.notices().stream())
            .toList();
  }

  static String withoutFile(AttachmentException problem) {
    return problem.getMessage() + ". Nothing was computed without it: send it again.";
  }

  private DeliveryResult queue(
      Delivery delivery, AdmissionRequest asking, Optional<String> notice) {
    boolean first = deliveries.waits(delivery.seq());
    if (first && !ScheduledRuns.is(delivery.incoming())) {
      notice.ifPresent(sentence -> tell(delivery, Reply.notice(sentence)));
    }
    // A place may have become free before this delivery was known to wait for it.
    if (!(admission.admit(asking) instanceof Decision.Queued)) {
      again(delivery.incoming().conversation());
    }
    return new DeliveryResult.Waits(notice);
  }

  private void again(ConversationId conversation) {
    deliveries.ready(conversation);
    wake.accept(conversation);
  }

  /** What words do is done once, together with noting that they were handled. */
  private Interpretation interpret(Delivery delivery, Deliveries.Imported imported) {
    Incoming incoming = delivery.incoming();
    Interpretation outcome =
        scheduled
            .instead(incoming)
            .orElseGet(
                () ->
                    scheduled.interpreted(
                        incoming, interpreter.interpret(incoming, imported.names())));
    if (!imported.notices().isEmpty()) {
      if (outcome instanceof Interpretation.Silence) {
        return said(delivery, aboutFiles(imported.notices()));
      }
      if (outcome instanceof Interpretation.Whisper) { // it may be lost, and these may not
        out.save(draft(delivery, aboutFiles(imported.notices())));
      }
    }
    if (outcome instanceof Interpretation.Say(Reply plain)) {
      return said(delivery, with(plain, imported.notices()));
    }
    if (!(outcome instanceof Interpretation.Compute)) {
      deliveries.handled(delivery.seq());
    }
    return outcome;
  }

  private Interpretation said(Delivery delivery, Reply reply) {
    out.save(draft(delivery, reply));
    deliveries.handled(delivery.seq());
    return new Interpretation.Say(reply);
  }

  private static Reply aboutFiles(List<String> notices) {
    return Reply.notice("About what you attached:", notices.toArray(String[]::new));
  }

  /** A request in plain words, whatever they are. */
  DeliveryResult request(Delivery delivery, Consumer<TurnEvent> listener)
      throws AttachmentException, InterruptedException {
    Incoming incoming = delivery.incoming();
    String text = incoming.content() instanceof Content.Text words ? words.text() : "";
    return compute(
        delivery,
        Interpretation.Compute.request(text),
        importer.importAll(delivery),
        List.of(),
        listener);
  }

  private DeliveryResult compute(
      Delivery delivery,
      Interpretation.Compute compute,
      Deliveries.Imported imported,
      List<String> warnings,
      Consumer<TurnEvent> listener) {
    Incoming incoming = delivery.incoming();
    AdmissionRequest asking = AdmissionRequest.of(incoming, kind(compute.kind()));
    return switch (admission.admit(asking)) {
      case Decision.Refused refused -> refuse(delivery, refused);
      case Decision.Queued(Optional<String> notice) -> queue(delivery, asking, notice);
      case Decision.Admitted(Double ceiling, List<String> notices, boolean again) -> {
        TurnRequest request = request(incoming, compute, imported, ceiling);
        TurnRecord record = transactions.inTransaction(() -> begin(delivery, compute, request));
        List<String> all = new ArrayList<>(imported.notices());
        all.addAll(warnings);
        all.addAll(notices);
        yield run(delivery, record, all, listener);
      }
    };
  }

  /** A changed request is answered where it was answered before. */
  private TurnRecord begin(Delivery delivery, Interpretation.Compute compute, TurnRequest request) {
    Incoming incoming = delivery.incoming();
    Optional<TurnRecord> before =
        incoming.content() instanceof Content.Edited edited && edited.atOnce()
            ? turns.byMessage(edited.delivery())
            : Optional.empty();
    TurnRecord record =
        runner.begin(incoming.conversation(), delivery.seq(), incoming.person(), compute, request);
    before.ifPresent(earlier -> outbox.replace(earlier.id(), record.id()));
    return record;
  }

  private TurnRequest request(
      Incoming incoming,
      Interpretation.Compute compute,
      Deliveries.Imported imported,
      @Nullable Double ceiling) {
    Set<String> attached = Set.copyOf(imported.names());
    String code = compute.code();
    return code == null
        ? requests.words(incoming, compute.prompt(), attached, ceiling)
        : requests.program(incoming, compute, code, attached);
  }

  /** From the turn's last saved step to its reply. */
  private DeliveryResult run(
      Delivery delivery, TurnRecord record, List<String> notices, Consumer<TurnEvent> listener) {
    Incoming incoming = delivery.incoming();
    TurnResult result =
        runner.run(
            record,
            event -> {
              listener.accept(event);
              if (event.phase() != TurnEvent.Phase.DONE && !ScheduledRuns.is(incoming)) {
                out.progress(incoming, ProgressReply.of(incoming, record.request(), event));
              }
            });
    List<String> all = new ArrayList<>(notices);
    all.addAll(scheduled.notices(incoming));
    Reply answer = AnswerReplies.of(result, requests.codeShown(incoming), all);
    out.ended(incoming, record.id());
    Optional<Reply> reply =
        transactions.inTransaction(
            () -> {
              turns.finish(result);
              Optional<Reply> posted = scheduled.ended(incoming, record, result, answer);
              posted.ifPresent(some -> out.save(draft(delivery, some)));
              deliveries.handled(delivery.seq());
              return posted;
            });
    out.send(incoming);
    admission.finished(incoming.delivery()).forEach(this::again);
    return new DeliveryResult.Done(reply.map(some -> new Answer(some, result, all)));
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

  private DeliveryResult refuse(Delivery delivery, Decision.Refused refused) {
    Optional<String> sentence =
        transactions.inTransaction(() -> scheduled.refused(delivery.incoming(), refused));
    if (sentence.isPresent()) {
      return refuse(delivery, sentence.get());
    }
    transactions.transact(() -> deliveries.handled(delivery.seq()));
    return ended(delivery, Optional.empty(), List.of());
  }

  /** With what is to be said about files that were imported already. */
  private DeliveryResult refuse(Delivery delivery, String sentence) {
    List<String> notices = notices(delivery);
    Reply reply = with(new Reply(0, Reply.Kind.REFUSED, sentence, List.of(), List.of()), notices);
    transactions.transact(
        () -> {
          out.save(draft(delivery, reply));
          deliveries.handled(delivery.seq());
        });
    return ended(delivery, Optional.of(reply), notices);
  }

  private DeliveryResult ended(Delivery delivery, Optional<Reply> reply, List<String> notices) {
    out.send(delivery.incoming());
    admission.finished(delivery.incoming().delivery()).forEach(this::again);
    return new DeliveryResult.Done(reply.map(some -> new Answer(some, null, notices)));
  }

  /** Says something while the delivery goes on. */
  private void tell(Delivery delivery, Reply reply) {
    transactions.transact(() -> out.save(draft(delivery, reply)));
    out.send(delivery.incoming());
  }

  /**
   * Ends a delivery that cannot be handled, so that it holds up nothing behind it.
   *
   * @param sentence what to tell the person
   */
  void giveUp(Delivery delivery, String sentence) {
    turns.byDelivery(delivery.seq()).ifPresent(turn -> turns.abandon(turn.id()));
    refuse(delivery, sentence);
  }

  private static Draft draft(Delivery delivery, Reply reply) {
    Incoming incoming = delivery.incoming();
    return new Draft(
        incoming.conversation(),
        incoming.address(),
        reply,
        incoming.person(),
        delivery.receivedAt());
  }

  private static Reply with(Reply reply, List<String> notices) {
    if (notices.isEmpty()) {
      return reply;
    }
    List<Block> blocks = new ArrayList<>(reply.blocks());
    notices.forEach(notice -> blocks.add(new Block.Text(notice)));
    return new Reply(reply.turn(), reply.kind(), reply.headline(), blocks, reply.actions());
  }

  private static AdmissionRequest.Kind kind(TurnKind kind) {
    return switch (kind) {
      case REQUEST, WRONG -> AdmissionRequest.Kind.REQUEST;
      case RUN, AGAIN, EDIT -> AdmissionRequest.Kind.RUN;
      case SAVED, ALERT -> AdmissionRequest.Kind.SAVED;
    };
  }
}
