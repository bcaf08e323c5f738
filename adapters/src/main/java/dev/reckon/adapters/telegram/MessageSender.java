package dev.reckon.adapters.telegram;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.render.ButtonLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.ParseMode;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendMessageDraft;
import org.telegram.telegrambots.meta.api.methods.send.SendRichMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;
import org.telegram.telegrambots.meta.api.objects.richtext.InputRichMessage;

/**
 * Sends single messages: paced, to the present id of a group that has moved, without a topic that
 * is gone, and as plain text where Telegram rejects the markup. Safe for any threads.
 */
final class MessageSender {
  private static final Logger LOG = LoggerFactory.getLogger(MessageSender.class);
  static final LinkPreviewOptions NO_PREVIEW =
      LinkPreviewOptions.builder().isDisabled(true).build();

  private final BotApi api;
  private final ChatRateLimiter pacing;
  private final ChatMoves moves;
  private volatile boolean draftsTaken = true;

  MessageSender(BotApi api, ChatRateLimiter pacing, ChatMoves moves) {
    this.api = api;
    this.pacing = pacing;
    this.moves = moves;
  }

  BotApi api() {
    return api;
  }

  /** Where messages for that chat go now. */
  Chat current(Chat chat) {
    return moves.current(chat);
  }

  /** Posts a text, and returns its message id. */
  int post(Chat chat, List<Span> text, ButtonLayout buttons)
      throws DeliveryException, InterruptedException {
    return markedUp(
        (parseMode, words) ->
            deliver(
                chat,
                to ->
                    api.call(
                            SendMessage.builder()
                                .chatId(to.id())
                                .messageThreadId(topic(to))
                                .text(words)
                                .parseMode(parseMode)
                                .linkPreviewOptions(NO_PREVIEW)
                                .replyParameters(answered(to))
                                .replyMarkup(InlineKeyboard.keyboard(buttons))
                                .build())
                        .getMessageId()),
        text);
  }

  /** Changes a text. Changing it to what it is already is no failure. */
  void edit(Chat chat, int message, List<Span> text, ButtonLayout buttons)
      throws DeliveryException, InterruptedException {
    markedUp(
        (parseMode, words) ->
            deliver(
                chat,
                to ->
                    unlessUnchanged(
                        message,
                        EditMessageText.builder()
                            .chatId(to.id())
                            .messageId(message)
                            .text(words)
                            .parseMode(parseMode)
                            .linkPreviewOptions(NO_PREVIEW)
                            .replyMarkup(InlineKeyboard.keyboard(buttons))
                            .build())),
        text);
  }

  /**
   * Posts a rich message, and returns its id.
   *
   * @throws DeliveryException of which {@link #isRefused} is true where Telegram does not accept it
   */
  int postRich(Chat chat, String html, ButtonLayout buttons)
      throws DeliveryException, InterruptedException {
    return deliver(
        chat,
        to ->
            api.call(
                    SendRichMessage.builder()
                        .chatId(to.id())
                        .messageThreadId(topic(to))
                        .richMessage(rich(html))
                        .replyParameters(answered(to))
                        .replyMarkup(InlineKeyboard.keyboard(buttons))
                        .build())
                .getMessageId());
  }

  /** Changes a message to a rich one, likewise. */
  void editRich(Chat chat, int message, String html, ButtonLayout buttons)
      throws DeliveryException, InterruptedException {
    deliver(
        chat,
        to ->
            unlessUnchanged(
                message,
                EditMessageText.builder()
                    .chatId(to.id())
                    .messageId(message)
                    .richMessage(rich(html))
                    .replyMarkup(InlineKeyboard.keyboard(buttons))
                    .build()));
  }

  private static InputRichMessage rich(String html) {
    return InputRichMessage.builder().html(html).skipEntityDetection(true).build();
  }

  private int unlessUnchanged(int message, EditMessageText edit)
      throws TelegramFailure, InterruptedException {
    try {
      api.call(edit);
    } catch (TelegramFailure e) {
      if (!e.unchanged()) {
        throw e;
      }
    }
    return message;
  }

  /** Whether Telegram may accept the same in another form; older servers do not know the method. */
  static boolean isRefused(DeliveryException e) {
    return e.kind() == DeliveryException.Kind.REFUSED
        || (e.getCause() instanceof TelegramFailure failure && failure.methodUnknown());
  }

  /** Whether the next rich message would be refused as well, whatever it says. */
  static boolean refusesRich(DeliveryException e) {
    return e.getCause() instanceof TelegramFailure failure && failure.richRefused();
  }

