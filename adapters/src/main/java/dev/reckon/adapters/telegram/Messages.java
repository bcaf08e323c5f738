package dev.reckon.adapters.telegram;

import dev.reckon.core.message.MessageRef;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Surface.FileContents;
import dev.reckon.core.surface.Surface.Receipts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings what a chat shows in line with a rendered reply: texts that are there are edited, missing
 * ones and files are posted, and what is no longer wanted is taken back. Each step is noted before
 * the next, so that it can be taken up again in between.
 */
final class Messages {
  private final Sender sender;

  Messages(Sender sender) {
    this.sender = sender;
  }

  /** Makes it so, starting from what is there. */
  SentParts bring(Chat chat, SentParts there, Rendered reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    SentParts parts = texts(chat, there, reply, receipts);
    for (int surplus = parts.texts().size(); surplus > reply.texts().size(); surplus--) {
      sender.delete(chat, parts.texts().get(surplus - 1));
      parts = noted(parts.withTexts(surplus - 1), receipts);
    }
    parts = withoutOldFiles(chat, parts, reply, receipts);
    for (Upload upload : reply.uploads()) {
      if (!parts.files().containsKey(upload.key())) {
        int message = file(chat, upload, files);
        parts = noted(parts.withFile(upload.key(), message), receipts);
      }
    }
    return parts;
  }

  private SentParts texts(Chat chat, SentParts there, Rendered reply, Receipts receipts)
      throws DeliveryException, InterruptedException {
    SentParts parts = there;
    int last = reply.texts().size() - 1;
    for (int i = 0; i <= last; i++) {
      List<Span> text = reply.texts().get(i);
      var actions = i == last ? reply.actions() : List.<dev.reckon.core.message.Action>of();
      if (i < parts.texts().size()) {
        sender.edit(chat, parts.texts().get(i), text, actions);
      } else {
        parts = noted(parts.withText(sender.post(chat, text, actions)), receipts);
      }
    }
    return parts;
  }

  private SentParts withoutOldFiles(Chat chat, SentParts there, Rendered reply, Receipts receipts)
      throws DeliveryException, InterruptedException {
    var wanted = reply.uploads().stream().map(Upload::key).collect(Collectors.toSet());
    SentParts parts = there;
    for (Map.Entry<String, Integer> old : there.files().entrySet()) {
      if (!wanted.contains(old.getKey())) {
        sender.delete(chat, old.getValue());
        parts = noted(parts.withoutFile(old.getKey()), receipts);
      }
    }
    return parts;
  }

  private int file(Chat chat, Upload upload, FileContents files)
      throws DeliveryException, InterruptedException {
    Optional<byte[]> content =
        switch (upload) {
          case Upload.Written(String name, String text) ->
              Optional.of(text.getBytes(StandardCharsets.UTF_8));
          case Upload.Stored(var file) -> files.read(file.id());
        };
    if (content.isEmpty()) {
      return note(chat, upload, "is no longer kept; run it again to have it");
    }
    if (content.get().length == 0) {
      return note(chat, upload, "is empty, which Telegram does not take as a file");
    }
    try {
      return sender.upload(chat, upload, content.get());
    } catch (DeliveryException e) {
      if (e.kind() != DeliveryException.Kind.REFUSED) {
        throw e;
      }
      return note(chat, upload, "was not taken by Telegram (" + e.getMessage() + ")");
    }
  }

  private int note(Chat chat, Upload upload, String words)
      throws DeliveryException, InterruptedException {
    String text = Clean.prose("📎 " + upload.name() + " " + words);
    return sender.post(chat, List.of(new Span(List.of(Tag.ITALIC), text)), List.of());
  }

  private static SentParts noted(SentParts parts, Receipts receipts) {
    MessageRef ref = parts.ref();
    receipts.sent(ref);
    return parts;
  }
}
