package dev.reckon.core.command;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.TurnKind;
import java.util.List;
import java.util.Optional;

/** Interprets what people type and press. Safe for use by any number of threads. */
public interface Interpreter {
  /**
   * Finds out ahead what {@link #interpret} will want to know of the conversation's files, which
   * may take as long as reading them. Called outside a transaction; changes nothing.
   */
  default void prepare(Incoming incoming) throws InterruptedException {}

  /**
   * Does what was asked, in a transaction, as far as it takes no turn.
   *
   * @param attached the names of the files that came along, as they were kept
   */
  Interpretation interpret(Incoming incoming, List<String> attached);

  /**
   * Why that button is not that person's to press, in words for them; empty where it is, or where
   * what it belongs to is gone. By default a button is everybody's.
   *
   * @param language in which they are told
   */
  default Optional<String> refusal(Action action, Person person, Language language) {
    return Optional.empty();
  }

  /**
   * Which kind of turn the delivery will begin as far as its text and the names of its files tell;
   * empty where none, or where that shows only when it is interpreted. Changes nothing.
   */
  default Optional<TurnKind> expects(Incoming incoming) {
    return Optional.empty();
  }

  /**
   * Whether it asks for something to be done later, whose replies come when nobody has just asked.
   */
  default boolean schedules(Incoming incoming) {
    return false;
  }

  /** Whether it must not wait for the conversation's earlier deliveries. */
  default boolean isUrgent(Incoming incoming) {
    return cancels(incoming) && !(incoming.content() instanceof Content.Edited);
  }

  /** Whether the delivery wants a running turn to end: that cannot wait for its place in line. */
  boolean cancels(Incoming incoming);
}
