package dev.reckon.adapters.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.render.ButtonLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;

/**
 * {@code /rich}: a chat sees a rich message, and says whether it shows a table. In groups,
 * administrators choose for all.
 */
final class RichChoice {
  private static final Logger LOG = LoggerFactory.getLogger(RichChoice.class);
  private static final String ON = "rich:on";
  private static final String OFF = "rich:off";

  private final MessageSender sender;
  private final RichChats chats;
  private final CallbackHandler callbacks;
  private final Chooser chooser;
  private final InlineGate gate;

  /** Chats that were shown the test within the minute. */
  private final Cache<Long, Boolean> shown;

  /** Decides who may choose in a group. */
  @FunctionalInterface
  interface Chooser {
    boolean administers(long chat, long user) throws DeliveryException, InterruptedException;
  }

  /**
   * A choice.
   *
   * @param gate says who may use Reckon
   * @param time what a minute is measured with
   */
  RichChoice(
      MessageSender sender,
      RichChats chats,
      CallbackHandler callbacks,
      Chooser chooser,
      InlineGate gate,
      Ticker time) {
    this.sender = sender;
    this.chats = chats;
    this.callbacks = callbacks;
    this.chooser = chooser;
    this.gate = gate;
    this.shown =
        Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .ticker(time)
            .build();
  }

  /** Whether a delivery asks for the test. */
  static boolean asked(Incoming incoming) {
    return incoming.content() instanceof Content.Text(String text, boolean command)
        && command
        && text.strip().equals("rich");
  }

  /**
   * Shows the test, and asks; soon, in another thread. Where it was shown within the minute, it is
   * still in sight and is not shown again.
   *
   * @return false where the person may not use Reckon: the core says so, as to any other request
   */
  boolean show(Incoming incoming) {
    if (gate.refusal(AdmissionRequest.of(incoming, AdmissionRequest.Kind.WORD)).isPresent()) {
      return false;
    }
    Chat chat = Chat.of(incoming.address());
    if (shown.asMap().putIfAbsent(chat.id(), true) != null) {
      LOG.debug("the test of rich messages is in that chat already");
      return true;
    }
    Language language = incoming.language();
    callbacks.later(
        () -> {
          try {
            ask(chat, language);
          } catch (DeliveryException e) {
            LOG.debug("the test of rich messages was not sent: {}", e.getMessage());
          }
        });
    return true;
  }

  private void ask(Chat chat, Language language) throws DeliveryException, InterruptedException {
    try {
      sender.postRich(chat, RichReplyRenderer.sample(), ButtonLayout.NONE);
    } catch (DeliveryException e) {
      if (!MessageSender.isRefused(e)) {
        throw e;
      }
      sender.tell(chat, Label.RICH_REFUSED.in(language), List.of());
      return;
    }
    sender.tell(
        chat,
        Label.RICH_QUESTION.in(language),
        List.of(
            new InlineKeyboard.Choice(Label.RICH_YES.in(language), ON),
            new InlineKeyboard.Choice(Label.RICH_NO.in(language), OFF)));
  }

  /**
   * Takes the press of one of the buttons.
   *
   * @return whether it was one
   */
  boolean pressed(CallbackQuery query) {
    String data = query.getData();
    boolean on = ON.equals(data);
    if (query.getMessage() == null || !(on || OFF.equals(data))) {
      return false;
    }
    long chat = query.getMessage().getChatId();
    long user = query.getFrom().getId();
    Language language = UpdateTranslator.language(query.getFrom());
    callbacks.later(
        () -> {
          try {
            Optional<String> refusal = gate.refusal(pressing(query));
            if (refusal.isPresent()) {
              callbacks.answer(query.getId(), refusal.get());
              return;
            }
            if (chat < 0 && !chooser.administers(chat, user)) {
              callbacks.answer(query.getId(), Label.RICH_ADMINISTRATORS.in(language));
              return;
            }
            chats.choose(chat, on, TelegramIds.person(user));
            callbacks.answer(query.getId(), (on ? Label.RICH_ON : Label.RICH_OFF).in(language));
          } catch (DeliveryException | RuntimeException e) {
            LOG.warn("a chat's choice was not stored: {}", e.toString());
            callbacks.answer(query.getId(), Label.PRESS_NOT_STORED.in(language));
          }
        });
    return true;
  }

  private static AdmissionRequest pressing(CallbackQuery query) {
    Chat chat = new Chat(query.getMessage().getChatId(), OptionalInt.empty());
    return new AdmissionRequest(
        "telegram/rich/" + query.getId(),
        chat.conversation(),
        new Team(TelegramIds.team(chat.id()), ""),
        UpdateTranslator.person(query.getFrom()),
        chat.address(),
        AdmissionRequest.Kind.WORD);
  }
}
