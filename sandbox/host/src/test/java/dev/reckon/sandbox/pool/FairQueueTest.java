package dev.reckon.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private final FairQueue<String> queue = new FairQueue<>();

  @Test
  void linesTakeTurnsHoweverLongOneIs() {
    for (String element : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
      queue.add(element.substring(0, 1), element);
    }
    assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "a3"), pollAll());
  }

  @Test
  void aLineThatMayNotGoIsPassedOverAndKeepsItsTurn() {
    queue.add("a", "a1");
    queue.add("b", "b1");
    queue.add("b", "b2");
    assertEquals("b1", queue.poll(element -> element.startsWith("b")).orElseThrow());
    assertEquals(List.of("a1", "b2"), pollAll());
  }

  @Test
  void removedElementsAreGoneAndCounted() {
    queue.add("a", "a1");
    queue.add("a", "a2");
    assertEquals(Optional.of("a1"), queue.remove("a1"::equals));
    assertEquals(Optional.empty(), queue.remove("a1"::equals));
    assertEquals(1, queue.size());
    assertEquals(List.of("a2"), queue.drain());
    assertTrue(queue.isEmpty());
  }

  private List<String> pollAll() {
    return IntStream.range(0, queue.size())
        .mapToObj(i -> queue.poll(element -> true).orElseThrow())
        .toList();
  }
}
