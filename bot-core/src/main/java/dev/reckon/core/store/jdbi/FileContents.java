package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.ContentHash;
import dev.reckon.core.store.LargeFiles;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import dev.reckon.core.store.StoredObjects;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of files: small ones are in the table {@code content}, once for all files; large ones
 * in an object store, if there is one, once for each conversation.
 *
 * <p>No transaction waits for an object store. A large content is sent before the transaction that
 * stores its file ({@link #prepare}); what was not is kept in the database. The row of an object is
 * written before its bytes are sent and deleted after they are, so a process that ends at any
 * moment leaves no object behind that nobody knows of. A key is used once: whoever deletes an
 * object late cannot hit one that was stored again.
 */
final class FileContents implements StoredObjects, AutoCloseable {
  /** No upload takes that long; what nobody needed until then is left over from one that ended. */
  static final Duration LONGEST_UPLOAD = Duration.ofDays(1);

  private static final int AT_ONCE = 100;
  private static final int HASHED = 16;

  private final Database database;
  private final @Nullable PatientObjects objects;
  private final int fromBytes;
  private final Clock clock;

  FileContents(Database database, Optional<LargeFiles> large, Duration patience, Clock clock) {
    this.database = database;
    this.objects = large.map(files -> new PatientObjects(files.objects(), patience)).orElse(null);
    this.fromBytes = large.map(LargeFiles::fromBytes).orElse(Integer.MAX_VALUE);
    this.clock = clock;
  }

  /** Sends a large content to the object store; waits for one that is away. */
  void prepare(ConversationId conversation, byte[] content) {
    PatientObjects store = objects;
    if (store == null || content.length < fromBytes || database.isInTransaction()) {
      return;
    }
    String sha256 = ContentHash.of(content);
    if (database.write(handle -> find(handle, conversation, sha256)).isPresent()) {
      return;
    }
    String key =
        "%s/%s-%s"
            .formatted(
                ContentHash.of(conversation.value()).substring(0, HASHED),
                sha256,
                UUID.randomUUID());
    database.update(
        "insert into stored_object (key, conversation, sha256, bytes, state, since)"
            + " values (?, ?, ?, ?, 'SENDING', ?)",
        key,
        conversation.value(),
        sha256,
        content.length,
        clock.millis());
    String state = "GOING";
    try {
      store.put(key, content);
      state = "SENT";
    } finally {
      database.update(
          "update stored_object set state = ?, since = ? where key = ? and state = 'SENDING'",
          state,
          clock.millis(),
          key);
    }
  }

  /** Lets what was prepared be swept, unless a file uses it. */
  void abandon(ConversationId conversation, byte[] content) {
    if (objects != null && content.length >= fromBytes) {
      database.update(
          "update stored_object set state = 'GOING' where conversation = ? and sha256 = ?"
              + " and state = 'SENT'",
          conversation.value(),
          ContentHash.of(content));
    }
  }

  /** An object of the conversation with that content, which is not swept for a while. */
  private Optional<String> find(Handle handle, ConversationId conversation, String sha256) {
    Optional<String> found =
        handle
            .createQuery(
                "select key from stored_object where conversation = :conversation"
                    + " and sha256 = :sha256 and state in ('SENT', 'USED') limit 1")
            .bind("conversation", conversation.value())
            .bind("sha256", sha256)
            .mapTo(String.class)
            .findFirst();
    found.ifPresent(
        key ->
            handle.execute(
                "update stored_object set since = ? where key = ?", clock.millis(), key));
    return found;
  }

  /**
   * Keeps a content for a file that the same transaction adds: refers to the object that was sent
   * ahead, or stores the bytes in the database.
   *
   * @return the object's key, or null where the bytes are in the database
   */
  @Nullable String keep(Handle handle, ConversationId conversation, String sha256, byte[] content) {
    Optional<String> object =
        objects == null || content.length < fromBytes
            ? Optional.empty()
            : find(handle, conversation, sha256);
    if (object.isPresent()) {
      handle.execute("update stored_object set state = 'USED' where key = ?", object.get());
      return object.get();
    }
    // Writes a row that is there, too: whoever deletes it at the same time then conflicts with
    // this.
    handle.execute(
        "insert into content (sha256, bytes, content) values (?, ?, ?)"
            + " on conflict (sha256) do update set bytes = excluded.bytes",
        sha256,
        content.length,
        content);
    return null;
  }

  /** Where one file's bytes are. */
  @SuppressWarnings("ArrayRecordComponent") // on its way out of the store, compared by nobody
  private record Place(
      String sha256, @Nullable String object, byte @Nullable [] content, String name) {}

  private static Optional<Place> place(Handle handle, String id) {
    return handle
        .createQuery(
            "select file.sha256, file.object, file.name, content.content from file"
                + " left join content on content.sha256 = file.sha256 where file.id = :id")
        .bind("id", id)
        .map(
            (row, context) ->
                new Place(
                    row.getString("sha256"),
                    row.getString("object"),
                    row.getBytes("content"),
                    row.getString("name")))
        .findOne();
  }

  /**
   * A file's bytes; empty where there is no such file any more. Waits for an object store that is
   * away.
   *
   * @throws IllegalStateException in a transaction, where an object store would have to be asked
   * @throws StoreException when they cannot be read
   */
  Optional<byte[]> read(String id) {
    Optional<Place> place = database.read(handle -> place(handle, id));
    Optional<byte[]> content = place.flatMap(there -> content(there, PatientObjects::get));
    if (content.isPresent() || database.read(handle -> place(handle, id)).isEmpty()) {
      return content; // it may have been deleted meanwhile
    }
    throw lost(place.orElseThrow(), "is not there");
  }

  /** The same for a caller who reads on its own connection, which must not wait. */
  byte[] read(Handle handle, String id) {
    Place place = place(handle, id).orElseThrow();
    return content(place, PatientObjects::getNow).orElseThrow(() -> lost(place, "is not there"));
  }

  private Optional<byte[]> content(
      Place place, BiFunction<PatientObjects, String, Optional<byte[]>> get) {
    if (place.content() != null || place.object() == null) {
      return Optional.ofNullable(place.content());
    }
    PatientObjects store = objects;
    if (store == null) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          "The file "
              + place.name()
              + " is in an object store, and files.store names none. Set files.store to the one"
              + " that was in use when the file was stored.");
    }
    if (database.isInTransaction()) {
      throw new IllegalStateException(
          "an object store is not read in a transaction, which others wait for: read before it");
    }
    Optional<byte[]> content = get.apply(store, place.object());
    if (content.isPresent() && !ContentHash.of(content.get()).equals(place.sha256())) {
      throw lost(place, "has other contents than were stored");
    }
    return content;
  }

  private StoreException lost(Place place, String what) {
    return new StoreException(
        Kind.CORRUPT,
        "The file %s %s in %s, key %s. Restore it there from a backup, or attach the file again."
            .formatted(
                place.name(),
                what,
                objects == null ? "the database" : objects.place(),
                place.object()));
  }

  /** Contents whose files were deleted in the same transaction, unless others have them too. */
  static void release(Handle handle, Set<String> contents, Set<String> stored) {
    for (String sha256 : contents) {
      handle.execute(
          """
          delete from content where sha256 = ? and not exists
            (select 1 from file where file.sha256 = content.sha256 and file.object is null)
          """,
          sha256);
    }
    for (String key : stored) {
      handle.execute(
          """
          update stored_object set state = 'GOING' where key = ? and not exists
            (select 1 from file where file.object = stored_object.key)
          """,
          key);
    }
  }

  @Override
  public Kept kept() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select count(*) as objects, coalesce(sum(bytes), 0) as bytes"
                        + " from stored_object where state = 'USED'")
                .map((row, context) -> new Kept(row.getLong("objects"), row.getLong("bytes")))
                .one());
  }

  @Override
  public int sweep() {
    PatientObjects store = objects;
    if (store == null) {
      return 0;
    }
    database.update(
        "update stored_object set state = 'GOING' where state in ('SENDING', 'SENT')"
            + " and since < ?",
        clock.millis() - LONGEST_UPLOAD.toMillis());
    int deleted = 0;
    List<String> going;
    do {
      going =
          database.read(
              handle ->
                  handle
                      .createQuery(
                          "select key from stored_object where state = 'GOING'"
                              + " order by since limit :most")
                      .bind("most", AT_ONCE)
                      .mapTo(String.class)
                      .list());
      for (String key : going) {
        store.deleteNow(key);
        database.update("delete from stored_object where key = ? and state = 'GOING'", key);
        deleted++;
      }
    } while (!going.isEmpty() && !Thread.currentThread().isInterrupted());
    return deleted;
  }

  @Override
  public void probe() {
    PatientObjects store = objects;
    if (store != null && !store.answers()) {
      store.probe(UUID.randomUUID().toString());
    }
  }

  @Override
  public boolean answers() {
    PatientObjects store = objects;
    return store == null || store.answers();
  }

  @Override
  public void close() {
    PatientObjects store = objects;
    if (store != null) {
      store.close();
    }
  }
}
