package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.files.AttachmentException;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Turns;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Processes deliveries for a caller that waits for the answer, such as commands at a terminal. Each
 * call drives its own delivery on the calling thread and touches no other. Safe for use by any
 * number of threads.
 */
public final class DirectClient {
  private final Deliveries deliveries;
  private final Turns turns;
  private final Interpreter interpreter;
  private final LiveTurns live = new LiveTurns();
  private final DeliveryHandler handler;
  private final DueSchedules schedules;
  private final AskerLanguage languages;

  /** Puts the engine's parts together. */
  public DirectClient(DeliveryDependencies parts) {
    this.deliveries = parts.store().deliveries();
    this.turns = parts.store().turns();
    this.interpreter = parts.interpreter();
    this.languages = new AskerLanguage(parts.store().preferences(), turns);
    this.schedules = new DueSchedules(parts.store(), parts.clock());
    this.handler =
        new DeliveryHandler(
            parts, live, ReplyGateway.none(), Integer.MAX_VALUE, conversation -> {});
  }

  /**
   * Answers a request in plain words; none of it is read as a command.
   *
   * <p>Interrupting the calling thread, or {@link #cancel}, ends the turn as cancelled.
   *
   * @param listener called for every transition, on the calling thread
   * @return the answer with its turn
   * @throws IllegalArgumentException if that delivery was made before
   * @throws dev.reckon.core.store.StoreException if it cannot be kept
   */
  public Answer ask(Incoming incoming, Consumer<TurnEvent> listener) throws InterruptedException {
    Delivery delivery = keep(PastedContent.request(incoming));
    return done(handler.request(delivery, listener)).orElseThrow();
  }

  /**
   * Does whatever was written: a request, or one of the commands.
   *
   * @return what to show; empty when there is nothing to say
   */
  public Optional<Answer> handle(Incoming incoming, Consumer<TurnEvent> listener)
      throws InterruptedException {
    return handled(keep(PastedContent.attached(incoming, interpreter)), listener);
  }

  /**
   * Runs the schedules of a conversation that are due, one after another; they run only while
   * somebody calls this.
   */
  public List<Answer> runDue(
      String surface, ConversationId conversation, Consumer<TurnEvent> listener)
      throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (DueSchedules.Released due :
        schedules.release(
            Set.of(surface), schedule -> schedule.conversation().equals(conversation))) {
      Delivery delivery = new Delivery(due.seq(), due.incoming(), due.incoming().sentAt());
      handled(delivery, listener).ifPresent(answers::add);
    }
    return answers;
  }

  /** Somebody waits for the answer, so a file that does not come now is not tried again later. */
  private Optional<Answer> handled(Delivery delivery, Consumer<TurnEvent> listener)
      throws InterruptedException {
    try {
      return done(handler.handle(delivery, listener));
    } catch (AttachmentException e) {
      return done(handler.giveUp(delivery, e.sentence(delivery.incoming().language())));
    } catch (DeliveryException e) {
      throw new IllegalStateException("no platform is asked here", e);
    }
  }

  private static Optional<Answer> done(DeliveryResult result) {
    return switch (result) {
      case DeliveryResult.Done(Optional<Answer> answer) -> answer;
      case DeliveryResult.Waits _ -> throw new IllegalStateException("nobody queues at a terminal");
    };
  }

  /** Ends the turn that this process drives for a conversation; whether there was one. */
  public boolean cancel(ConversationId conversation, Person by) {
    return live.of(conversation)
        .map(
            turn -> {
              turns.askToCancel(turn, by.id());
              return live.cancel(turn);
            })
        .orElse(false);
  }

  private Delivery keep(Incoming asked) {
    Incoming incoming = asked.in(languages.of(asked, interpreter.expects(asked)));
    long seq =
        deliveries
            .add(incoming)
            .orElseThrow(
                () -> new IllegalArgumentException("delivered before: " + incoming.delivery()));
    // No platform knows more of this person than the caller does.
    return new Delivery(seq, incoming, incoming.sentAt()).at(Deliveries.Stage.ENRICHED, incoming);
  }
}
