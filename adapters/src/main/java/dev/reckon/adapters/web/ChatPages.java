package dev.reckon.adapters.web;

import dev.reckon.adapters.http.EventStream.Opened;
import dev.reckon.adapters.http.EventStream.StreamRequest;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.WebMessages;
import dev.reckon.core.store.WebMessages.WebConversation;
import dev.reckon.core.store.WebMessages.WebMessage;
import io.javalin.http.Context;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Pages of conversations, and what an open page is told of. */
final class ChatPages {
  /** Conversations in the navigation. */
  private static final int LISTED = 60;

  /** Messages of a page; earlier ones are behind a link. */
  private static final int SHOWN = 30;

  /** The markup of a page's messages, so that it stays light. */
  private static final int MOST_CHARACTERS = 50_000;

  private static final int SENT_AT_ONCE = 20;

  private final WebMessages messages;
  private final MessageView view;
  private final OpenPages pages;
  private final RequestGuard guard;
  private final BrowserSessions sessions;
  private final WebSettings settings;
  private final Demonstration demonstration;

  ChatPages(
      WebMessages messages,
      MessageView view,
      OpenPages pages,
      RequestGuard guard,
      BrowserSessions sessions,
      WebSettings settings,
      Demonstration demonstration) {
    this.messages = messages;
    this.view = view;
    this.pages = pages;
    this.guard = guard;
    this.sessions = sessions;
    this.settings = settings;
    this.demonstration = demonstration;
  }

  /** What the navigation lists. */
  List<WebConversation> listed(Visitor visitor) {
    return messages.conversations(visitor.person().id(), LISTED);
  }

  /** An empty conversation. */
  void start(Context context, Visitor visitor) {
    String key = UUID.randomUUID().toString().replace("-", "");
    Element thread =
        Html.el("div", "thread").attr("id", "thread").add(Welcome.of(settings, demonstration));
    show(context, visitor, "New conversation", "/", key, 0, thread);
  }

  /** A conversation with its latest messages, or with those up to one of them. */
  void chat(Context context, Visitor visitor) {
    WebConversation conversation = mine(context, visitor);
    // Before the messages, so that an open page misses none.
    long version = messages.version(conversation.id());
    String last = context.queryParam("to");
    if (last != null) {
      archive(context, visitor, conversation, Addresses.number(last));
      return;
    }
    show(
        context,
        visitor,
        conversation.title(),
        Addresses.of(conversation.id()),
        Addresses.key(conversation.id()),
        version,
        thread(conversation.id(), Long.MAX_VALUE, visitor));
  }

  /** Earlier messages, on a page that is not told of changes. */
  private void archive(Context context, Visitor visitor, WebConversation conversation, long last) {
    String address = Addresses.of(conversation.id());
    Html content =
        Html.el("section", "plain archive")
            .attr("data-conversation", Addresses.key(conversation.id()))
            .add(
                Html.el("h1").text(conversation.title()),
                thread(conversation.id(), last, visitor),
                Html.el("p", "earlier")
                    .add(Html.el("a").attr("href", address).text("Latest messages")));
    Page.show(context, visitor, conversation.title(), address, listed(visitor), content);
  }

  /** The last messages up to one, as many as a page holds. */
  private Element thread(ConversationId conversation, long last, Visitor visitor) {
    List<WebMessage> found = messages.upTo(conversation, last, SHOWN + 1);
    Deque<Html> shown = new ArrayDeque<>();
    int characters = 0;
    int next = found.size() - 1;
    while (next >= 0 && shown.size() < SHOWN) {
      Element drawn = view.of(found.get(next), visitor);
      characters += drawn.markup().length();
      if (characters > MOST_CHARACTERS && !shown.isEmpty()) {
        break;
      }
      shown.addFirst(drawn);
      next--;
    }
    Element thread = Html.el("div", "thread").attr("id", "thread");
    if (next >= 0) {
      String address = Addresses.of(conversation) + "?to=" + found.get(next).id();
      thread.add(
          Html.el("p", "earlier").add(Html.el("a").attr("href", address).text("Earlier messages")));
    }
    return thread.add(List.copyOf(shown));
  }

