package dev.reckon.core.command;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import java.util.List;
import java.util.Optional;

/** Reads what people write and press. Safe for use by any number of threads. */
public interface Interpreter {
  /**
   * Does what was asked, as far as it takes no turn.
   *
   * @param attached the names of the files that came along, as they were kept
   */
  Outcome interpret(Incoming incoming, List<String> attached);

  /**
   * Why that button is not that person's to press, in words for them; empty where it is, or where
   * what it belongs to is gone. By default a button is everybody's.
   */
  default Optional<String> refusal(Action action, Person person) {
    return Optional.empty();
  }

  /** Whether the delivery wants a running turn to end: that cannot wait for its place in line. */
  boolean cancels(Incoming incoming);
}
