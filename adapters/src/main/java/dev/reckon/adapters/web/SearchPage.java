package dev.reckon.adapters.web;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.WebMessages;
import dev.reckon.core.store.WebMessages.Answered;
import dev.reckon.core.store.WebMessages.Asked;
import dev.reckon.core.store.WebMessages.WebConversation;
import dev.reckon.core.store.WebMessages.WebMessage;
import dev.reckon.core.surface.render.Sanitizer;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Searches a visitor's own conversations. */
final class SearchPage {
  private static final int FOUND = 50;

  private final WebMessages messages;
  private final ChatPages chats;

  SearchPage(WebMessages messages, ChatPages chats) {
    this.messages = messages;
    this.chats = chats;
  }

  /** What the visitor's own messages and answers say about some words. */
  void show(Context context, Visitor visitor) {
    String query = Optional.ofNullable(context.queryParam("q")).orElse("").strip();
    List<String> words =
        Arrays.stream(query.split("\\s+")).filter(word -> !word.isEmpty()).limit(8).toList();
    List<WebMessage> found =
        words.isEmpty() ? List.of() : messages.search(visitor.person().id(), words, FOUND);
    List<Html> items = found.stream().map(message -> found(message, words)).toList();
    Html content =
        Html.el("section", "plain")
            .add(
                Html.el("h1").text("Search"),
                Html.el("p")
                    .text(
                        query.isEmpty()
                            ? "Type some words into the field at the top of the menu."
                            : items.isEmpty()
                                ? "Nothing was found for “%s”.".formatted(query)
                                : "Found for “%s”, newest first:".formatted(query)),
                Html.el("ol", "found").add(items));
    Page.show(context, visitor, "Search", "/search", chats.listed(visitor), content);
  }

  /** A message that was found: its conversation, who wrote it, and the lines with the words. */
  private Html found(WebMessage message, List<String> words) {
    Asked asked = message.body().asked();
    Answered answered = message.body().answered();
    String text =
        asked != null ? asked.text() : answered != null ? MessageText.of(answered.reply()) : "";
    String address =
        "%s?to=%d#m%d".formatted(Addresses.of(message.conversation()), message.id(), message.id());
    return Html.el("li")
        .add(
            Html.el("a").attr("href", address).text(title(message.conversation())),
            Html.el("p", "said").text(MessageText.around(Sanitizer.visible(text), words)),
            Html.el("p", "note")
                .text(
                    "%s, %s"
                        .formatted(asked != null ? "You" : "Reckon", PageTime.of(message.at()))));
  }

  private String title(ConversationId conversation) {
    return messages.conversation(conversation).map(WebConversation::title).orElse("…");
  }
}
