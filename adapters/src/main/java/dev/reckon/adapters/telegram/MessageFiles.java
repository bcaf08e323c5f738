package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Attachment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.photo.PhotoSize;

/** Finds the files of messages. */
final class MessageFiles {
  private MessageFiles() {}

  /**
   * What a message carries: a document, or something else that people take for a file, so that the
   * core can say what it reads.
   */
  static Optional<Attachment> to(Message message) {
    if (message.getDocument() != null) {
      var it = message.getDocument();
      return of(it.getFileName(), "document", it.getFileId(), it.getFileSize());
    }
    if (message.getPhoto() != null && !message.getPhoto().isEmpty()) {
      PhotoSize largest = largest(message.getPhoto());
      Integer size = largest.getFileSize();
      return of(null, "photo.jpg", largest.getFileId(), size == null ? null : size.longValue());
    }
    if (message.getVideo() != null) {
      var it = message.getVideo();
      return of(it.getFileName(), "video.mp4", it.getFileId(), it.getFileSize());
    }
    if (message.getAudio() != null) {
      var it = message.getAudio();
      return of(it.getFileName(), "audio.mp3", it.getFileId(), it.getFileSize());
    }
    if (message.getVoice() != null) {
      var it = message.getVoice();
      return of(null, "voice.ogg", it.getFileId(), it.getFileSize());
    }
    return Optional.empty();
  }

  private static PhotoSize largest(List<PhotoSize> sizes) {
    return sizes.stream()
        .max(Comparator.comparingInt(size -> size.getWidth() == null ? 0 : size.getWidth()))
        .orElseThrow();
  }

  private static Optional<Attachment> of(
      @Nullable String name, String otherwise, String fileId, @Nullable Long bytes) {
    return Optional.of(
        new Attachment.Remote(
            name == null || name.isBlank() ? otherwise : name, fileId, bytes == null ? -1 : bytes));
  }
}
