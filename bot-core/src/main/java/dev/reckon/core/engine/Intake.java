package dev.reckon.core.engine;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Store;
import dev.reckon.core.surface.DeliveryException;
import java.util.ArrayList;
import java.util.List;

/** Takes attached files into their conversation. */
final class Intake {
  private final Store store;
  private final FileLimits limits;
  private final WayOut out;

  Intake(Store store, FileLimits limits, WayOut out) {
    this.store = store;
    this.limits = limits;
    this.out = out;
  }

  /**
   * What came of the files.
   *
   * @param names of those that were kept
   * @param notices a sentence for each that was not, or not as it came
   */
  record Taken(List<String> names, List<String> notices) {
    Taken {
      names = List.copyOf(names);
      notices = List.copyOf(notices);
    }
  }

  Taken take(Incoming incoming) throws InterruptedException {
    List<String> names = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    for (Attachment attachment : incoming.attachments()) {
      String name = FileNaming.clean(attachment.name());
      try {
        byte[] content =
            switch (attachment) {
              case Attachment.Inline inline -> inline.content();
              case Attachment.Remote remote -> out.fetch(incoming, remote, limits.fileBytes());
            };
        store.files().put(incoming.conversation(), name, content, 0);
        names.add(name);
      } catch (DeliveryException e) {
        notices.add("%s could not be fetched: %s".formatted(name, e.getMessage()));
      }
    }
    return new Taken(names, notices);
  }
}
