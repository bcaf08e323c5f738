package dev.reckon.core.files;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.Store;
import dev.reckon.core.surface.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes attached files into their conversation, read by the importer and within its limits. */
public final class AttachmentImporter {
  private final Store store;
  private final FileLimits limits;
  private final FileImporter importer;
  private final FileProfiles profiles;
  private final AttachmentFetcher fetcher;

  /**
   * @param profiles learns what the importer finds out about the files
   */
  public AttachmentImporter(
      Store store,
      FileLimits limits,
      FileImporter importer,
      FileProfiles profiles,
      AttachmentFetcher fetcher) {
    this.store = store;
    this.limits = limits;
    this.importer = importer;
    this.profiles = profiles;
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

  /** Fetches, reads and stores whatever came with a message. */
  public Imported importAll(Incoming incoming) throws InterruptedException {
    List<String> names = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    for (Attachment attachment : incoming.attachments()) {
      String name = FileNaming.clean(attachment.name());
      if (bytes(attachment) > limits.fileBytes()) {
        notices.add(
            "%s is too large: a file may have %d MiB (files.file_mib)."
                .formatted(name, limits.fileBytes() >> 20));
        continue;
      }
      try {
        byte[] content = content(incoming, attachment);
        FileImporter.Request request =
            new FileImporter.Request(
                incoming.team().id(), incoming.conversation().value(), attachment.name(), content);
        switch (importer.read(request)) {
          case FileImporter.NotRead(String message) -> notices.add(message);
          case FileImporter.Read(var files, var about) -> {
            notices.addAll(about);
            for (FileImporter.ImportedFile file : files) {
              keep(incoming.conversation(), file)
                  .ifPresentOrElse(notices::add, () -> names.add(file.name()));
            }
          }
        }
      } catch (DeliveryException e) {
        notices.add("%s could not be fetched: %s".formatted(name, e.getMessage()));
      }
    }
    return new Imported(names, notices);
  }

  private static long bytes(Attachment attachment) {
    return switch (attachment) {
      case Attachment.Inline inline -> inline.content().length;
      case Attachment.Remote remote -> remote.bytes();
    };
  }

  private byte[] content(Incoming incoming, Attachment attachment)
      throws DeliveryException, InterruptedException {
    return switch (attachment) {
      case Attachment.Inline inline -> inline.content();
      case Attachment.Remote remote -> fetcher.fetch(incoming, remote, limits.fileBytes());
    };
  }

  /** Why it was not kept; empty when it was. */
  private Optional<String> keep(ConversationId conversation, FileImporter.ImportedFile file) {
    long size = file.content().length;
    if (store.files().bytesOf(conversation) + size > limits.conversationBytes()) {
      return Optional.of(
          "%s was not kept: the files of a conversation may have %d MiB together (files.conversation_mib). \"files\" lists them, \"drop NAME\" removes one."
              .formatted(file.name(), limits.conversationBytes() >> 20));
    }
    if (store.files().bytesOfTeam(conversation) + size > limits.teamBytes()) {
      return Optional.of(
          "%s was not kept: the team's files have reached %d MiB together (files.team_mib). Drop some that are needed no more."
              .formatted(file.name(), limits.teamBytes() >> 20));
    }
    StoredFile kept = store.files().put(conversation, file.name(), file.content(), 0);
    profiles.put(kept.id(), file.profile());
    return Optional.empty();
  }
}
