package dev.reckon.adapters.telegram;

import dev.reckon.core.engine.Inbox;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Persists updates. Safe for any threads. */
final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private final Inbox inbox;
  private final Translation translation;
  private final Presses presses;
  private final Moved moved;
  private final Greeter greeter;

  /** Answers the presses of buttons, which show a spinner until then. */
  @FunctionalInterface
  interface Presses {
    /**
     * Answers, soon and in another thread.
     *
     * @param words shown to the person, or empty
     */
    void answer(CallbackQuery query, String words);
  }

  /** Hears of groups' new ids. */
  @FunctionalInterface
  interface Moved {
    void moved(long from, long to);
  }

  /** Greets, soon and in another thread. */
  @FunctionalInterface
  interface Greeter {
    void greet(Address to);
  }

  Intake(Inbox inbox, Translation translation, Presses presses, Moved moved, Greeter greeter) {
    this.inbox = inbox;
    this.translation = translation;
    this.presses = presses;
    this.moved = moved;
    this.greeter = greeter;
  }

  /**
   * Persists what an update means; afterwards Telegram may forget it.
   *
   * @throws RuntimeException when it could not be persisted
   */
  void take(Update update) {
    CallbackQuery query = update.getCallbackQuery();
    Optional<Incoming> incoming = translated(update);
    incoming.ifPresent(this::receive);
    if (query != null) {
      presses.answer(
          query,
          incoming.isPresent() ? "" : "This button is no longer known. Send /help for what is.");
    }
  }

  /**
   * Persists an album as one request.
   *
   * @throws RuntimeException when it could not be persisted
   */
  void take(List<Message> album) {
    translation.words(album).ifPresent(this::receive);
  }

  /** Hands a group's move to the core, as if it had been delivered. */
  void takeMove(long from, long to) {
    receive(translation.moved(from, to));
  }

  /** An update that cannot be understood must not stand in the way of all that follow. */
  private Optional<Incoming> translated(Update update) {
    try {
      return translation.of(update);
    } catch (RuntimeException e) {
      log.error("update {} has an unexpected form and is left out", update.getUpdateId(), e);
      return Optional.empty();
    }
  }

  private void receive(Incoming incoming) {
    if (Greeting.asked(incoming)) {
      greeter.greet(incoming.address());
      return;
    }
    boolean fresh = inbox.receive(incoming);
    if (!fresh) {
      log.debug("{} was delivered again", incoming.delivery());
    }
    if (incoming.content() instanceof Content.Moved move) {
      moved.moved(Chat.of(incoming.address()).id(), Chat.of(move.address()).id());
    }
  }
}
