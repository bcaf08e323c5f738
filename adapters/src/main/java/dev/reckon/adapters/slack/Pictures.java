package dev.reckon.adapters.slack;

import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.ReplySurface.FileContents;
import dev.reckon.core.surface.render.Upload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings pictures to where an image block can show them: uploaded without a channel, and waited for
 * until Slack has looked at them, since an image block that names a file before that is refused.
 */
final class Pictures {
  private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

  /** Slack takes a second or two for a picture; what takes longer is shared as a file. */
  private static final List<Duration> PAUSES =
      List.of(100, 200, 400, 800, 1_500, 3_000, 4_000).stream().map(Duration::ofMillis).toList();

  private final SlackApi api;
  private final SlackFiles files;

  Pictures(SlackApi api, SlackFiles files) {
    this.api = api;
    this.files = files;
  }

  /**
   * Uploads the pictures that Slack does not have yet.
   *
   * @param receipts called for each as soon as Slack has accepted it
   * @return the message with all that an image block can show; what is missing is shared as a file
   * @throws SlackFailure when Slack cannot be reached, or asks for a pause
   */
  SentParts upload(
      SentParts sent,
      List<Upload.Picture> pictures,
      FileContents contents,
      Consumer<SentParts> receipts)
      throws SlackFailure, InterruptedException {
    SentParts now = sent;
    for (Upload.Picture picture : pictures) {
      if (!now.has(picture.key())) {
        Optional<byte[]> content = picture.content(contents);
        if (content.isPresent() && content.get().length > 0) {
          Optional<String> id = upload(picture, content.get());
          if (id.isPresent()) {
            now = now.withPicture(picture.key(), id.get());
            receipts.accept(now);
          }
        }
      }
    }
    return now;
  }

  private Optional<String> upload(Upload.Picture picture, byte[] content)
      throws SlackFailure, InterruptedException {
    try {
      String id = files.upload("", "", picture.name(), content);
      return isReady(id) ? Optional.of(id) : Optional.empty();
    } catch (SlackFailure e) {
      DeliveryException.Kind kind = e.meaning().kind();
      if (kind == DeliveryException.Kind.TRANSIENT || kind == DeliveryException.Kind.RATE_LIMITED) {
        throw e;
      }
      LOG.warn("a picture cannot be shown in its message ({}); it is shared as a file", e.code());
      return Optional.empty();
    }
  }

  private boolean isReady(String id) throws SlackFailure, InterruptedException {
    for (Duration pause : PAUSES) {
      String type = api.file(id).getMimetype();
      if (type != null && !type.isEmpty()) {
        return true;
      }
      Thread.sleep(pause);
    }
    LOG.warn("Slack did not process a picture in time; it is shared as a file");
    return false;
  }
}
