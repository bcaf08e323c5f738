package dev.reckon.adapters.slack;

import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers deliveries as the core would, and answers a surface's questions as it is told. */
final class RecordingInbox implements Inbox, SurfaceQueries {
  final List<Incoming> received = new CopyOnWriteArrayList<>();
  final AtomicInteger repetitions = new AtomicInteger();
  final AtomicInteger failures = new AtomicInteger();
  final AtomicInteger looks = new AtomicInteger();
  final Map<String, ConversationId> sent = new ConcurrentHashMap<>();
  final Map<ConversationId, Attention> attention = new ConcurrentHashMap<>();
  final Map<Action, Form> forms = new ConcurrentHashMap<>();

  @Override
  public synchronized boolean receive(Incoming incoming) {
    if (failures.get() > 0) {
      failures.decrementAndGet();
      throw new IllegalStateException("the disk is full");
    }
    boolean known = received.stream().anyMatch(i -> i.delivery().equals(incoming.delivery()));
    if (known) {
      repetitions.incrementAndGet();
      return false;
    }
    received.add(incoming);
    attention.putIfAbsent(incoming.conversation(), Attention.ALL);
    return true;
  }

  @Override
  public Attention attention(ConversationId conversation) {
    return attention.getOrDefault(conversation, Attention.UNKNOWN);
  }

  @Override
  public Optional<ConversationId> conversationOf(String surface, MessageRef message) {
    looks.incrementAndGet();
    return Optional.ofNullable(sent.get(message.value()));
  }

  @Override
  public Form form(Action action, Person person) {
    return forms.getOrDefault(action, new Form.Refused("This answer is gone."));
  }

  @Override
  public Optional<String> refusal(Action action, Person person) {
    return Optional.empty();
  }

  @Override
  public Optional<List<Attachment>> filesOf(String delivery) {
    return Optional.empty();
  }
}