  /** Says something plain with buttons of the surface's own, by their data. */
  void tell(Chat chat, String text, List<InlineKeyboard.Choice> buttons)
      throws DeliveryException, InterruptedException {
    deliver(
        chat,
        to ->
            api.call(
                    SendMessage.builder()
                        .chatId(to.id())
                        .messageThreadId(topic(to))
                        .text(text)
                        .replyMarkup(InlineKeyboard.choice(buttons))
                        .build())
                .getMessageId());
  }

  /** Takes a message back, if that can still be done. */
  void delete(Chat chat, int message) throws DeliveryException, InterruptedException {
    try {
      deliver(
          chat,
          to -> {
            api.call(DeleteMessage.builder().chatId(to.id()).messageId(message).build());
            return message;
          });
    } catch (DeliveryException e) {
      if (e.kind() != DeliveryException.Kind.REFUSED
          && e.kind() != DeliveryException.Kind.MESSAGE_GONE) {
        throw e;
      }
      LOG.debug("an old message could not be deleted: {}", e.getMessage());
    }
  }

  /**
   * Shows a draft, which fades after half a minute.
   *
   * @return whether this server and chat take drafts
   */
  boolean draft(Chat chat, int draft, List<Span> text)
      throws DeliveryException, InterruptedException {
    if (!chat.direct() || !draftsTaken) {
      return false;
    }
    try {
      deliver(
          chat,
          to -> {
            api.call(
                SendMessageDraft.builder()
                    .chatId(to.id())
                    .messageThreadId(topic(to))
                    .draftId(draft)
                    .text(Markup.html(text))
                    .parseMode(ParseMode.HTML)
                    .build());
            return draft;
          });
      return true;
    } catch (DeliveryException e) {
      if (e.kind() == DeliveryException.Kind.REFUSED
          || e.kind() == DeliveryException.Kind.FORBIDDEN) {
        LOG.info("this server does not support drafts; progress is shown in messages");
        draftsTaken = false;
        return false;
      }
      throw e;
    }
  }

  /** Carries out a call, paced, where the chat is now. */
  <T> T deliver(Chat chat, Call<T> call) throws DeliveryException, InterruptedException {
    Chat to = current(chat);
    try {
      return paced(to, call);
    } catch (TelegramFailure e) {
      if (e.movedTo().isPresent()) {
        moves.met(to.id(), e.movedTo().getAsLong());
        return again(to.movedTo(e.movedTo().getAsLong()), call);
      }
      if (e.topicGone() && to.topic().isPresent()) {
        LOG.info("a topic no longer exists; its reply goes to the group");
        return again(to.withoutTopic(), call);
      }
      throw trouble(to, e);
    }
  }

  private <T> T again(Chat to, Call<T> call) throws DeliveryException, InterruptedException {
    try {
      return paced(to, call);
    } catch (TelegramFailure e) {
      throw trouble(to, e);
    }
  }

  private <T> T paced(Chat to, Call<T> call)
      throws TelegramFailure, DeliveryException, InterruptedException {
    pacing.await(to);
    try {
      return call.to(to);
    } finally {
      pacing.answered(to);
    }
  }

  private DeliveryException trouble(Chat to, TelegramFailure failure) {
    if (failure.code() == 429) {
      pacing.pause(to, failure.retryAfter());
    }
    return BotApiErrors.of(failure);
  }

  private static int markedUp(Attempt attempt, List<Span> text)
      throws DeliveryException, InterruptedException {
    try {
      return attempt.send(ParseMode.HTML, Markup.html(text));
    } catch (DeliveryException e) {
      if (e.kind() != DeliveryException.Kind.REFUSED
          || !TelegramFailure.markupRefused(String.valueOf(e.getMessage()))) {
        throw e;
      }
      LOG.warn("Telegram refused the markup of a reply, which is sent plain: {}", e.getMessage());
      return attempt.send(null, Markup.plain(text));
    }
  }

  static @Nullable Integer topic(Chat chat) {
    return chat.topic().isPresent() ? chat.topic().getAsInt() : null;
  }

  private static @Nullable ReplyParameters answered(Chat chat) {
    return chat.replyTo().isEmpty()
        ? null
        : ReplyParameters.builder()
            .messageId(chat.replyTo().getAsInt())
            .allowSendingWithoutReply(true)
            .build();
  }

  /** One call of the Bot API, for a chat. */
  @FunctionalInterface
  interface Call<T> {
    T to(Chat chat) throws TelegramFailure, InterruptedException;
  }

  @FunctionalInterface
  private interface Attempt {
    int send(@Nullable String parseMode, String words)
        throws DeliveryException, InterruptedException;
  }
}
