package dev.reckon.core.files;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.Store;
import dev.reckon.core.surface.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
   * Fetches, reads and stores the files that came with a delivery. Files that an earlier call
   * stored are neither fetched nor stored again, so it can be called until it succeeds.
   *
   * @return what became of them all together
   * @throws AttachmentException for the first that could not be fetched; those before it are stored
   */
  public Deliveries.Imported importAll(Delivery delivery)
      throws AttachmentException, InterruptedException {
    List<Attachment> attachments = delivery.incoming().attachments();
    Map<Integer, Deliveries.Imported> done = store.deliveries().imported(delivery.seq());
    List<String> names = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    for (int i = 0; i < attachments.size(); i++) {
      Deliveries.Imported one = done.get(i);
      if (one == null) {
        FileImporter.Result read = read(delivery.incoming(), attachments.get(i));
        int position = i;
        one = store.inTransaction(() -> keep(delivery, position, read));
      }
      names.addAll(one.names());
      notices.addAll(one.notices());
    }
    return new Deliveries.Imported(names, notices);
  }

  private FileImporter.Result read(Incoming incoming, Attachment attachment)
      throws AttachmentException, InterruptedException {
    String name = FileNaming.clean(attachment.name());
    if (bytes(attachment) > limits.fileBytes()) {
      return new FileImporter.NotRead(
          "%s is too large: a file may have %d MiB (files.file_mib)."
              .formatted(name, limits.fileBytes() >> 20));
    }
    try {
      return importer.read(
          new FileImporter.Request(
              incoming.team().id(),
              incoming.conversation().value(),
              attachment.name(),
              content(incoming, attachment)));
    } catch (DeliveryException e) {
      throw new AttachmentException(name, e);
    }
  }

  private Deliveries.Imported keep(Delivery delivery, int position, FileImporter.Result read) {
    List<String> names = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    switch (read) {
      case FileImporter.NotRead(String message) -> notices.add(message);
      case FileImporter.Read(var files, var about) -> {
        notices.addAll(about);
        for (FileImporter.ImportedFile file : files) {
          keep(delivery.incoming().conversation(), file)
              .ifPresentOrElse(notices::add, () -> names.add(file.name()));
        }
      }
    }
    Deliveries.Imported outcome = new Deliveries.Imported(names, notices);
    store.deliveries().imported(delivery.seq(), position, outcome);
    return outcome;
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
