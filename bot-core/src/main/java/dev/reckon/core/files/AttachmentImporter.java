package dev.reckon.core.files;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.store.ContentHash;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.Transactions;
import dev.reckon.core.surface.DeliveryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Imports attached files into their conversation, within its limits. */
public final class AttachmentImporter {
  /** Files in memory at the same time, fetched or being read. */
  static final int MOST_AT_ONCE = 16;

  private final Deliveries deliveries;
  private final Files files;
  private final Transactions transactions;
  private final FileLimits limits;
  private final FileQuota quota;
  private final FileImporter importer;
  private final FileProfiles profiles;
  private final AttachmentFetcher fetcher;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);

  /**
   * @param profiles learns what the importer finds out about the files
   */
  public AttachmentImporter(
      Deliveries deliveries,
      Files files,
      Transactions transactions,
      FileLimits limits,
      FileImporter importer,
      FileProfiles profiles,
      AttachmentFetcher fetcher) {
    this.deliveries = deliveries;
    this.files = files;
    this.transactions = transactions;
    this.limits = limits;
    this.quota = new FileQuota(files, limits);
    this.importer = importer;
    this.profiles = profiles;
    this.fetcher = fetcher;
  }

  /**
   * Fetches, reads and stores the files that came with a delivery. Files that an earlier call
   * stored are neither fetched nor stored again, so it can be called until it succeeds. Where many
   * files are read at the same time, it waits for its turn: each of them is in memory.
   *
   * @return what became of them all together
   * @throws AttachmentException for the first that could not be fetched; those before it are stored
   */
  public Deliveries.Imported importAll(Delivery delivery)
      throws AttachmentException, InterruptedException {
    List<Attachment> attachments = delivery.incoming().attachments();
    Map<Integer, Deliveries.Imported> done = new HashMap<>(deliveries.imported(delivery.seq()));
    List<String> names = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    for (int i = 0; i < attachments.size(); i++) {
      Deliveries.Imported one = done.get(i);
      if (one == null) {
        FileImporter.Result read = read(delivery.incoming(), attachments.get(i));
        int position = i;
        Set<String> taken =
            done.values().stream()
                .flatMap(earlier -> earlier.names().stream())
                .collect(Collectors.toSet());
        one = prepareAndKeep(delivery, position, read, taken);
        done.put(i, one);
      }
      names.addAll(one.names());
      notices.addAll(one.notices());
    }
    return new Deliveries.Imported(names, notices);
  }

  /** What may take long is done before the transaction, and given up if that has no use for it. */
  private Deliveries.Imported prepareAndKeep(
      Delivery delivery, int position, FileImporter.Result read, Set<String> taken) {
    ConversationId conversation = delivery.incoming().conversation();
    List<byte[]> prepared = prepare(delivery.incoming(), read);
    Deliveries.Imported kept =
        transactions.inTransaction(() -> keep(delivery, position, read, taken));
    prepared.forEach(content -> files.abandon(conversation, content));
    return kept;
  }

  private List<byte[]> prepare(Incoming incoming, FileImporter.Result result) {
    ConversationId conversation = incoming.conversation();
    List<byte[]> prepared = new ArrayList<>();
    if (result instanceof FileImporter.Read(var read, var _)) {
      long bytes = 0;
      for (FileImporter.ImportedFile file : read) {
        long more = bytes + file.content().length;
        if (quota.refusal(conversation, file.name(), more, incoming.language()).isEmpty()) {
          files.prepare(conversation, file.content());
          prepared.add(file.content());
          bytes = more;
        }
      }
    }
    return prepared;
  }

  private FileImporter.Result read(Incoming incoming, Attachment attachment)
      throws AttachmentException, InterruptedException {
    String name = AttachmentNames.clean(attachment.name());
    if (bytes(attachment) > limits.fileBytes()) {
      return new FileImporter.NotRead(
          Label.ATTACHED_TOO_LARGE.in(incoming.language(), name, limits.fileBytes() >> 20));
    }
    places.acquire();
    try {
      return noticed(
          incoming.language(),
          attachment,
          importer.read(
              new FileImporter.Request(
                  incoming.team().id(),
                  incoming.conversation().value(),
                  attachment.name(),
                  content(incoming, attachment))));
    } catch (DeliveryException e) {
      throw new AttachmentException(name, e);
    } finally {
      places.release();
    }
  }

  private FileImporter.Result noticed(
      Language language, Attachment attachment, FileImporter.Result result) {
    Optional<String> notice =
        attachment instanceof Attachment.Remote remote
            ? fetcher.notice(remote, language)
            : Optional.empty();
    if (notice.isEmpty() || !(result instanceof FileImporter.Read(var files, var about))) {
      return result;
    }
    List<String> notices = new ArrayList<>(about);
    notices.addFirst(notice.get());
    return new FileImporter.Read(files, notices);
  }

  /**
   * Stores what was read.
   *
   * @param taken names of files that came with the same message: none of them is replaced
   */
  private Deliveries.Imported keep(
      Delivery delivery, int position, FileImporter.Result read, Set<String> taken) {
    List<String> names = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    switch (read) {
      case FileImporter.NotRead(String message) -> notices.add(message);
      case FileImporter.Read(var files, var about) -> {
        notices.addAll(about);
        String attached =
            AttachmentNames.clean(delivery.incoming().attachments().get(position).name());
        Set<String> used = new HashSet<>(taken);
        for (FileImporter.ImportedFile file : files) {
          keep(delivery.incoming(), file, attached, used, notices).ifPresent(names::add);
        }
      }
    }
    Deliveries.Imported outcome = new Deliveries.Imported(names, notices);
    deliveries.imported(delivery.seq(), position, outcome);
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

  /** The name under which it is kept; empty when it is not. */
  private Optional<String> keep(
      Incoming incoming,
      FileImporter.ImportedFile file,
      String attached,
      Set<String> used,
      List<String> notices) {
    ConversationId conversation = incoming.conversation();
    Language language = incoming.language();
    Optional<String> refusal =
        quota.refusal(conversation, file.name(), file.content().length, language);
    if (refusal.isPresent()) {
      notices.add(refusal.get());
      return Optional.empty();
    }
    String name = freeName(conversation, file.name(), attached, used);
    boolean itself = attached.equals(name);
    if (!name.equals(file.name())) {
      notices.add(
          itself
              ? Label.ATTACHED_RENAMED.in(language, file.name(), name)
              : Label.ATTACHED_RENAMED_FROM.in(language, file.name(), name, attached));
    }
    files
        .find(conversation, name)
        .filter(earlier -> !earlier.sha256().equals(ContentHash.of(file.content())))
        .ifPresent(
            earlier ->
                notices.add(
                    itself
                        ? Label.ATTACHED_REPLACED.in(language, name)
                        : Label.ATTACHED_REPLACED_FROM.in(language, name, attached)));
    StoredFile kept = files.putAttached(conversation, name, attached, file.content());
    profiles.put(kept.id(), file.profile().named(name));
    used.add(name);
    return Optional.of(name);
  }

  /**
   * The wanted name, or with a number: what came with the same message or from another attachment
   * keeps its own. What came from an attachment of the same name earlier is replaced.
   */
  private String freeName(
      ConversationId conversation, String wanted, String attached, Set<String> used) {
    Map<String, StoredFile> there =
        files.list(conversation).stream().collect(Collectors.toMap(StoredFile::name, file -> file));
    for (int i = 1; ; i++) {
      String name = i == 1 ? wanted : AttachmentNames.numbered(wanted, i);
      StoredFile earlier = there.get(name);
      if (!used.contains(name) && (earlier == null || earlier.attached().equals(attached))) {
        return name;
      }
    }
  }
}
