package dev.reckon.core.surface;

import dev.reckon.core.label.Label;
import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Lease;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Outbox.DueReply;
import dev.reckon.core.store.Outbox.OutboxEntry;
import dev.reckon.core.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way out to a surface: saved replies in the order of their conversations, and progress in
 * what room is left. Sends at the surface's pace, each channel on its own. Safe for use by any
 * number of threads.
 *
 * <p>{@link #dispatch} does what is due at one moment; the {@link #loop} calls it again and again.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration STALLED = Duration.ofMinutes(1);
  private static final Backoff AFTER_FAULT =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofDays(1));
  private static final Duration BEFORE_FIRST_PROGRESS = Duration.ofMillis(300);

  private final ReplySurface surface;
  private final Outbox outbox;
  private final String replica;
  private final IntSupplier replicas;
  private final InstantSource clock;
  private final Executor sends;
  private final Pacing pacing = new Pacing();
  private final ProgressBoard board = new ProgressBoard();
  private final ReplySender replies;
  private final ProgressSender progress;
  private volatile Runnable wake = () -> {};

  /**
   * A dispatcher.
   *
   * @param replica the id under which this process takes replies
   * @param replicas how many processes send to this surface
   * @param sends runs each send; one that runs it at once makes {@link #dispatch} wait for it
   */
  public Dispatcher(
      ReplySurface surface,
      Outbox outbox,
      String replica,
      IntSupplier replicas,
      Transactions transactions,
      ReplySurface.FileContents files,
      InstantSource clock,
      Backoff backoff,
      Executor sends) {
    this.surface = surface;
    this.outbox = outbox;
    this.replica = replica;
    this.replicas = replicas;
    this.clock = clock;
    this.sends = sends;
    this.replies =
        new ReplySender(
            surface, outbox, replica, transactions, files, clock, backoff, this::pointOnward);
    this.progress = new ProgressSender(surface, outbox, transactions, files);
  }

  /** What keeps it going, once it is started; what was not sent at its end waits for the next. */
  public SupervisedLoop loop() {
    SupervisedLoop loop =
        new SupervisedLoop(
            new SupervisedLoop.Schedule(
                "dispatch-" + surface.name(), Duration.ZERO, STALLED, AFTER_FAULT),
            () -> pause(dispatch()),
            clock);
    onWork(loop::wake);
    return loop;
  }

  private Duration pause(Optional<Instant> next) {
    return next.map(at -> Duration.between(clock.instant(), at))
        .filter(wait -> wait.compareTo(LONGEST_WAIT) < 0)
        .orElse(LONGEST_WAIT);
  }

  /** Who wants to know that there may be something to do. */
  void onWork(Runnable wake) {
    this.wake = wake;
  }

  /** A reply was saved for this surface. */
  public void wake() {
    wake.run();
  }

  /** Shows how a turn goes, if there is room; only the latest of a turn counts. */
  public void progress(ConversationId conversation, Address address, Reply reply) {
    board.put(
        new Progress(
            conversation,
            address,
            reply,
            clock.instant().plus(BEFORE_FIRST_PROGRESS),
            Optional.empty(),
            Lease.current()));
    wake();
  }

  /**
   * The turn is over, and its reply is about to be saved: called before that, so that no progress
   * can come after the answer and take its place.
   */
  public void ended(long turn) {
    board.remove(turn);
  }

  /**
   * Sends what is due.
   *
   * @return when there may be more to do, if anything waits
   */
  Optional<Instant> dispatch() {
    Instant now = clock.instant();
    Instant next = outbox.nextAfter(surface.name(), now).orElse(Instant.MAX);
    for (DueReply due : outbox.due(surface.name(), replica, now)) {
      Address address = due.address();
      // What is on its way to a channel wakes the loop when it is out.
      if (!pacing.isBusy(address.channel())
          && !start(address, now, () -> replies.send(due.id()), () -> {})) {
        next = earlier(next, pacing.freeAt(address.channel()));
      }
    }
    for (Progress one : board.candidates()) {
      String channel = one.address().channel();
      Instant from = later(one.notBefore(), pacing.freeAt(channel));
      if (pacing.isBusy(channel)) {
        continue;
      }
      if (from.isAfter(now)) {
        next = earlier(next, from);
      } else if (board.take(one)) {
        start(one.address(), now, () -> progress.send(one), () -> board.putBack(one));
      }
    }
    return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(later(next, now));
  }

  /**
   * Sends on another thread, if this process's pace allows it.
   *
   * @param refused called instead where another process has the channel
   */
  private boolean start(Address address, Instant now, Send send, Runnable refused) {
    String channel = address.channel();
    Pace pace = surface.pace(address);
    int senders = replicas.getAsInt();
    Pace mine =
        new Pace(pace.perChannel(), pace.overall().multipliedBy(senders), pace.notifyAfter());
    if (!pacing.take(channel, mine, now)) {
      return false;
    }
    sends.execute(
        () -> {
          try {
            send(channel, pace.perChannel(), senders > 1, send, refused);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (Throwable fault) { // an Error, too: the channel must have its pause
            LOG.error("Sending to {} failed", surface.name(), fault);
            hold(channel, Duration.ofSeconds(1));
          } finally {
            pacing.release(channel, clock.instant());
            wake();
          }
        });
    return true;
  }

  /**
   * Sends, unless another process has the channel; keeps the pause that one of them needs.
   *
   * @param shared whether other processes send to this surface, too
   */
  private void send(
      String channel, Duration perChannel, boolean shared, Send send, Runnable refused)
      throws InterruptedException {
    if (shared) {
      Duration taken = outbox.reserve(surface.name(), channel, perChannel);
      if (taken.isPositive()) {
        refused.run();
        hold(channel, taken);
        return;
      }
    }
    Duration pause = send.send();
    if (pause.isPositive()) {
      hold(channel, pause);
      if (shared) {
        outbox.hold(surface.name(), channel, pause);
      }
    }
  }

  private void hold(String channel, Duration pause) {
    pacing.hold(channel, clock.instant().plus(pause));
  }

  /** The old anchor would still say that the turn is running. */
  private void pointOnward(OutboxEntry outgoing, MessageRef old) {
    long turn = outgoing.draft().reply().turn();
    Language language = outgoing.draft().reply().language();
    Reply note =
        new Reply(
            turn,
            Reply.Kind.NOTICE,
            Label.ANSWERED_BELOW.in(language),
            List.of(),
            List.of(),
            language);
    board.put(
        new Progress(
            outgoing.draft().conversation(),
            outgoing.draft().address(),
            note,
            Instant.MIN,
            Optional.of(old),
            Optional.empty()));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** One message on its way. */
  private interface Send {
    Duration send() throws InterruptedException;
  }
}
