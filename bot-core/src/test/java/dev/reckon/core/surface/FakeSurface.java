package dev.reckon.core.surface;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A platform that keeps its messages in a map, and fails or crashes when it is told to. */
public final class FakeSurface implements Surface {
  /** The process dies here. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  /** What the next call meets. */
  public enum Fate {
    CRASH_BEFORE,
    CRASH_AFTER,
    CRASH_AFTER_RECEIPT
  }

  /** A message as people see it. */
  public record Message(Address at, Reply reply, Optional<Person> mention) {}

  public final Map<MessageRef, Message> messages = new LinkedHashMap<>();
  public final List<String> calls = new ArrayList<>();

  /** Whom the platform knows, by id; of others it tells what the event told. */
  public final Map<String, Person> people = new HashMap<>();

  /** What happens when people can read a new message, and nobody here knows of it yet. */
  public Runnable afterPost = () -> {};

  /** Why replies that come later will not be posted; empty where they will be. */
  public volatile String obstacle = "";

  private final Deque<Object> fates = new ArrayDeque<>();
  private final Deque<DeliveryException> unknown = new ArrayDeque<>();
  private final Pace pace;
  private int last;
  private int completions;

  public FakeSurface(Pace pace) {
    this.pace = pace;
  }

  public FakeSurface() {
    this(new Pace(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(20)));
  }

  /** The next call fails so; a {@link Fate} or a {@link DeliveryException}. */
  public synchronized void next(Object... fates) {
    this.fates.addAll(List.of(fates));
  }

  /** The next question who somebody is fails so. */
  public synchronized void nextUnknown(DeliveryException failure) {
    unknown.add(failure);
  }

  /** How often it was asked who somebody is. */
  public synchronized int completions() {
    return completions;
  }

  /** What people read there, in order of posting. */
  public synchronized List<String> headlines() {
    return messages.values().stream().map(message -> message.reply().headline()).toList();
  }

  /** Waits until people read that there. */
  public synchronized void awaitHeadlines(Predicate<List<String>> expected)
      throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!expected.test(headlines())) {
      if (System.nanoTime() > until) {
        throw new AssertionError("people read only " + headlines());
      }
      wait(1000);
    }
  }

  @Override
  public Optional<String> obstacleLater(Address at) {
    return Optional.of(obstacle).filter(sentence -> !sentence.isEmpty());
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Pace pace(Address to) {
    return pace;
  }

  @Override
  public synchronized MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts)
      throws DeliveryException {
    Object fate = meet("post " + reply.headline());
    MessageRef ref = new MessageRef("m" + ++last);
    messages.put(ref, new Message(to, reply, mention));
    notifyAll();
    afterPost.run();
    crash(fate, Fate.CRASH_AFTER);
    receipts.sent(ref);
    crash(fate, Fate.CRASH_AFTER_RECEIPT);
    return ref;
  }

  @Override
  public synchronized MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException {
    Object fate = meet("edit " + reply.headline());
    Message before = messages.get(message);
    if (before == null) {
      throw new DeliveryException(DeliveryException.Kind.MESSAGE_GONE, "no such message");
    }
    messages.put(message, new Message(at, reply, before.mention()));
    notifyAll();
    crash(fate, Fate.CRASH_AFTER);
    receipts.sent(message);
    crash(fate, Fate.CRASH_AFTER_RECEIPT);
    return message;
  }

  @Override
  public Address under(Address at, MessageRef message) {
    return new Address(
        at.surface(), at.target() + "/" + message.value(), at.channel(), at.direct());
  }

  @Override
  public synchronized byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException {
    meet("fetch " + attachment.reference());
    return ("fetched," + attachment.reference()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized Incoming complete(Incoming incoming) throws DeliveryException {
    completions++;
    DeliveryException failure = unknown.poll();
    if (failure != null) {
      throw failure;
    }
    return incoming.from(people.getOrDefault(incoming.person().id(), incoming.person()));
  }

  private Object meet(String call) throws DeliveryException {
    calls.add(call);
    Object fate = fates.isEmpty() ? "none" : fates.poll();
    if (fate instanceof DeliveryException failure) {
      throw failure;
    }
    crash(fate, Fate.CRASH_BEFORE);
    return fate;
  }

  private void crash(Object fate, Fate when) {
    if (fate == when) {
      calls.add("crash");
      throw new Crash();
    }
  }
}
