package dev.reckon.core.surface.render;

import dev.reckon.core.label.Label;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.ReplySurface.FileContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings what a place shows in line with a reply: messages that are there are edited, missing ones
 * and files are posted, and what is no longer wanted is taken back. Each step is reported before
 * the next, so that after a failure or a crash the same call with the last receipt continues where
 * this one ended. Stateless.
 *
 * @param <M> a message as the platform takes it
 */
public final class ResumableSender<M> {
  /**
   * One place on a platform.
   *
   * @param <M> a message as the platform takes it
   */
  public interface Port<M> {
    /** Posts a message and returns its id. */
    String post(M message) throws DeliveryException, InterruptedException;

    /** Changes a message; changing it to what it is already is no failure. */
    void edit(String id, M message) throws DeliveryException, InterruptedException;

    /** Posts a file and returns what {@link #remove} takes. */
    String upload(Upload upload, byte[] content) throws DeliveryException, InterruptedException;

    /**
     * Posts several pictures as one album.
     *
     * @param contents their bytes, in the same order
     * @return what {@link #remove} takes, in the same order; or nothing where the platform has no
     *     albums or does not take this one, and each picture goes by itself
     */
    default List<String> album(List<Upload.Picture> pictures, List<byte[]> contents)
        throws DeliveryException, InterruptedException {
      return List.of();
    }

    /** Says in a line why a file is missing, and returns what {@link #remove} takes. */
    String note(String sentence) throws DeliveryException, InterruptedException;

    /** Takes a message or file back, where the platform still allows that. */
    void remove(String id) throws DeliveryException, InterruptedException;
  }

  private final Port<M> port;
  private final FileContents contents;
  private final Consumer<Receipt> receipts;

  /**
   * A sender to one place.
   *
   * @param receipts saves what the platform has so far, before anything else is sent
   */
  public ResumableSender(Port<M> port, FileContents contents, Consumer<Receipt> receipts) {
    this.port = port;
    this.contents = contents;
    this.receipts = receipts;
  }

  /**
   * Sends what is missing.
   *
   * @param there what was sent before
   * @return what is there now; repeating the call with it changes nothing
   */
  public Receipt send(Receipt there, List<M> messages, List<Upload> uploads)
      throws DeliveryException, InterruptedException {
    Receipt now = there;
    for (int i = 0; i < messages.size(); i++) {
      if (i < now.messages().size()) {
        port.edit(now.messages().get(i), messages.get(i));
      } else {
        now = reported(now.withMessage(port.post(messages.get(i))));
      }
    }
    for (int surplus = now.messages().size(); surplus > messages.size(); surplus--) {
      port.remove(now.messages().get(surplus - 1));
      now = reported(now.withMessages(surplus - 1));
    }
    return files(now, uploads);
  }

  /** The same for the files alone. */
  public Receipt files(Receipt there, List<Upload> uploads)
      throws DeliveryException, InterruptedException {
    Receipt now = there;
    Set<String> wanted = uploads.stream().map(Upload::key).collect(Collectors.toSet());
    for (Map.Entry<String, String> old : there.files().entrySet()) {
      if (!wanted.contains(old.getKey())) {
        port.remove(old.getValue());
        now = reported(now.withoutFile(old.getKey()));
      }
    }
    now = album(now, uploads);
    for (Upload upload : uploads) {
      if (!now.files().containsKey(upload.key())) {
        now = reported(now.withFile(upload.key(), file(upload)));
      }
    }
    return now;
  }

  /** Sends the pictures that are missing together, if there are several. */
  private Receipt album(Receipt there, List<Upload> uploads)
      throws DeliveryException, InterruptedException {
    List<Upload.Picture> pictures = new ArrayList<>();
    List<byte[]> bytes = new ArrayList<>();
    for (Upload upload : uploads) {
      if (upload instanceof Upload.Picture picture && !there.files().containsKey(upload.key())) {
        Optional<byte[]> content = picture.content(contents);
        if (content.isPresent() && content.get().length > 0) {
          pictures.add(picture);
          bytes.add(content.get());
        }
      }
    }
    if (pictures.size() < 2) {
      return there;
    }
    List<String> ids = port.album(pictures, bytes);
    Receipt now = there;
    for (int i = 0; i < ids.size(); i++) {
      now = now.withFile(pictures.get(i).key(), ids.get(i));
    }
    return ids.isEmpty() ? there : reported(now);
  }

  private String file(Upload upload) throws DeliveryException, InterruptedException {
    Optional<byte[]> content = upload.content(contents);
    if (content.isEmpty()) {
      return port.note(Label.FILE_EXPIRED.text(upload.name()));
    }
    if (content.get().length == 0) {
      return port.note(Label.FILE_EMPTY.text(upload.name()));
    }
    try {
      return port.upload(upload, content.get());
    } catch (DeliveryException e) {
      return switch (e.kind()) {
        case RATE_LIMITED, TRANSIENT -> throw e;
        case MESSAGE_GONE, PLACE_GONE, FORBIDDEN, REFUSED ->
            port.note(Label.FILE_REFUSED.text(upload.name(), String.valueOf(e.getMessage())));
      };
    }
  }

  private Receipt reported(Receipt receipt) {
    receipts.accept(receipt);
    return receipt;
  }
}
