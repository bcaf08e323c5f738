package dev.reckon.core.surface;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.LeaseLostException;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.store.Outbox.OutboxEntry;
import dev.reckon.core.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one reply, and writes down what came of it. */
final class ReplySender {
  private static final Logger LOG = LoggerFactory.getLogger(ReplySender.class);

  private final ReplySurface surface;
  private final Outbox outbox;
  private final String replica;
  private final Transactions transactions;
  private final ReplySurface.FileContents files;
  private final InstantSource clock;
  private final Backoff backoff;
  private final BiConsumer<OutboxEntry, MessageRef> superseded;

  /** By the reply: what the platform has of it and the store did not take. */
  private final Map<Long, MessageRef> unsaved = new ConcurrentHashMap<>();

  /**
   * A sender.
   *
   * @param replica the id under which it takes replies
   * @param superseded called for anchor messages that a new message has replaced
   */
  ReplySender(
      ReplySurface surface,
      Outbox outbox,
      String replica,
      Transactions transactions,
      ReplySurface.FileContents files,
      InstantSource clock,
      Backoff backoff,
      BiConsumer<OutboxEntry, MessageRef> superseded) {
    this.surface = surface;
    this.outbox = outbox;
    this.replica = replica;
    this.transactions = transactions;
    this.files = files;
    this.clock = clock;
    this.backoff = backoff;
    this.superseded = superseded;
  }

  /**
   * Sends it, if it still waits. Called with its channel in hand: whoever had the channel before
   * may have sent this very reply after it was found due.
   *
   * @return how long the platform wants no more for that channel
   * @throws InterruptedException if it was interrupted; the reply stays as it is
   */
  Duration send(long id) throws InterruptedException {
    Optional<OutboxEntry> due = outbox.take(id, replica, clock.instant());
    if (due.isEmpty()) {
      return Duration.ZERO;
    }
    Draft draft = due.get().draft();
    try (LogContext _ = new LogContext(draft.conversation(), draft.reply().turn())) {
      return due.get().lease().during(() -> send(due.get()));
    } catch (LeaseLostException e) {
      LOG.info("Reply {} is sent by another replica now", id);
      unsaved.remove(id);
      return Duration.ZERO;
    }
  }

  private Duration send(OutboxEntry outgoing) throws InterruptedException {
    try {
      deliver(outgoing, outgoing.draft().reply());
      return Duration.ZERO;
    } catch (DeliveryException failure) {
      return failed(outgoing, failure);
    } catch (LeaseLostException e) {
      throw e;
    } catch (RuntimeException fault) {
      LOG.warn("Sending reply {} failed; trying again", outgoing.id(), fault);
      return retry(outgoing, backoff.after(outgoing.attempts()), fault.toString());
    }
  }

  private void deliver(OutboxEntry outgoing, Reply reply)
      throws DeliveryException, InterruptedException {
    Draft draft = outgoing.draft();
    long turn = reply.turn();
    Optional<MessageRef> anchor = turn == 0 ? Optional.empty() : outbox.anchor(turn);
    Boolean decided = outgoing.fresh();
    boolean fresh = decided == null ? anchor.isEmpty() || mustNotify(draft) : decided;
    // Time can turn an edit into a new message, and an edit that was started must stay one.
    if (decided == null && !fresh) {
      outbox.choose(outgoing.id(), false);
    }
    MessageRef soFar = unsaved.getOrDefault(outgoing.id(), outgoing.receipt());
    MessageRef posted;
    if (soFar != null) {
      posted = surface.edit(draft.address(), soFar, reply, files, receipts(outgoing));
    } else if (!fresh && anchor.isPresent()) {
      posted =
          surface.edit(
              draft.address(),
              anchor.get(),
              reply,
              files,
              remembered(outgoing, ref -> anchored(draft, ref, turn)));
    } else {
      Optional<Person> mention =
          mustNotify(draft) ? Optional.ofNullable(draft.asker()) : Optional.empty();
      Address place =
          anchor.map(ref -> surface.under(draft.address(), ref)).orElse(draft.address());
      posted = surface.post(place, reply, mention, files, receipts(outgoing));
    }
    MessageRef last = posted;
    transactions.transact(
        () -> {
          anchored(draft, last, turn);
          outbox.sent(outgoing.id());
        });
    unsaved.remove(outgoing.id());
    anchor
        .filter(ref -> fresh && !ref.equals(last) && !surface.fades(ref))
        .ifPresent(ref -> superseded.accept(outgoing, ref));
  }

