package dev.reckon.core.delivery;

import dev.reckon.core.message.ConversationId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The turns that this process is running. Safe for use by any number of threads. */
final class LiveTurns {
  private final Map<Long, Live> live = new ConcurrentHashMap<>();

  /** Drives a turn on the calling thread; while that lasts it can be cancelled. */
  <T> T during(long turn, ConversationId conversation, Supplier<T> drive) {
    Live mine = new Live(turn, conversation, Thread.currentThread());
    live.put(turn, mine);
    try {
      return drive.get();
    } finally {
      mine.end();
      synchronized (live) {
        live.remove(turn);
        live.notifyAll();
      }
    }
  }

  /** Interrupts that turn, if it is driven here. */
  boolean cancel(long turn) {
    Live one = live.get(turn);
    return one != null && one.interrupt();
  }

  /** Those whose end nobody has asked for here. */
  Set<Long> turns() {
    return live.values().stream()
        .filter(one -> !one.isInterrupted())
        .map(one -> one.turn)
        .collect(Collectors.toSet());
  }

  /** The turn that is driven for a conversation. */
  Optional<Long> of(ConversationId conversation) {
    return live.values().stream()
        .filter(one -> one.conversation.equals(conversation))
        .map(one -> one.turn)
        .findFirst();
  }

  int count() {
    return live.size();
  }

  /** Waits until no turn runs, telling how many do whenever that has changed. */
  void awaitNone(Duration longest, IntConsumer tell) throws InterruptedException {
    long until = System.nanoTime() + longest.toNanos();
    synchronized (live) {
      int told = 0;
      for (long left = longest.toMillis(); !live.isEmpty() && left > 0; ) {
        if (live.size() != told) {
          told = live.size();
          tell.accept(told);
        }
        live.wait(left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
    }
  }

  void interruptAll() {
    live.values().forEach(Live::interrupt);
  }

  /** One turn on its thread. Nobody is interrupted any more once it has ended. */
  private static final class Live {
    private final long turn;
    private final ConversationId conversation;
    private final Thread thread;
    private boolean ended;
    private boolean interrupted;

    Live(long turn, ConversationId conversation, Thread thread) {
      this.turn = turn;
      this.conversation = conversation;
      this.thread = thread;
    }

    synchronized boolean interrupt() {
      if (!ended) {
        thread.interrupt();
        interrupted = true;
      }
      return !ended;
    }

    synchronized boolean isInterrupted() {
      return interrupted;
    }

    /** Clears the interrupt too: a late cancel must not hit what the thread does next. */
    synchronized boolean end() {
      ended = true;
      return Thread.interrupted();
    }
  }
}
