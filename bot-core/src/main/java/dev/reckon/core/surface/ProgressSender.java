package dev.reckon.core.surface;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.LeaseLostException;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Transactions;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows one piece of progress, once. */
final class ProgressSender {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressSender.class);

  private static final int REMEMBERED_TURNS = 2_000;

  private final ReplySurface surface;
  private final Outbox outbox;
  private final Transactions transactions;
  private final ReplySurface.FileContents files;

  /** What each turn's message shows, as far as it is known: an edit has to change something. */
  private final Cache<Long, Reply> shown =
      Caffeine.newBuilder().maximumSize(REMEMBERED_TURNS).build();

  ProgressSender(
      ReplySurface surface,
      Outbox outbox,
      Transactions transactions,
      ReplySurface.FileContents files) {
    this.surface = surface;
    this.outbox = outbox;
    this.transactions = transactions;
    this.files = files;
  }

  /**
   * Shows it.
   *
   * @return how long the platform wants no more for that channel
   */
  Duration send(Progress progress) throws InterruptedException {
    long turn = progress.reply().turn();
    if (progress.reply().equals(shown.getIfPresent(turn))) {
      return Duration.ZERO;
    }
    try (LogContext _ = new LogContext(progress.conversation(), turn)) {
      return progress.lease().isPresent()
          ? progress.lease().get().during(() -> show(progress))
          : show(progress);
    } catch (LeaseLostException e) {
      LOG.debug("Progress of turn {} is shown by another replica now", turn);
      return Duration.ZERO;
    }
  }

  private Duration show(Progress progress) throws InterruptedException {
    long turn = progress.reply().turn();
    try {
      if (progress.target().isPresent()) {
        surface.edit(
            progress.address(), progress.target().get(), progress.reply(), files, ref -> {});
        shown.put(turn, progress.reply());
        return Duration.ZERO;
      }
      // A transaction fails if the lease is lost: this would take the place of the answer.
      Optional<MessageRef> anchor = transactions.inTransaction(() -> outbox.anchor(turn));
      MessageRef message =
          anchor.isPresent()
              ? surface.edit(
                  progress.address(),
                  anchor.get(),
                  progress.reply(),
                  files,
                  ref -> anchored(progress, ref))
              : surface.post(
                  progress.address(),
                  progress.reply(),
                  Optional.empty(),
                  files,
                  ref -> anchored(progress, ref));
      if (!message.equals(anchor.orElse(null))) {
        anchored(progress, message);
      }
      shown.put(turn, progress.reply());
      return Duration.ZERO;
    } catch (DeliveryException failure) {
      if (failure.kind() == DeliveryException.Kind.MESSAGE_GONE && progress.target().isEmpty()) {
        outbox.forgetAnchor(turn);
        shown.invalidate(turn);
      }
      LOG.debug("Progress of turn {} was not shown: {}", turn, failure.getMessage());
      return failure.retryAfter();
    } catch (LeaseLostException e) {
      throw e;
    } catch (RuntimeException fault) {
      LOG.warn("Showing progress of turn {} failed", turn, fault);
      return Duration.ZERO;
    }
  }

  private void anchored(Progress progress, MessageRef message) {
    outbox.posted(surface.name(), message, progress.conversation(), progress.reply().turn(), true);
  }
}
