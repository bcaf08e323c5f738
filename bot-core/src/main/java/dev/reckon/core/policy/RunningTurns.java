package dev.reckon.core.policy;

import dev.reckon.core.message.ConversationId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who runs what at this moment, and who waits for a place. In memory: after a restart, turns that
 * continue take their places again and waiting deliveries ask again. Not safe for use by several
 * threads; {@link Gatekeeper} guards it.
 */
final class RunningTurns {
  private final Map<String, String> personByDelivery = new LinkedHashMap<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  boolean holds(String delivery) {
    return personByDelivery.containsKey(delivery);
  }

  boolean waits(String delivery) {
    return waiting.containsKey(delivery);
  }

  /**
   * Whether this delivery may take one of so many places now: nobody who came earlier for the same
   * person, in another conversation, still waits for it.
   */
  boolean free(AdmissionRequest asking, long places) {
    long ahead = 0;
    for (Map.Entry<String, Waiting> entry : waiting.entrySet()) {
      if (entry.getKey().equals(asking.delivery())) {
        break;
      }
      if (entry.getValue().person().equals(asking.person().id())) {
        ahead++;
      }
    }
    return running(asking.person().id()) + ahead < places;
  }

  long running(String person) {
    return personByDelivery.values().stream().filter(person::equals).count();
  }

  void take(AdmissionRequest asking) {
    waiting.remove(asking.delivery());
    personByDelivery.put(asking.delivery(), asking.person().id());
  }

  void leave(String delivery) {
    waiting.remove(delivery);
  }

  /** Returns whether it is new here. */
  boolean queue(AdmissionRequest asking) {
    return waiting.putIfAbsent(
            asking.delivery(), new Waiting(asking.person().id(), asking.conversation()))
        == null;
  }

  /** Gives the place back, and names who should ask again. */
  List<ConversationId> finished(String delivery) {
    Waiting gaveUp = waiting.remove(delivery);
    String held = personByDelivery.remove(delivery);
    String person = held == null && gaveUp != null ? gaveUp.person() : held;
    if (person == null) {
      return List.of();
    }
    Set<ConversationId> next = new LinkedHashSet<>();
    for (Waiting other : waiting.values()) {
      if (other.person().equals(person)) {
        next.add(other.conversation());
      }
    }
    return List.copyOf(next);
  }

  private record Waiting(String person, ConversationId conversation) {}
}
