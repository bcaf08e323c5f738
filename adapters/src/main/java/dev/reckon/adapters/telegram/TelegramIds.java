package dev.reckon.adapters.telegram;

import java.util.OptionalInt;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Maps Telegram's ids to the core's. */
final class TelegramIds {
  private TelegramIds() {}

  /**
   * A message's delivery, which is one for all parts of an album. Ids of messages in private chats
   * are counted for each bot apart, so that another bot on the same store must not seem to repeat
   * them.
   */
  static String message(Bot bot, Message message) {
    return message.getMediaGroupId() == null
        ? alone(bot, message)
        : "telegram/%d/%d/album/%s"
            .formatted(bot.id(), message.getChatId(), message.getMediaGroupId());
  }

  /** A part of an album that comes after the rest was taken. */
  static String alone(Bot bot, Message message) {
    return "telegram/%d/%d/%d".formatted(bot.id(), message.getChatId(), message.getMessageId());
  }

  static String edit(Bot bot, int update) {
    return "telegram/%d/edit/%d".formatted(bot.id(), update);
  }

  static String press(Bot bot, String query) {
    return "telegram/%d/press/%s".formatted(bot.id(), query);
  }

  static String guest(Bot bot, String query) {
    return "telegram/%d/guest/%s".formatted(bot.id(), query);
  }

  /** A team of nobody else's. */
  static String guestTeam(String query) {
    return "telegram/guest/" + query;
  }

  static String move(long from, long to) {
    return "telegram/moved/%d/%d".formatted(from, to);
  }

  static String person(long user) {
    return "telegram/" + user;
  }

  static String team(long chat) {
    return "telegram/" + chat;
  }

  static Chat chat(Message message) {
    Integer thread = message.getMessageThreadId();
    boolean topic = Boolean.TRUE.equals(message.getIsTopicMessage()) && thread != null;
    return new Chat(message.getChatId(), topic ? OptionalInt.of(thread) : OptionalInt.empty());
  }
}
