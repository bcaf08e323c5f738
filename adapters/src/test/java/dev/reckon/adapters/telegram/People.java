package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** What people do, as Telegram's updates. */
final class People {
  static final long ANNA = 7001;
  static final long BEN = 7002;
  static final long CARLA = 7003;
  static final long GROUP = -500;
  static final int NOON = 1_790_000_000;

  private People() {}

  static ObjectNode user(long id, String name) {
    return TelegramJson.object().put("id", id).put("is_bot", false).put("first_name", name);
  }

  private static String name(long person) {
    return person == ANNA ? "Anna" : person == CARLA ? "Carla" : "Ben";
  }

  static ObjectNode bot() {
    return TelegramJson.object()
        .put("id", FakeTelegram.BOT)
        .put("is_bot", true)
        .put("first_name", "Reckon")
        .put("username", FakeTelegram.USERNAME);
  }

  static ObjectNode chat(long id) {
    return id > 0
        ? TelegramJson.object().put("id", id).put("type", "private").put("first_name", "Anna")
        : TelegramJson.object().put("id", id).put("type", "supergroup").put("title", "Sales");
  }

  /** A message; further properties are added by the last argument. */
  static ObjectNode message(long chat, long from, int id, Consumer<ObjectNode> more) {
    ObjectNode message = TelegramJson.object().put("message_id", id).put("date", NOON);
    message.set("from", user(from, name(from)));
    message.set("chat", chat(chat));
    more.accept(message);
    return message;
  }

  static ObjectNode update(String kind, ObjectNode content) {
    ObjectNode update = TelegramJson.object();
    update.set(kind, content);
    return update;
  }

  static ObjectNode text(long chat, long from, int id, String text) {
    return update("message", message(chat, from, id, it -> it.put("text", text)));
  }

  static ObjectNode document(
      long chat, long from, int id, String fileId, String name, long bytes, String caption) {
    return update(
        "message",
        message(
            chat,
            from,
            id,
            it -> {
              it.set("document", file(fileId, name, bytes));
              if (!caption.isEmpty()) {
                it.put("caption", caption);
              }
            }));
  }

  static ObjectNode file(String fileId, String name, long bytes) {
    return TelegramJson.object()
        .put("file_id", fileId)
        .put("file_unique_id", "u" + fileId)
        .put("file_name", name)
        .put("file_size", bytes);
  }

  static ObjectNode press(long chat, long from, String query, int under, String data) {
    ObjectNode press =
        TelegramJson.object().put("id", query).put("chat_instance", "1").put("data", data);
    press.set("from", user(from, name(from)));
    ObjectNode message = message(chat, from, under, it -> it.put("text", "answer"));
    message.set("from", bot());
    press.set("message", message);
    return update("callback_query", press);
  }
}
