package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.ContentHash;
import dev.reckon.core.store.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record JdbiFiles(Database database, FileContents contents, Clock clock) implements Files {
  @Override
  public StoredFile put(ConversationId conversation, String name, byte[] content, long turn) {
    return put(conversation, name, name, content, turn);
  }

  @Override
  public StoredFile putAttached(
      ConversationId conversation, String name, String attached, byte[] content) {
    return put(conversation, name, attached, content, 0);
  }

  private StoredFile put(
      ConversationId conversation, String name, String attached, byte[] content, long turn) {
    contents.prepare(conversation, content);
    return database.write(
        handle -> {
          replace(handle, conversation, name);
          return add(handle, conversation, name, attached, content, turn, true);
        });
  }

  /** Whose content is to be shared; the key of its object, or null where the database has it. */
  private record Held(@Nullable String object) {}

  private static void replace(Handle handle, ConversationId conversation, String name) {
    handle.execute(
        "update file set current = 0 where conversation = ? and name = ?",
        conversation.value(),
        name);
  }

  @Override
  public void prepare(ConversationId conversation, byte[] content) {
    contents.prepare(conversation, content);
  }

  @Override
  public void abandon(ConversationId conversation, byte[] content) {
    contents.abandon(conversation, content);
  }

  @Override
  public Optional<StoredFile> copy(StoredFile file, ConversationId to) {
    return database.write(
        handle -> {
          Optional<Held> held =
              handle
                  .createQuery(
                      "select object from file where id = :id" + database.engine().lockingRows())
                  .bind("id", file.id())
                  .map((row, context) -> new Held(row.getString("object")))
                  .findOne();
          return held.map(
              there -> {
                replace(handle, to, file.name());
                StoredFile copy =
                    fresh(to, file.name(), file.attached(), file.bytes(), file.sha256(), 0);
                insert(handle, copy, there.object(), true);
                return copy;
              });
        });
  }

  @Override
  public StoredFile putAside(ConversationId conversation, String name, byte[] content, long turn) {
    contents.prepare(conversation, content);
    return database.write(handle -> add(handle, conversation, name, name, content, turn, false));
  }

  private StoredFile add(
      Handle handle,
      ConversationId conversation,
      String name,
      String attached,
      byte[] content,
      long turn,
      boolean current) {
    String sha256 = ContentHash.of(content);
    StoredFile file = fresh(conversation, name, attached, content.length, sha256, turn);
    insert(handle, file, contents.keep(handle, conversation, sha256, content), current);
    return file;
  }

  private StoredFile fresh(
      ConversationId conversation,
      String name,
      String attached,
      long bytes,
      String sha256,
      long turn) {
    return new StoredFile(
        UUID.randomUUID().toString(),
        conversation,
        name,
        attached,
        bytes,
        sha256,
        turn,
        Instant.ofEpochMilli(clock.millis()));
  }

  /**
   * @param object the key of the object that holds the content; null where the database does
   */
  private static void insert(
      Handle handle, StoredFile file, @Nullable String object, boolean current) {
    handle.execute(
        // Deliveries of a conversation are handled one after another: the oldest that waits is the
        // one that brought this file. forget-me goes by it.
        "insert into file (id, conversation, team, name, attached, sha256, bytes, turn,"
            + " current, created_at, object, person)"
            + " select ?, c.id, c.team, ?, ?, ?, ?, ?, ?, ?, ?,"
            + " (select json_extract(d.incoming, '$.person.id') from delivery d"
            + " where d.conversation = c.id and d.handled_at is null order by d.seq limit 1)"
            + " from conversation c where c.id = ?",
        file.id(),
        file.name(),
        file.attached().equals(file.name()) ? null : file.attached(),
        file.sha256(),
        file.bytes(),
        file.turn(),
        current ? 1 : 0,
        file.createdAt().toEpochMilli(),
        object,
        file.conversation().value());
  }

  @Override
  public List<StoredFile> list(ConversationId conversation) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from file where conversation = :conversation and current = 1"
                        + " order by name")
                .bind("conversation", conversation.value())
                .map((row, context) -> file(row))
                .list());
  }

  @Override
  public List<StoredFile> listAt(ConversationId conversation, Instant at) {
    Map<String, StoredFile> latest = new TreeMap<>();
    database
        .read(
            handle ->
                handle
                    .createQuery(
                        // What was put aside for a turn was never one of the conversation's.
                        "select * from file where conversation = :conversation and created_at <="
                            + " :at and (turn = 0 or current = 1) order by created_at, current")
                    .bind("conversation", conversation.value())
                    .bind("at", at.toEpochMilli())
                    .map((row, context) -> file(row))
                    .list())
        .forEach(file -> latest.put(file.name(), file));
    return List.copyOf(latest.values());
  }

  @Override
  public Optional<StoredFile> find(ConversationId conversation, String name) {
    return list(conversation).stream().filter(file -> file.name().equals(name)).findFirst();
  }

  @Override
  public Optional<byte[]> read(String id) {
    return contents.read(id);
  }

  @Override
  public boolean drop(ConversationId conversation, String name) {
    return database.write(
        handle ->
            delete(
                    handle,
                    "conversation = :conversation and name = :name",
                    Map.of("conversation", conversation.value(), "name", name))
                > 0);
  }

  /** Deletes files, and contents that no other file has; returns how many files there were. */
  static int delete(Handle handle, String where, Map<String, ?> arguments) {
    Set<String> contents = new HashSet<>();
    Set<String> objects = new HashSet<>();
    int files =
        handle
            .createQuery("delete from file where " + where + " returning sha256, object")
            .bindMap(arguments)
            .map(
                (row, context) -> {
                  String object = row.getString("object");
                  return object == null
                      ? contents.add(row.getString("sha256"))
                      : objects.add(object);
                })
            .list()
            .size();
    FileContents.release(handle, contents, objects);
    return files;
  }

  @Override
  public long bytesOf(ConversationId conversation) {
    return sum("conversation = :id", conversation);
  }

  @Override
  public long bytesOfTeam(ConversationId conversation) {
    return sum("team = (select team from conversation where id = :id)", conversation);
  }

  private long sum(String where, ConversationId conversation) {
    return database.read(
        handle ->
            handle
                .createQuery("select coalesce(sum(bytes), 0) from file where " + where)
                .bind("id", conversation.value())
                .mapTo(Long.class)
                .one());
  }

  private static StoredFile file(ResultSet row) throws SQLException {
    String name = row.getString("name");
    String attached = row.getString("attached");
    return new StoredFile(
        row.getString("id"),
        new ConversationId(row.getString("conversation")),
        name,
        attached == null ? name : attached,
        row.getLong("bytes"),
        row.getString("sha256"),
        row.getLong("turn"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
