package dev.reckon.core.files;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.surface.DeliveryException;
import java.util.Optional;

/** Fetches the content of files from a platform. Safe for use by any number of threads. */
public interface AttachmentFetcher {
  /**
   * Downloads one file.
   *
   * @param limit the most bytes to accept
   * @throws DeliveryException if the platform does not hand it out, or it is larger
   */
  byte[] fetch(Incoming incoming, Attachment.Remote attachment, long limit)
      throws DeliveryException, InterruptedException;

  /** What to tell the person about a file that was just fetched; empty where nothing is new. */
  default Optional<String> notice(Attachment.Remote attachment, Language language) {
    return Optional.empty();
  }
}
