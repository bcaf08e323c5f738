package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.command.Outcome;
import dev.reckon.core.command.Replies;
import dev.reckon.core.files.AttachmentImporter;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes one delivery to its end: files, words, turn, reply. Doing it again after a crash goes on
 * with what was begun.
 */
final class DeliveryHandler {
  private final Store store;
  private final TurnRunner runner;
  private final RequestBuilder requests;
  private final AttachmentImporter importer;
  private final Interpreter interpreter;
  private final Admission admission;
  private final ReplyGateway out;
  private final Consumer<ConversationId> wake;

  DeliveryHandler(
      DeliveryParts parts, LiveTurns live, ReplyGateway out, Consumer<ConversationId> wake) {
    this.store = parts.store();
    this.runner = new TurnRunner(store, parts.journal(), parts.driver(), live);
    this.requests = new RequestBuilder(store, parts.turn());
    this.importer =
        new AttachmentImporter(store, parts.files(), parts.importer(), parts.profiles(), out);
    this.interpreter = parts.interpreter();
    this.admission = parts.admission();
    this.out = out;
    this.wake = wake;
  }

  /** Whatever was written or pressed. */
  DeliveryResult handle(Delivery arrived, Consumer<TurnEvent> listener)
      throws InterruptedException {
    Optional<TurnRecord> begun = store.turns().byDelivery(arrived.seq());
    if (begun.isPresent()) {
      admission.resumed(AdmissionRequest.of(arrived.incoming(), kind(begun.get().kind())));
      return run(arrived, begun.get(), List.of(), listener);
    }
    if (arrived.incoming().content() instanceof Content.Moved moved) {
      return move(arrived, moved);
    }
    Delivery delivery = complete(arrived);
    Incoming incoming = delivery.incoming();
    if (admission.admit(AdmissionRequest.of(incoming, AdmissionRequest.Kind.WORD))
        instanceof Decision.Refused no) {
      return refuse(delivery, no.sentence());
    }
    AttachmentImporter.Imported imported = importer.importAll(incoming);
    Outcome outcome = store.inTransaction(() -> interpret(delivery, imported));
    return switch (outcome) {
      case Outcome.Compute compute -> compute(delivery, compute, imported, listener);
      case Outcome.Silence _ -> ended(delivery, Optional.empty());
      case Outcome.Say(Reply reply) -> ended(delivery, Optional.of(reply));
      case Outcome.Whisper(Reply reply) -> {
        out.whisper(incoming, reply);
        yield ended(delivery, Optional.of(reply));
      }
    };
  }

  /** What words do is done once, together with noting that they were handled. */
  private Outcome interpret(Delivery delivery, AttachmentImporter.Imported imported) {
    Outcome outcome = interpreter.interpret(delivery.incoming(), imported.names());
    if (outcome instanceof Outcome.Say(Reply plain)) {
      Reply reply = with(plain, imported.notices());
      out.save(draft(delivery, reply));
      store.deliveries().handled(delivery.seq());
      return new Outcome.Say(reply);
    }
    if (!(outcome instanceof Outcome.Compute)) {
      store.deliveries().handled(delivery.seq());
    }
    return outcome;
  }

  /** A request in plain words, whatever they are. */
  DeliveryResult request(Delivery delivery, Consumer<TurnEvent> listener)
      throws InterruptedException {
    Incoming incoming = delivery.incoming();
    String text = incoming.content() instanceof Content.Words words ? words.text() : "";
    return compute(
        delivery,
        new Outcome.Compute(TurnKind.REQUEST, text, text, null, null),
        importer.importAll(incoming),
        listener);
  }

  private DeliveryResult compute(
      Delivery delivery,
      Outcome.Compute compute,
      AttachmentImporter.Imported imported,
      Consumer<TurnEvent> listener) {
    Incoming incoming = delivery.incoming();
    return switch (admission.admit(AdmissionRequest.of(incoming, kind(compute.kind())))) {
      case Decision.Refused(var reason, String sentence) -> refuse(delivery, sentence);
      case Decision.Queued(Optional<String> notice) -> {
        notice.ifPresent(sentence -> tell(delivery, Reply.notice(sentence)));
        yield new DeliveryResult.Waits(notice);
      }
      case Decision.Admitted(Double ceiling, List<String> notices) -> {
        TurnRequest request = request(incoming, compute, imported, ceiling);
        TurnRecord record = store.inTransaction(() -> begin(delivery, compute, request));
        List<String> all = new ArrayList<>(imported.notices());
        all.addAll(notices);
        yield run(delivery, record, all, listener);
      }
    };
  }