  /** Whether the asker has likely turned away, and would not see an edit. */
  private boolean mustNotify(Draft draft) {
    return draft.reply().turn() != 0
        && Duration.between(draft.askedAt(), clock.instant())
                .compareTo(surface.pace(draft.address()).notifyAfter())
            > 0;
  }

  private ReplySurface.Receipts receipts(OutboxEntry outgoing) {
    return remembered(outgoing, ref -> receipt(outgoing, ref));
  }

  /** What cannot be saved now is known here still, so that it is not sent a second time. */
  private ReplySurface.Receipts remembered(OutboxEntry outgoing, ReplySurface.Receipts saving) {
    return ref -> {
      unsaved.put(outgoing.id(), ref);
      saving.sent(ref);
      unsaved.remove(outgoing.id());
    };
  }

  /** The first reference of a reply is the one that finds its conversation again: all are kept. */
  private void receipt(OutboxEntry outgoing, MessageRef soFar) {
    Draft draft = outgoing.draft();
    transactions.transact(
        () -> {
          outbox.receipt(outgoing.id(), soFar);
          outbox.posted(surface.name(), soFar, draft.conversation(), draft.reply().turn(), false);
        });
  }

  private void anchored(Draft draft, MessageRef message, long turn) {
    outbox.posted(surface.name(), message, draft.conversation(), turn, turn != 0);
  }

  private Duration failed(OutboxEntry outgoing, DeliveryException failure)
      throws InterruptedException {
    String problem = failure.kind() + ": " + failure.getMessage();
    Duration pause = backoff.after(outgoing.attempts());
    return switch (failure.kind()) {
      case RATE_LIMITED -> {
        Duration asked = failure.retryAfter();
        yield retry(outgoing, asked.isPositive() ? asked : pause, problem);
      }
      case TRANSIENT -> {
        retry(outgoing, pause, problem);
        yield Duration.ZERO;
      }
      case FORBIDDEN -> {
        LOG.warn("{} refuses our calls: {}", surface.name(), failure.getMessage());
        retry(outgoing, backoff.longest(), problem);
        yield Duration.ZERO;
      }
      case MESSAGE_GONE -> {
        unsaved.remove(outgoing.id());
        outbox.forgetAnchor(outgoing.draft().reply().turn());
        outbox.choose(outgoing.id(), true);
        retry(outgoing, Duration.ZERO, problem);
        yield Duration.ZERO;
      }
      case PLACE_GONE -> {
        LOG.info("Giving up on reply {}: {}", outgoing.id(), failure.kind());
        LOG.debug("Reply {} met {}", outgoing.id(), problem);
        giveUp(outgoing, problem);
        yield Duration.ZERO;
      }
      case REFUSED -> plainer(outgoing, problem);
    };
  }

  private Duration plainer(OutboxEntry outgoing, String problem) throws InterruptedException {
    // A platform's words may repeat what was sent.
    LOG.warn("Reply {} is sent plainer, since {} refused it", outgoing.id(), surface.name());
    LOG.debug("Reply {} met {}", outgoing.id(), problem);
    try {
      deliver(outgoing, PlainReply.of(outgoing.draft().reply()));
      return Duration.ZERO;
    } catch (DeliveryException again) {
      if (again.kind() == DeliveryException.Kind.REFUSED) {
        giveUp(outgoing, problem);
        return Duration.ZERO;
      }
      return failed(outgoing, again);
    }
  }

  private Duration retry(OutboxEntry outgoing, Duration pause, String problem) {
    Instant now = clock.instant();
    if (outgoing.createdAt().plus(backoff.giveUpAfter()).isBefore(now)) {
      LOG.warn("Giving up on reply {} after {}", outgoing.id(), backoff.giveUpAfter());
      LOG.debug("Reply {} met {}", outgoing.id(), problem);
      giveUp(outgoing, problem);
    } else {
      outbox.retry(outgoing.id(), now.plus(pause), problem);
    }
    return pause;
  }

  private void giveUp(OutboxEntry outgoing, String problem) {
    outbox.giveUp(outgoing.id(), problem);
    unsaved.remove(outgoing.id());
  }
}
