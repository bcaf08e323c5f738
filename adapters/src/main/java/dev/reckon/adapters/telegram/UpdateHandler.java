package dev.reckon.adapters.telegram;

import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.surface.DeliveryException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Persists updates. Safe for any threads. */
final class UpdateHandler {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateHandler.class);

  private final Inbox inbox;
  private final SurfaceQueries queries;
  private final UpdateTranslator translation;
  private final CallbackHandler callbacks;
  private final InlineAnswers inline;
  private final BooleanSupplier guests;
  private final Roles roles;
  private final ChatMoves moves;
  private final Greeter greeter;
  private final RichChoice rich;

  /** Finds out who somebody is in a group. */
  @FunctionalInterface
  interface Roles {
    /** The same delivery, with the person's role; asks Telegram where that is not known. */
    Incoming complete(Incoming incoming) throws DeliveryException, InterruptedException;
  }

  /** Greets whoever presses Start, soon and in another thread. */
  @FunctionalInterface
  interface Greeter {
    /** Returns false where the person may not use Reckon: the core says so. */
    boolean greet(Incoming incoming);
  }

  UpdateHandler(
      Inbox inbox,
      SurfaceQueries queries,
      UpdateTranslator translation,
      CallbackHandler callbacks,
      InlineAnswers inline,
      BooleanSupplier guests,
      Roles roles,
      ChatMoves moves,
      Greeter greeter,
      RichChoice rich) {
    this.inbox = inbox;
    this.queries = queries;
    this.translation = translation;
    this.callbacks = callbacks;
    this.inline = inline;
    this.guests = guests;
    this.roles = roles;
    this.moves = moves;
    this.greeter = greeter;
    this.rich = rich;
  }

  /**
   * Persists what an update means; afterwards Telegram may forget it.
   *
   * @throws RuntimeException when it could not be persisted
   */
  void take(Update update) {
    if (update.getInlineQuery() != null) {
      inline.take(update.getInlineQuery());
      return;
    }
    if (update.getGuestMessage() != null) {
      takeGuest(update.getUpdateId(), update.getGuestMessage());
      return;
    }
    CallbackQuery query = update.getCallbackQuery();
    Optional<ButtonData.Menu> menu =
        query == null ? Optional.empty() : ButtonData.parseMore(query.getData());
    if (menu.isPresent()) {
      callbacks.openMenu(query, menu.get());
      return;
    }
    if (query != null && rich.pressed(query)) {
      return;
    }
    Optional<Incoming> incoming = translated(update);
    if (query == null) {
      incoming.ifPresent(this::receive);
    } else if (incoming.isEmpty()) {
      callbacks.answer(
          query.getId(), Label.PRESS_UNKNOWN.in(UpdateTranslator.language(query.getFrom())));
    } else {
      press(query.getId(), incoming.get());
    }
  }

  private void takeGuest(int update, Message message) {
    if (!guests.getAsBoolean()) {
      LOG.debug("guest mode is off; update {} is left out", update);
      return;
    }
    understood(update, () -> translation.guest(message)).ifPresent(this::receive);
  }

  /**
   * A press of what is somebody else's is answered and goes no further: its conversation may be
   * busy for long. In a group Telegram is asked first whether the presser is an administrator.
   */
  private void press(String query, Incoming press) {
    Optional<String> refusal = refusal(press);
    if (refusal.isEmpty()) {
      takePress(query, press);
    } else if (press.address().direct()) {
      callbacks.answer(query, refusal.get());
    } else {
      callbacks.later(() -> pressInGroup(query, press));
    }
  }

  /** The core may answer before the press is reported as received. */
  private void takePress(String query, Incoming press) {
    callbacks.hold(query, press);
    try {
      receive(press);
    } catch (RuntimeException e) {
      callbacks.drop(query);
      throw e;
    }
  }

  private void pressInGroup(String query, Incoming press) throws InterruptedException {
    Incoming complete;
    try {
      complete = roles.complete(press);
    } catch (DeliveryException e) {
      LOG.warn("who pressed a button could not be determined: {}", e.getMessage());
      callbacks.answer(query, Label.PRESS_CANNOT_TELL.in(press.language()));
      return;
    }
    Optional<String> refusal = refusal(complete);
    if (refusal.isPresent()) {
      callbacks.answer(query, refusal.get());
      return;
    }
    try {
      takePress(query, complete);
    } catch (RuntimeException e) {
      LOG.error("a button press could not be stored", e);
      callbacks.answer(query, Label.PRESS_NOT_STORED.in(press.language()));
    }
  }

  private Optional<String> refusal(Incoming press) {
    if (!(press.content() instanceof Content.Pressed(Action action, String _))) {
      return Optional.empty();
    }
    // Any client can send any data of a button, so that of other chats as well.
    return queries.belongs(action, press.team())
        ? queries.refusal(action, press.person())
        : Optional.of(Label.PRESS_GONE.in(press.language()));
  }

  /**
   * Persists an album as one request. A part of it that comes again alone is a repetition, too; one
   * that comes late is a file of its own.
   *
   * @throws RuntimeException when it could not be persisted
   */
  void take(List<Message> album) {
    Optional<Incoming> request = translation.words(album);
    if (request.isEmpty() || receive(request.get())) {
      return;
    }
    List<Attachment> known = queries.filesOf(request.get().delivery()).orElse(List.of());
    translation.late(album, known).ifPresent(this::receive);
  }

  /** Hands a group's move to the core, as if it had been delivered. */
  void takeMove(long from, long to) {
    receive(translation.moved(from, to));
  }

  /** An update that cannot be understood must not stand in the way of all that follow. */
  private Optional<Incoming> translated(Update update) {
    return understood(update.getUpdateId(), () -> translation.of(update));
  }

  private static Optional<Incoming> understood(
      int update, Supplier<Optional<Incoming>> translation) {
    try {
      return translation.get();
    } catch (RuntimeException e) {
      LOG.error("update {} has an unexpected form and is ignored", update, e);
      return Optional.empty();
    }
  }

  private boolean receive(Incoming incoming) {
    if (Greeting.asked(incoming) && greeter.greet(incoming)) {
      return true;
    }
    if (RichChoice.asked(incoming) && rich.show(incoming)) {
      return true;
    }
    boolean fresh = inbox.receive(incoming);
    if (!fresh) {
      LOG.debug("{} was delivered again", incoming.delivery());
    }
    if (incoming.content() instanceof Content.Moved move) {
      moves.received(Chat.of(incoming.address()).id(), Chat.of(move.address()).id());
    }
    return fresh;
  }
}
