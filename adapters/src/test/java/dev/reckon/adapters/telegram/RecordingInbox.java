package dev.reckon.adapters.telegram;

import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Keeps what arrives, each delivery once, and can refuse for a while. */
final class RecordingInbox implements Inbox {
  private final List<Incoming> received = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> strangers = ConcurrentHashMap.newKeySet();
  private int refusals;
  private int repetitions;

  @Override
  public synchronized boolean receive(Incoming incoming) {
    if (refusals > 0) {
      refusals--;
      notifyAll();
      throw new IllegalStateException("the disk is full");
    }
    if (!seen.add(incoming.delivery())) {
      repetitions++;
      return false;
    }
    received.add(incoming);
    notifyAll();
    return true;
  }

  synchronized void refuse(int times) {
    refusals = times;
  }

  /** What this inbox has, and whose buttons are. */
  SurfaceQueries queries() {
    return new SurfaceQueries() {
      @Override
      public Attention attention(ConversationId conversation) {
        return Attention.ALL;
      }

      @Override
      public Optional<ConversationId> conversationOf(String surface, MessageRef message) {
        return Optional.empty();
      }

      @Override
      public Form form(Action action, Person person) {
        return new Form.Refused("no forms here");
      }

      @Override
      public Optional<String> refusal(Action action, Person person) {
        return person.role() == Person.Role.ADMINISTRATOR || !strangers.contains(person.id())
            ? Optional.empty()
            : Optional.of("This button is somebody else's.");
      }

      @Override
      public Optional<List<Attachment>> filesOf(String delivery) {
        return received().stream()
            .filter(one -> one.delivery().equals(delivery))
            .map(Incoming::attachments)
            .findFirst();
      }
    };
  }

  /** Those persons own no button. */
  void strangers(String... persons) {
    strangers.addAll(List.of(persons));
  }

  synchronized int repetitions() {
    return repetitions;
  }

  synchronized List<Incoming> received() {
    return List.copyOf(received);
  }

  synchronized List<String> words() {
    return received.stream()
        .map(it -> it.content() instanceof Content.Text words ? words.text() : "")
        .toList();
  }

  /** Waits until that many have arrived. */
  synchronized List<Incoming> await(int count) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (received.size() < count) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("only " + received.size() + " of " + count + " arrived");
      }
      wait(left);
    }
    return List.copyOf(received);
  }

  static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("in vain: " + what);
      }
      Thread.sleep(5);
    }
  }
}
