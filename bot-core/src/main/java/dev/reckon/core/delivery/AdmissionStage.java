package dev.reckon.core.delivery;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Stage;
import dev.reckon.core.store.Transactions;
import dev.reckon.core.store.TurnKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the policy before anything is downloaded or paid for, and once more before a turn begins,
 * when it is certain what the turn will be. Whoever was admitted before holds a place already.
 */
final class AdmissionStage {
  /** The outcome of asking. */
  sealed interface Outcome {
    /**
     * The delivery may continue.
     *
     * @param ceilingUsd what its turn may cost at most, in US dollars; null for any cost
     * @param notices one sentence each, to be shown with the answer
     */
    record Admitted(@Nullable Double ceilingUsd, List<String> notices) implements Outcome {}

    /** It does not continue now: it was refused, or it waits. */
    record Stopped(DeliveryResult result) implements Outcome {}
  }

  private final Deliveries deliveries;
  private final Transactions transactions;
  private final Admission admission;
  private final ScheduledRuns scheduled;
  private final DeliveryReplies replies;
  private final int mostOpen;

  /**
   * @param mostOpen how many deliveries may wait or be worked on before another request is refused
   */
  AdmissionStage(
      Deliveries deliveries,
      Transactions transactions,
      Admission admission,
      ScheduledRuns scheduled,
      DeliveryReplies replies,
      int mostOpen) {
    this.deliveries = deliveries;
    this.transactions = transactions;
    this.admission = admission;
    this.scheduled = scheduled;
    this.replies = replies;
    this.mostOpen = mostOpen;
  }

  /**
   * Takes an enriched delivery in. One that came further before takes the place that it had.
   *
   * @param expected the turn that it will begin, as far as its text and file names tell
   */
  Outcome perform(Delivery delivery, Optional<TurnKind> expected) {
    AdmissionRequest asking =
        AdmissionRequest.of(
            delivery.incoming(),
            expected.map(AdmissionStage::kind).orElse(AdmissionRequest.Kind.WORD));
    if (delivery.stage() != Stage.ENRICHED) {
      admission.resumed(asking);
      return new Outcome.Admitted(null, List.of());
    }
    if (expected.isPresent() && deliveries.ahead(delivery.seq()) >= mostOpen) {
      return new Outcome.Stopped(
          replies.refuse(delivery, Label.DELIVERY_BUSY.in(delivery.incoming().language())));
    }
    return admit(delivery, asking);
  }

  /** Asks for the turn that is about to begin. */
  Outcome beforeTurn(Delivery delivery, TurnKind kind) {
    return admit(delivery, AdmissionRequest.of(delivery.incoming(), kind(kind)));
  }

  /** A turn that was started before continues, whatever the limits say now. */
  void resumed(Delivery delivery, TurnKind kind) {
    admission.resumed(AdmissionRequest.of(delivery.incoming(), kind(kind)));
  }

  private Outcome admit(Delivery delivery, AdmissionRequest asking) {
    return switch (admission.admit(asking)) {
      case Decision.Refused refused -> new Outcome.Stopped(refuse(delivery, refused));
      case Decision.Queued(Optional<String> notice) ->
          new Outcome.Stopped(queue(delivery, asking, notice));
      case Decision.Admitted(Double ceiling, List<String> notices, boolean again) ->
          new Outcome.Admitted(ceiling, notices);
    };
  }

  private DeliveryResult refuse(Delivery delivery, Decision.Refused refused) {
    Optional<String> sentence =
        transactions.inTransaction(() -> scheduled.refused(delivery.incoming(), refused));
    if (sentence.isPresent()) {
      return replies.refuse(delivery, sentence.get());
    }
    transactions.transact(() -> deliveries.handled(delivery.seq()));
    return replies.ended(delivery, Optional.empty(), List.of());
  }

  private DeliveryResult queue(
      Delivery delivery, AdmissionRequest asking, Optional<String> notice) {
    boolean first = deliveries.waits(delivery.seq());
    if (first && !ScheduledRuns.is(delivery.incoming())) {
      Language language = delivery.incoming().language();
      notice.ifPresent(sentence -> replies.tell(delivery, Reply.notice(sentence).in(language)));
    }
    // A place may have become free before this delivery was known to wait for it.
    if (!(admission.admit(asking) instanceof Decision.Queued)) {
      replies.again(delivery.incoming().conversation());
    }
    return new DeliveryResult.Waits(notice);
  }

  private static AdmissionRequest.Kind kind(TurnKind kind) {
    return switch (kind) {
      case REQUEST, WRONG -> AdmissionRequest.Kind.REQUEST;
      case RUN, AGAIN, EDIT -> AdmissionRequest.Kind.RUN;
      case SAVED, ALERT -> AdmissionRequest.Kind.SAVED;
    };
  }
}
