package dev.reckon.sandbox.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lines of waiting elements that get their turns one after another: whoever has just been served
 * goes to the end. Not thread-safe.
 */
final class FairQueue<T> {
  private final Map<String, ArrayDeque<T>> lines = new LinkedHashMap<>();
  private int size;

  void add(String line, T element) {
    lines.computeIfAbsent(line, name -> new ArrayDeque<>()).add(element);
    size++;
  }

  /** Takes the first element, in the order of turns, that passes; its line goes to the end. */
  Optional<T> poll(Predicate<T> test) {
    Optional<String> turn =
        lines.entrySet().stream()
            .filter(line -> test.test(line.getValue().getFirst()))
            .map(Map.Entry::getKey)
            .findFirst();
    return turn.map(this::serve);
  }

  private T serve(String line) {
    ArrayDeque<T> waiting = Objects.requireNonNull(lines.remove(line));
    T first = waiting.removeFirst();
    size--;
    if (!waiting.isEmpty()) {
      lines.put(line, waiting);
    }
    return first;
  }

  /** Takes the first element that passes, wherever it waits. */
  Optional<T> remove(Predicate<T> test) {
    for (Iterator<ArrayDeque<T>> each = lines.values().iterator(); each.hasNext(); ) {
      ArrayDeque<T> waiting = each.next();
      Optional<T> found = waiting.stream().filter(test).findFirst();
      if (found.isPresent()) {
        waiting.remove(found.get());
        size--;
        if (waiting.isEmpty()) {
          each.remove();
        }
        return found;
      }
    }
    return Optional.empty();
  }

  /** Takes all of them. */
  List<T> drain() {
    List<T> all = new ArrayList<>(size);
    lines.values().forEach(all::addAll);
    lines.clear();
    size = 0;
    return all;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }
}
