package dev.reckon.core.files;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Store;
import dev.reckon.core.surface.DeliveryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes attached files into their conversation, unpacked and within its limits. */
public final class AttachmentImporter {
  private final Store store;
  private final FileLimits limits;
  private final Unpacking unpacking;
  private final AttachmentFetcher fetcher;

  public AttachmentImporter(Store store, FileLimits limits, AttachmentFetcher fetcher) {
    this.store = store;
    this.limits = limits;
    this.unpacking = new Unpacking(limits);
    this.fetcher = fetcher;
  }

  /**
   * What came of the files.
   *
   * @param names of those that were kept
   * @param notices a sentence for each that was not, or not as it came
   */
  public record Imported(List<String> names, List<String> notices) {
    public Imported {
      names = List.copyOf(names);
      notices = List.copyOf(notices);
    }
  }

  /** Fetches, converts and stores whatever came with a message. */
  public Imported importAll(Incoming incoming) throws InterruptedException {
    List<String> names = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    for (Attachment attachment : incoming.attachments()) {
      String name = FileNaming.clean(attachment.name());
      try {
        Unpacking.Unpacked unpacked = unpacking.unpack(name, content(incoming, attachment, name));
        notices.addAll(unpacked.notices());
        for (Unpacking.Part part : unpacked.files()) {
          keep(incoming.conversation(), part);
          names.add(part.name());
        }
      } catch (DeliveryException e) {
        notices.add("%s could not be fetched: %s".formatted(name, e.getMessage()));
      } catch (IOException e) {
        notices.add(String.valueOf(e.getMessage()));
      }
    }
    return new Imported(names, notices);
  }

  private byte[] content(Incoming incoming, Attachment attachment, String name)
      throws DeliveryException, IOException, InterruptedException {
    return switch (attachment) {
      case Attachment.Inline inline -> inline.content();
      case Attachment.Remote remote -> {
        if (remote.bytes() > limits.fileBytes()) {
          throw new IOException(
              "%s is too large: a file may have %d MiB.".formatted(name, limits.fileBytes() >> 20));
        }
        yield fetcher.fetch(incoming, remote, limits.fileBytes());
      }
    };
  }

  private void keep(ConversationId conversation, Unpacking.Part part) throws IOException {
    long size = part.content().length;
    if (store.files().bytesOf(conversation) + size > limits.conversationBytes()) {
      throw new IOException(
          "%s was not kept: the files of a conversation may have %d MiB together. \"files\" lists them, \"drop NAME\" removes one."
              .formatted(part.name(), limits.conversationBytes() >> 20));
    }
    if (store.files().bytesOfTeam(conversation) + size > limits.teamBytes()) {
      throw new IOException(
          "%s was not kept: the team's files have reached %d MiB together. Drop some that are needed no more."
              .formatted(part.name(), limits.teamBytes() >> 20));
    }
    store.files().put(conversation, part.name(), part.content(), 0);
  }
}
