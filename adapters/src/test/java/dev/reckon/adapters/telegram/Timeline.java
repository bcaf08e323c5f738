package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people and the bot did in every chat, in order, to be read afterwards: the bot's messages
 * stand where they first appeared, and read as they did in the end.
 */
final class Timeline {
  private static final int MOST_LINES = 14;
  private static final int MOST_CHATS = 3;

  private final Map<Long, List<Entry>> chats = new LinkedHashMap<>();
  private final Map<String, Long> presses = new LinkedHashMap<>();

  /** One line of a chat. */
  private sealed interface Entry {
    /** A person did something. */
    record Done(String who, String what) implements Entry {}

    /** The answer to a mention in a chat without the bot. */
    record Guest(String query) implements Entry {}

    /** A message of the bot's. */
    record Posted(int message) implements Entry {}
  }

  private void add(long chat, Entry entry) {
    chats.computeIfAbsent(chat, id -> new ArrayList<>()).add(entry);
  }

  /** Somebody did something that Telegram tells of. */
  synchronized void update(JsonNode update) {
    if (update.has("callback_query")) {
      JsonNode press = update.get("callback_query");
      long chat = press.path("message").path("chat").path("id").asLong();
      presses.put(press.path("id").asText(), chat);
      String button = press.path("data").asText().replaceFirst(":.*", "").replace('_', ' ');
      add(chat, new Entry.Done(name(press), "*presses " + button + "*"));
    } else if (update.has("edited_message")) {
      JsonNode message = update.get("edited_message");
      add(chat(message), new Entry.Done(name(message), "*edits it to* " + text(message)));
    } else if (update.has("inline_query")) {
      JsonNode query = update.get("inline_query");
      long person = query.path("from").path("id").asLong();
      presses.put(query.path("id").asText(), person);
      add(
          person,
          new Entry.Done(
              name(query), "*types in another chat:* @bot " + query.path("query").asText()));
    } else if (update.path("guest_message").isObject()) {
      JsonNode message = update.get("guest_message");
      long person = message.path("from").path("id").asLong();
      presses.put(message.path("guest_query_id").asText(), person);
      add(person, new Entry.Done(name(message), "*in a chat without the bot:* " + said(message)));
    } else if (update.path("message").isObject()) {
      JsonNode message = update.get("message");
      add(chat(message), new Entry.Done(name(message), said(message)));
    }
  }

  private static long chat(JsonNode message) {
    return message.path("chat").path("id").asLong();
  }

  private static String name(JsonNode of) {
    return of.path("from").path("first_name").asText();
  }

  private static String text(JsonNode message) {
    return message.path("text").asText(message.path("caption").asText());
  }

  private static String said(JsonNode message) {
    if (message.has("migrate_to_chat_id")) {
      return "*makes the group a supergroup*";
    }
    String file = message.path("document").path("file_name").asText();
    String topic =
        message.has("is_topic_message")
            ? "*in topic " + message.path("message_thread_id").asInt() + ":* "
            : "";
    return topic
        + (message.has("reply_to_message") ? "*replying:* " : "")
        + (file.isEmpty() ? "" : "📎 `" + file + "` ")
        + text(message);
  }

  /** The bot posted a message. */
  synchronized void posted(long chat, int message) {
    add(chat, new Entry.Posted(message));
  }

  /** A press was answered. */
  synchronized void answered(String query, String words) {
    Long chat = presses.get(query);
    if (chat != null && !words.isEmpty()) {
      add(chat, new Entry.Done("Reckon", "*to the presser alone:* " + words));
    }
  }

  /** A mention in a chat without the bot was answered; what it shows may change. */
  synchronized void guest(String query) {
    add(presses.getOrDefault(query, 0L), new Entry.Guest(query));
  }

  /** An inline query was answered by these texts, one of which can be sent. */
  synchronized void offered(String query, List<String> texts, String button) {
    String offered = texts.isEmpty() ? "a button, [ " + button + " ]" : String.join(", ", texts);
    add(presses.getOrDefault(query, 0L), new Entry.Done("Reckon", "*offers:* " + offered));
  }

  /** All of it as Markdown. */
  synchronized String markdown(FakeTelegram telegram) {
    List<String> told = new ArrayList<>();
    chats.forEach(
        (id, entries) -> {
          StringBuilder text = new StringBuilder(id > 0 ? "Private chat\n\n" : "Group\n\n");
          entries.forEach(entry -> write(text, telegram, id, entry));
          told.add(text.toString());
        });
    return told.size() <= MOST_CHATS
        ? String.join("\n", told)
        : told.getFirst() + "\nand %d more chats like this one\n".formatted(told.size() - 1);
  }

  private static void write(StringBuilder text, FakeTelegram telegram, long chat, Entry entry) {
    switch (entry) {
      case Entry.Done(String who, String what) -> {
        text.append("- **").append(who).append(":**");
        String indented = " " + what.strip().replace("\n", "\n  ");
        text.append(indented).append('\n');
      }
      case Entry.Guest(String query) ->
          text.append("- **Reckon:** *there*\n  ```text\n")
              .append(telegram.guestText(query).strip().indent(2))
              .append("  ```\n");
      case Entry.Posted(int message) -> {
        FakeChat.Shown shown = telegram.chat(chat).messages.get(message);
        if (shown != null) {
          write(text, shown);
        }
      }
    }
  }

  private static void write(StringBuilder text, FakeChat.Shown shown) {
    text.append("- **Reckon:**");
    if (shown.file().isPresent()) {
      text.append(" 📎 `").append(shown.file().get().name()).append("`\n");
      return;
    }
    if (shown.topic() != 0) {
      text.append(" *in topic ").append(shown.topic()).append("*");
    }
    text.append("\n  ```text\n");
    shown
        .text()
        .lines()
        .limit(MOST_LINES)
        .forEach(
            line -> text.append(("  " + line.replace("```", "'''")).stripTrailing()).append('\n'));
    if (shown.text().lines().count() > MOST_LINES) {
      text.append("  … and ")
          .append(shown.text().lines().count() - MOST_LINES)
          .append(" more lines\n");
    }
    text.append("  ```\n");
    List<String> buttons = shown.markup().findValuesAsText("text");
    if (!buttons.isEmpty()) {
      text.append("  `[ ").append(String.join(" ] [ ", buttons)).append(" ]`\n");
    }
  }
}
