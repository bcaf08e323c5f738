package dev.reckon.adapters.web;

import dev.reckon.core.store.WebMessages;
import dev.reckon.core.store.WebMessages.Answered;
import dev.reckon.core.store.WebMessages.WebMessage;
import dev.reckon.core.surface.ReplySurface.FileContents;
import dev.reckon.core.surface.render.Upload;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** Files of messages, for those whose conversation it is. */
final class FileDownloads {
  private final WebMessages messages;
  private final FileContents contents;

  FileDownloads(WebMessages messages, FileContents contents) {
    this.messages = messages;
    this.contents = contents;
  }

  /** Answers with the file of the address. The name in it is for people only. */
  void serve(Context context, Visitor visitor) {
    Upload upload =
        messages
            .find(Addresses.number(context.pathParam("message")))
            .filter(message -> isMine(message, visitor))
            .flatMap(message -> upload(message, Addresses.number(context.pathParam("position"))))
            .orElseThrow(() -> RefusedRequest.notFound("There is no such file."));
    byte[] content =
        upload
            .content(contents)
            .orElseThrow(() -> RefusedRequest.notFound("This file is no longer kept."));
    FileResponse.file(context, upload.name(), content);
  }

  private boolean isMine(WebMessage message, Visitor visitor) {
    return messages
        .conversation(message.conversation())
        .filter(conversation -> conversation.person().equals(visitor.person().id()))
        .isPresent();
  }

  private static Optional<Upload> upload(WebMessage message, long position) {
    Answered answered = message.body().answered();
    if (answered == null) {
      return Optional.empty();
    }
    List<Upload> uploads = WebDisplay.layout(answered.reply()).uploads();
    return position >= 0 && position < uploads.size()
        ? Optional.of(uploads.get((int) position))
        : Optional.empty();
  }
}
