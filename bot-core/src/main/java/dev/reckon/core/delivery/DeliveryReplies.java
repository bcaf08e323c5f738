package dev.reckon.core.delivery;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.store.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells what became of a delivery, ends it, and gives its place to those that wait. */
final class DeliveryReplies {
  private final Deliveries deliveries;
  private final Transactions transactions;
  private final Admission admission;
  private final ReplyGateway out;
  private final Consumer<ConversationId> wake;

  /**
   * @param wake called for conversations whose waiting delivery may continue
   */
  DeliveryReplies(
      Deliveries deliveries,
      Transactions transactions,
      Admission admission,
      ReplyGateway out,
      Consumer<ConversationId> wake) {
    this.deliveries = deliveries;
    this.transactions = transactions;
    this.admission = admission;
    this.out = out;
    this.wake = wake;
  }

  /** Keeps a reply, in the caller's transaction. */
  void save(Delivery delivery, Reply reply) {
    Incoming incoming = delivery.incoming();
    out.save(
        new Draft(
            incoming.conversation(),
            incoming.address(),
            reply,
            incoming.person(),
            delivery.receivedAt()));
  }

  /** Why replies that come much later will not be posted where the delivery came from. */
  Optional<String> obstacleLater(Delivery delivery) throws InterruptedException {
    return out.obstacleLater(delivery.incoming());
  }

  /** Says something while the delivery continues. */
  void tell(Delivery delivery, Reply reply) {
    transactions.transact(() -> save(delivery, reply));
    out.send(delivery.incoming());
  }

  /** Ends a delivery for which nothing is computed, with what there is to say about its files. */
  DeliveryResult refuse(Delivery delivery, String sentence) {
    List<String> notices = notices(delivery);
    Language language = delivery.incoming().language();
    Reply refusal = new Reply(0, Reply.Kind.REFUSED, sentence, List.of(), List.of(), language);
    Reply reply = with(refusal, notices);
    transactions.transact(
        () -> {
          save(delivery, reply);
          deliveries.handled(delivery.seq());
        });
    return ended(delivery, Optional.of(reply), notices);
  }

  /** The delivery is stored as handled, and what there is to say is stored with it. */
  DeliveryResult ended(Delivery delivery, Optional<Reply> reply, List<String> notices) {
    release(delivery);
    return new DeliveryResult.Done(reply.map(some -> new Answer(some, null, notices)));
  }

  /** Sends what was saved, and lets others have the place. */
  void release(Delivery delivery) {
    out.send(delivery.incoming());
    admission.finished(delivery.incoming().delivery()).forEach(this::again);
  }

  /** What waits in that conversation may ask for a place again. */
  void again(ConversationId conversation) {
    deliveries.ready(conversation);
    wake.accept(conversation);
  }

  /** What there is to say about files that were imported already. */
  List<String> notices(Delivery delivery) {
    return delivery.incoming().attachments().isEmpty()
        ? List.of()
        : deliveries.imported(delivery.seq()).values().stream()
            .flatMap(one -> one.notices().stream())
            .toList();
  }

  /** The reply with a line for each notice. */
  static Reply with(Reply reply, List<String> notices) {
    if (notices.isEmpty()) {
      return reply;
    }
    List<Block> blocks = new ArrayList<>(reply.blocks());
    notices.forEach(notice -> blocks.add(new Block.Text(notice)));
    return new Reply(
        reply.turn(), reply.kind(), reply.headline(), blocks, reply.actions(), reply.language());
  }
}