  /** A changed request is answered where it was answered before. */
  private TurnRecord begin(Delivery delivery, Outcome.Compute compute, TurnRequest request) {
    Incoming incoming = delivery.incoming();
    Optional<TurnRecord> before =
        incoming.content() instanceof Content.Edited edited && edited.atOnce()
            ? store.turns().byMessage(edited.delivery())
            : Optional.empty();
    TurnRecord record =
        runner.begin(incoming.conversation(), delivery.seq(), incoming.person(), compute, request);
    before.ifPresent(earlier -> store.outbox().replace(earlier.id(), record.id()));
    return record;
  }

  private TurnRequest request(
      Incoming incoming,
      Outcome.Compute compute,
      AttachmentImporter.Imported imported,
      @Nullable Double ceiling) {
    Set<String> attached = Set.copyOf(imported.names());
    String code = compute.code();
    return code == null
        ? requests.words(incoming, compute.prompt(), attached, ceiling)
        : requests.program(incoming, compute.prompt(), code, compute.files(), attached);
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
              if (event.phase() != TurnEvent.Phase.DONE) {
                out.progress(incoming, ProgressReply.of(incoming, record.request(), event));
              }
            });
    Reply reply = Replies.of(result, requests.codeShown(incoming), notices);
    out.ended(incoming, record.id());
    store.transact(
        () -> {
          store.turns().finish(result);
          out.save(draft(delivery, reply));
          store.deliveries().handled(delivery.seq());
        });
    out.send(incoming);
    admission.finished(incoming.delivery()).forEach(wake);
    return new DeliveryResult.Done(Optional.of(new Answer(reply, result)));
  }

  private DeliveryResult move(Delivery delivery, Content.Moved moved) {
    store.transact(
        () -> {
          store
              .conversations()
              .move(
                  delivery.incoming().conversation(),
                  moved.conversation(),
                  moved.team(),
                  moved.address());
          store.deliveries().handled(delivery.seq());
        });
    return new DeliveryResult.Done(Optional.empty());
  }

  private Delivery complete(Delivery delivery) throws InterruptedException {
    Incoming complete = out.complete(delivery.incoming());
    store.conversations().seen(complete);
    return new Delivery(delivery.seq(), complete, delivery.receivedAt());
  }

  private DeliveryResult refuse(Delivery delivery, String sentence) {
    return end(
        delivery, Optional.of(new Reply(0, Reply.Kind.REFUSED, sentence, List.of(), List.of())));
  }

  private DeliveryResult end(Delivery delivery, Optional<Reply> reply) {
    store.transact(
        () -> {
          reply.ifPresent(some -> out.save(draft(delivery, some)));
          store.deliveries().handled(delivery.seq());
        });
    return ended(delivery, reply);
  }

  private DeliveryResult ended(Delivery delivery, Optional<Reply> reply) {
    out.send(delivery.incoming());
    admission.finished(delivery.incoming().delivery()).forEach(wake);
    return new DeliveryResult.Done(reply.map(some -> new Answer(some, null)));
  }

  /** Says something while the delivery goes on. */
  private void tell(Delivery delivery, Reply reply) {
    store.transact(() -> out.save(draft(delivery, reply)));
    out.send(delivery.incoming());
  }

  /**
   * Ends a delivery that cannot be handled, so that it holds up nothing behind it.
   *
   * @param sentence what to tell the person
   */
  void giveUp(Delivery delivery, String sentence) {
    store.turns().byDelivery(delivery.seq()).ifPresent(turn -> store.turns().abandon(turn.id()));
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
      case SAVED -> AdmissionRequest.Kind.SAVED;
    };
  }
}
