package dev.reckon.core.store.jdbi;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.reckon.core.store.Export;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;

/** Each table as it is when its turn comes, so that an export of a store in use holds nobody up. */
record JdbiExport(Database database, FileContents contents, Json json) implements Export {
  private static final Set<String> TIMES = Set.of("at", "first_seen", "last_seen");
  private static final Set<String> JSON =
      Set.of("incoming", "result", "state", "parameters", "columns", "address", "body");
  private static final int ROWS_AT_ONCE = 100;
  private static final String EVERYTHING = ":person is not null";
  private static final String MINE = "(select id from turn where person = :person)";

  /** What is handed out: a table, which of its rows are one person's, and their order. */
  private record Part(String table, String mine, String order) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("person", "id = :person", "first_seen, id"),
          new Part("team", "id = :person", "first_seen, id"),
          new Part(
              "conversation",
              "id in (select conversation from turn where person = :person)",
              "first_seen, id"),
          new Part("delivery", "json_extract(incoming, '$.person.id') = :person", "seq"),
          new Part("turn", "person = :person", "id"),
          new Part("attempt", "turn in " + MINE, "turn, number"),
          new Part("usage", "turn in " + MINE, "id"),
          new Part("feedback", "person = :person or turn in " + MINE, "turn, at, person"),
          new Part(
              "computation",
              "id in (select computation from computation_version where saved_by = :person)",
              "id"),
          new Part("computation_version", "saved_by = :person", "computation, version"),
          new Part("memory", "author = :person or scope = 'TEAM:' || :person", "id"),
          new Part("schedule", "person = :person", "id"),
          new Part(
              "schedule_file",
              "schedule in (select id from schedule where person = :person)",
              "schedule, name"),
          new Part("setting", "scope = 'PERSON:' || :person or set_by = :person", "scope, name"),
          new Part(
              "file", "person = :person or (turn > 0 and turn in " + MINE + ")", "created_at, id"),
          new Part("audit", "person = :person", "id"),
          new Part("policy_change", "person = :person", "id"),
          new Part("web_share", "person = :person", "id"),
          new Part("web_conversation", "person = :person", "created_at, id"),
          new Part(
              "web_message",
              "conversation in (select id from web_conversation where person = :person)",
              "id"));

  @Override
  public void write(Optional<String> person, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    try {
      database.readNow(
          handle -> {
            PARTS.forEach(part -> table(handle, part, person, zip));
            return files(handle, person, zip);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    zip.finish();
  }

  private void table(Handle handle, Part part, Optional<String> person, ZipOutputStream zip) {
    entry(zip, part.table() + ".jsonl");
    String where = " where " + (person.isPresent() ? part.mine() : EVERYTHING);
    try (var rows =
        handle
            .createQuery("select * from " + part.table() + where + " order by " + part.order())
            .bind("person", person.orElse(""))
            .setFetchSize(ROWS_AT_ONCE)
            .mapToMap()
            .stream()) {
      rows.forEach(row -> line(zip, row));
    }
  }

  private int files(Handle handle, Optional<String> person, ZipOutputStream zip) {
    String where = " where " + (person.isPresent() ? mineOfFiles() : EVERYTHING);
    List<String> ids =
        handle
            .createQuery("select id from file" + where)
            .bind("person", person.orElse(""))
            .mapTo(String.class)
            .list();
    for (String id : ids) {
      byte[] content = contents.read(handle, id);
      // Names are hostile; file.jsonl says which id has which.
      entry(zip, "files/" + id);
      write(zip, content);
    }
    return ids.size();
  }

  private static String mineOfFiles() {
    return PARTS.stream()
        .filter(part -> part.table().equals("file"))
        .findFirst()
        .orElseThrow()
        .mine();
  }

  private void line(ZipOutputStream zip, Map<String, Object> row) {
    Map<String, Object> readable = new LinkedHashMap<>();
    row.forEach((name, value) -> readable.put(name, readable(name, value)));
    write(zip, (json.plain(readable) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Object readable(String name, Object value) {
    if (value instanceof Number millis && (TIMES.contains(name) || name.endsWith("_at"))) {
      return Instant.ofEpochMilli(millis.longValue()).toString();
    }
    return value instanceof String text && JSON.contains(name) ? new RawValue(text) : value;
  }

  private static void entry(ZipOutputStream zip, String name) {
    try {
      zip.putNextEntry(new ZipEntry(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(ZipOutputStream zip, byte[] bytes) {
    try {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
