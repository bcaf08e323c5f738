package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.Upload;
import java.util.Map;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/** Draws replies about as Telegram does, for people to look at. */
final class ChatPage {
  private static final String HEAD =
      """
      <!doctype html>
      <meta charset="utf-8">
      <title>Reckon's replies in Telegram</title>
      <style>
        body { background: #8fb58f; font: 15px/1.35 system-ui, "Noto Sans", sans-serif; margin: 12px; columns: 3 340px; column-gap: 20px }
        article { break-inside: avoid; margin: 0 0 1.4em }
        h2 { color: #fff; font-size: 13px; font-weight: 600; margin: 0 0 .3em }
        .message { background: #fff; border-radius: 12px; padding: .6em .9em; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 30em; overflow: hidden; margin: .2em 0 }
        .message pre { background: #f1f3f5; border-left: 3px solid #5a8fd6; border-radius: 6px; padding: .5em .7em; margin: .3em 0; overflow-x: auto; font: 13px/1.4 ui-monospace, monospace; white-space: pre }
        .message blockquote { border-left: 3px solid #7fb27f; background: #f0f7f0; border-radius: 6px; margin: .3em 0; padding: .2em .6em; max-height: 6em; overflow: hidden }
        .message i { color: #667 }
        .file { background: #eef3fa; border-radius: 12px; padding: .6em .9em; max-width: 20em; margin: .2em 0 }
        .row { display: flex; gap: .3em; margin: .3em 0 }
        .row span { background: rgba(0, 0, 0, .28); color: #fff; font-size: 14px; border-radius: 8px; padding: .35em .4em; text-align: center; flex: 1 1 0; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
      </style>
      """;

  private ChatPage() {}

  static String of(Map<String, Reply> replies) {
    StringBuilder page = new StringBuilder(HEAD);
    replies.forEach(
        (kind, reply) -> {
          page.append("<article><h2>").append(kind).append("</h2>\n");
          draw(page, ReplyRenderer.render(reply, Optional.empty()));
          page.append("</article>\n");
        });
    return page.toString();
  }

  private static void draw(StringBuilder page, RenderedReply reply) {
    reply
        .texts()
        .forEach(
            text ->
                page.append("<div class=\"message\">")
                    .append(Markup.html(text))
                    .append("</div>\n"));
    InlineKeyboardMarkup keyboard = InlineKeyboard.keyboard(reply.buttons());
    if (keyboard != null) {
      keyboard.getKeyboard().forEach(row -> draw(page, row));
    }
    for (Upload upload : reply.uploads()) {
      page.append("<div class=\"file\">📄 ")
          .append(upload.name().replace("&", "&amp;").replace("<", "&lt;"))
          .append("</div>\n");
    }
  }

  private static void draw(StringBuilder page, InlineKeyboardRow row) {
    page.append("<div class=\"row\">");
    row.forEach(button -> page.append("<span>").append(button.getText()).append("</span>"));
    page.append("</div>\n");
  }
}
