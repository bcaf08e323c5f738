package dev.reckon.adapters.telegram;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.adapters.telegram.Markup.Tag;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.ReplySurface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.methods.AnswerGuestQuery;
import org.telegram.telegrambots.meta.api.methods.ParseMode;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.inlinequery.inputmessagecontent.InputTextMessageContent;
import org.telegram.telegrambots.meta.api.objects.inlinequery.result.InlineQueryResultArticle;

/**
 * Replies in chats that the bot is not in. Telegram takes one message for each mention, which can
 * be changed later by its inline id; it has neither files nor buttons, since the bot cannot tell
 * who presses them where. Safe for any threads.
 */
final class GuestReplies {
  private static final String PLACE = "guest/";
  private static final String REF = "guest:";
  private static final String ANSWER = "answer";

  private final BotApi api;

  GuestReplies(BotApi api) {
    this.api = api;
  }

  /** Where the answer to a guest query goes. */
  static Address address(String query) {
    return new Address(Chat.SURFACE, PLACE + query, PLACE + query, false);
  }

  /** A conversation of one question: it does not include what others ask in that chat. */
  static ConversationId conversation(String query) {
    return new ConversationId(Chat.SURFACE + "/" + PLACE + query);
  }

  static boolean isGuest(Address address) {
    return address.target().startsWith(PLACE);
  }

  static boolean isGuest(MessageRef message) {
    return message.value().startsWith(REF);
  }

  /** Posts the one message that a query can have. */
  MessageRef post(Address to, Reply reply, ReplySurface.Receipts receipts)
      throws DeliveryException, InterruptedException {
    String query = to.target().substring(PLACE.length());
    List<Span> text = text(reply);
    String message =
        sent(
            (mode, words) ->
                api.call(
                        AnswerGuestQuery.builder()
                            .guestQueryId(query)
                            .result(
                                InlineQueryResultArticle.builder()
                                    .id(ANSWER)
                                    .title("Reckon")
                                    .inputMessageContent(
                                        InputTextMessageContent.builder()
                                            .messageText(words)
                                            .parseMode(mode.orElse(null))
                                            .linkPreviewOptions(MessageSender.NO_PREVIEW)
                                            .build())
                                    .build())
                            .build())
                    .getInlineMessageId(),
            text);
    MessageRef ref = new MessageRef(REF + message);
    receipts.sent(ref);
    return ref;
  }

  /** Changes it. Changing it to what it is already is no failure. */
  MessageRef edit(MessageRef message, Reply reply) throws DeliveryException, InterruptedException {
    String id = message.value().substring(REF.length());
    sent(
        (mode, words) -> {
          try {
            api.call(
                EditMessageText.builder()
                    .inlineMessageId(id)
                    .text(words)
                    .parseMode(mode.orElse(null))
                    .linkPreviewOptions(MessageSender.NO_PREVIEW)
                    .build());
          } catch (TelegramFailure e) {
            if (!e.unchanged()) {
              throw e;
            }
          }
          return id;
        },
        text(reply));
    return message;
  }

  private static List<Span> text(Reply reply) {
    RenderedReply rendered = ReplyRenderer.render(reply, Optional.empty());
    List<Span> text = new ArrayList<>(rendered.texts().getFirst());
    if (rendered.texts().size() > 1 || !rendered.uploads().isEmpty()) {
      String note = Label.MESSAGE_FULL.in(reply.language());
      text = new ArrayList<>(Markup.split(text, ReplyRenderer.MESSAGE_LIMIT - 200).getFirst());
      text.add(new Span(List.of(Tag.ITALIC), "\n" + note));
    }
    return text;
  }

  private interface Sending {
    String send(Optional<String> parseMode, String words)
        throws TelegramFailure, InterruptedException;
  }

  private static String sent(Sending sending, List<Span> text)
      throws DeliveryException, InterruptedException {
    try {
      return sending.send(Optional.of(ParseMode.HTML), Markup.html(text));
    } catch (TelegramFailure e) {
      if (!TelegramFailure.markupRefused(e.description())) {
        throw BotApiErrors.of(e);
      }
    }
    try {
      return sending.send(Optional.empty(), Markup.plain(text));
    } catch (TelegramFailure e) {
      throw BotApiErrors.of(e);
    }
  }
}