  private void show(
      Context context,
      Visitor visitor,
      String title,
      String current,
      String key,
      long version,
      Element thread) {
    Html content =
        Html.el("section", "chat")
            .attr("data-conversation", key)
            .attr("data-version", version)
            .attr("data-most-bytes", settings.messageBytes())
            .add(
                Html.el("h1", "unseen").text(title),
                Html.el("div", "scroller")
                    .add(thread.attr("role", "log").attr("aria-label", "Messages")),
                composer());
    Page.show(context, visitor, title, current, listed(visitor), content);
  }

  private static Element composer() {
    return Html.el("form", "composer")
        .attr("id", "composer")
        .attr("autocomplete", "off")
        .add(
            Html.el("p", "warning")
                .attr("id", "notice")
                .attr("role", "status")
                .attr("aria-live", "polite"),
            Html.el("ul", "attached").attr("id", "attached").attr("aria-label", "Attached files"),
            Html.el("div", "row")
                .add(
                    Html.el("label", "attach")
                        .attr("title", "Attach files")
                        .add(
                            Html.el("span", "unseen").text("Attach files"),
                            Icons.clip(),
                            Html.el("input")
                                .attr("type", "file")
                                .attr("id", "files")
                                .flag("multiple", true)),
                    Html.el("textarea")
                        .attr("id", "text")
                        .attr("rows", 1)
                        .attr("aria-label", "Your request")
                        .attr("placeholder", "Ask, or drop a file here"),
                    Html.el("button", "send").attr("type", "submit").text("Ask")),
            Html.el("p", "hint")
                .text("Enter sends, Shift+Enter starts a line. “run” and code in ``` runs Python."),
            Html.el("noscript")
                .add(Html.el("p", "warning").text("Asking needs JavaScript; reading does not.")));
  }

  /** Tells an open page of each change. */
  Opened stream(StreamRequest request) {
    Optional<Visitor> visitor = guard.visitorOf(request.headers());
    if (visitor.isEmpty()) {
      return new Opened.Refused(401, "You are no longer signed in.");
    }
    Optional<WebConversation> conversation = mine(request.name(), visitor.get());
    if (conversation.isEmpty()) {
      return new Opened.Refused(404, "There is no such conversation.");
    }
    String last =
        request
            .headers()
            .apply("Last-Event-ID")
            .or(() -> request.query().apply("since"))
            .orElse("0");
    long from = Math.max(0, Addresses.number(last));
    ConversationId id = conversation.get().id();
    return new Opened.Accepted(
        RequestGuard.HEADERS,
        sink ->
            pages.serve(
                id, visitor.get().session().id(), sink, from, new Changes(id, visitor.get())));
  }

  /** The messages of one page, as they change. */
  private final class Changes implements OpenPages.Source {
    private final ConversationId conversation;
    private final Visitor visitor;

    Changes(ConversationId conversation, Visitor visitor) {
      this.conversation = conversation;
      this.visitor = visitor;
    }

    @Override
    public List<OpenPages.Change> after(long version) {
      // One line of data each: a page puts it in place of the message with the same id.
      return messages.since(conversation, version, SENT_AT_ONCE).stream()
          .map(
              message ->
                  new OpenPages.Change(
                      message.version(), view.of(message, visitor).markup().replace("\n", "&#10;")))
          .toList();
    }

    @Override
    public boolean isAllowed() {
      return sessions.isValid(visitor.session());
    }
  }

  private WebConversation mine(Context context, Visitor visitor) {
    return mine(context.pathParam("key"), visitor)
        .orElseThrow(() -> RefusedRequest.notFound("There is no such conversation."));
  }

  private Optional<WebConversation> mine(String key, Visitor visitor) {
    return Addresses.conversation(key)
        .flatMap(messages::conversation)
        .filter(found -> found.person().equals(visitor.person().id()));
  }
}
