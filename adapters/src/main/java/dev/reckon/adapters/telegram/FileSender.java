package dev.reckon.adapters.telegram;

import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.render.Upload;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMediaGroup;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.media.InputMedia;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaPhoto;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Sends files to one chat: pictures so that they are seen, everything else as documents. */
record FileSender(MessageSender sender, Chat chat) {
  private static final Logger LOG = LoggerFactory.getLogger(FileSender.class);

  /** The Bot API's limits for photos: bytes, width and height together, and their ratio. */
  private static final long MAX_PHOTO_BYTES = 10_000_000;

  private static final int MAX_PHOTO_SIDES = 10_000;
  private static final int MAX_PHOTO_RATIO = 20;

  /** The Bot API's limits for albums. */
  private static final int LEAST_IN_ALBUM = 2;

  private static final int MOST_IN_ALBUM = 10;

  /** Sends a file, and returns its message id. What is no photo for Telegram goes as a document. */
  int send(Upload upload, byte[] content) throws DeliveryException, InterruptedException {
    return sender.deliver(
        chat,
        to -> {
          if (isPhoto(upload, content.length)) {
            try {
              return photo(to, upload, content);
            } catch (TelegramFailure e) {
              requireNoPhoto(e);
            }
          }
          return document(to, upload, content);
        });
  }

  /**
   * Sends pictures as one album: at most ten, the rest being left to {@link #send}.
   *
   * @return their message ids in order, or nothing when Telegram does not take them as photos
   */
  List<Integer> album(List<Upload.Picture> pictures, List<byte[]> contents)
      throws DeliveryException, InterruptedException {
    int count = Math.min(MOST_IN_ALBUM, pictures.size());
    for (int i = 0; i < count; i++) {
      if (!isPhoto(pictures.get(i), contents.get(i).length)) {
        return List.of();
      }
    }
    if (count < LEAST_IN_ALBUM) {
      return List.of();
    }
    return sender.deliver(
        chat,
        to -> {
          try {
            return group(to, pictures.subList(0, count), contents);
          } catch (TelegramFailure e) {
            requireNoPhoto(e);
            return List.of();
          }
        });
  }

  private List<Integer> group(Chat to, List<Upload.Picture> pictures, List<byte[]> contents)
      throws TelegramFailure, InterruptedException {
    List<InputMedia> media = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      var photo =
          new InputMediaPhoto(new ByteArrayInputStream(contents.get(i)), "chart" + i + ".png");
      photo.setCaption(caption(pictures.get(i)));
      media.add(photo);
    }
    return sender
        .api()
        .call(
            SendMediaGroup.builder()
                .chatId(to.id())
                .messageThreadId(MessageSender.topic(to))
                .medias(media)
                .build())
        .stream()
        .map(Message::getMessageId)
        .toList();
  }

  private int photo(Chat to, Upload upload, byte[] content)
      throws TelegramFailure, InterruptedException {
    return sender
        .api()
        .call(
            SendPhoto.builder()
                .chatId(to.id())
                .messageThreadId(MessageSender.topic(to))
                .photo(file(upload, content))
                .caption(upload instanceof Upload.Picture picture ? caption(picture) : null)
                .build())
        .getMessageId();
  }

  private int document(Chat to, Upload upload, byte[] content)
      throws TelegramFailure, InterruptedException {
    return sender
        .api()
        .call(
            SendDocument.builder()
                .chatId(to.id())
                .messageThreadId(MessageSender.topic(to))
                .document(file(upload, content))
                .caption(upload instanceof Upload.Picture picture ? caption(picture) : null)
                .disableContentTypeDetection(true)
                .build())
        .getMessageId();
  }

  /** Without markup, and so that Telegram finds no link or name in it. */
  private static String caption(Upload.Picture picture) {
    return Markup.PROSE.text(picture.caption());
  }

  /** Passes on every failure but that Telegram finds fault with the picture. */
  private static void requireNoPhoto(TelegramFailure failure) throws TelegramFailure {
    if (failure.code() != 400 || failure.topicGone() || failure.movedTo().isPresent()) {
      throw failure;
    }
    LOG.debug("not a picture for Telegram, sent as a file: {}", failure.description());
  }

  private static boolean isPhoto(Upload upload, long bytes) {
    if (bytes > MAX_PHOTO_BYTES) {
      return false;
    }
    if (upload instanceof Upload.Picture picture) {
      int longer = Math.max(picture.width(), picture.height());
      int shorter = Math.min(picture.width(), picture.height());
      return longer + shorter <= MAX_PHOTO_SIDES && longer <= MAX_PHOTO_RATIO * (long) shorter;
    }
    String lower = upload.name().toLowerCase(Locale.ROOT);
    return lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg");
  }

  private static InputFile file(Upload upload, byte[] content) {
    return new InputFile(new ByteArrayInputStream(content), upload.name());
  }
}
