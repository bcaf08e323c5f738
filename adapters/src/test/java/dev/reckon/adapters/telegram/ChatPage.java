package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Reply;
import java.util.Map;
import java.util.Optional;

/** Draws replies about as Telegram does, for people to look at. */
final class ChatPage {
  private static final String HEAD =
      """
      <!doctype html>
      <meta charset="utf-8">
      <title>Reckon's replies in Telegram</title>
      <style>
        body { background: #8fb58f; font: 15px/1.35 system-ui, sans-serif; margin: 2em auto; max-width: 46em }
        h2 { color: #fff; font-size: 13px; font-weight: 600; margin: 1.6em 0 .3em }
        .message { background: #fff; border-radius: 12px; padding: .6em .9em; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 36em; margin: .2em 0 }
        .message pre { background: #f1f3f5; border-left: 3px solid #5a8fd6; border-radius: 6px; padding: .5em .7em; margin: .3em 0; overflow-x: auto; font: 13px/1.4 ui-monospace, monospace; white-space: pre }
        .message blockquote { border-left: 3px solid #7fb27f; background: #f0f7f0; border-radius: 6px; margin: .3em 0; padding: .2em .6em; max-height: 6em; overflow: hidden }
        .message i { color: #667 }
        .file { background: #eef3fa; border-radius: 12px; padding: .6em .9em; max-width: 20em; margin: .2em 0 }
        .buttons { display: flex; flex-wrap: wrap; gap: .3em; max-width: 38em }
        .buttons span { background: rgba(0, 0, 0, .28); color: #fff; border-radius: 8px; padding: .35em 0; text-align: center; flex: 1 1 30% }
      </style>
      """;

  private ChatPage() {}

  static String of(Map<String, Reply> replies) {
    StringBuilder page = new StringBuilder(HEAD);
    replies.forEach(
        (kind, reply) -> {
          page.append("<h2>").append(kind).append("</h2>\n");
          draw(page, ReplyRenderer.render(reply, Optional.empty()));
        });
    return page.toString();
  }

  private static void draw(StringBuilder page, Rendered reply) {
    reply
        .texts()
        .forEach(
            text ->
                page.append("<div class=\"message\">").append(Html.of(text)).append("</div>\n"));
    if (!reply.actions().isEmpty()) {
      page.append("<div class=\"buttons\">");
      reply
          .actions()
          .forEach(
              action ->
                  page.append("<span>")
                      .append(Greeting.example(action).orElse(Buttons.label(action.verb())))
                      .append("</span>"));
      page.append("</div>\n");
    }
    for (Upload upload : reply.uploads()) {
      page.append("<div class=\"file\">📄 ")
          .append(upload.name().replace("&", "&amp;").replace("<", "&lt;"))
          .append("</div>\n");
    }
  }
}
