package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Memory;
import dev.reckon.core.store.Preferences.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

record JdbiMemory(Database database, Clock clock) implements Memory {
  @Override
  public Note keep(Note note) {
    String subject = subject(note);
    return database.write(
        handle -> {
          handle.execute(
              "update memory set gone_at = ? where scope = ? and subject = ? and subject <> ''"
                  + " and gone_at is null",
              clock.millis(),
              note.scope().key(),
              subject);
          long number =
              handle
                  .createQuery(
                      "insert into memory (scope, kind, subject, term, text, version, author,"
                          + " author_name, confirmed_by, at) values (:scope, :kind, :subject,"
                          + " :term, :text, (select coalesce(max(version), 0) + 1 from memory"
                          + " where scope = :scope and subject = :subject and subject <> ''),"
                          + " :author, :name, :confirmed, :at) returning id")
                  .bind("scope", note.scope().key())
                  .bind("kind", note.kind().name())
                  .bind("subject", subject)
                  .bind("term", note.term())
                  .bind("text", note.text())
                  .bind("author", note.author())
                  .bind("name", note.authorName())
                  .bind("confirmed", note.confirmedBy())
                  .bind("at", note.at().toEpochMilli())
                  .mapTo(Long.class)
                  .one();
          return find(number).orElseThrow();
        });
  }

  /** What there is one of in a scope; empty for facts. */
  private static String subject(Note note) {
    return switch (note.kind()) {
      case INSTRUCTION -> "instruction";
      case DEFINITION -> "term " + note.term().toLowerCase(Locale.ROOT);
      case FACT -> "";
    };
  }

  @Override
  public List<Note> list(List<Scope> scopes) {
    List<Note> notes = new ArrayList<>();
    for (Scope scope : scopes) {
      notes.addAll(
          database.read(
              handle ->
                  handle
                      .createQuery(
                          "select * from memory where scope = :scope and gone_at is null"
                              + " order by id")
                      .bind("scope", scope.key())
                      .map((row, context) -> note(row))
                      .list()));
    }
    notes.sort((a, b) -> a.kind().compareTo(b.kind()));
    return List.copyOf(notes);
  }

  @Override
  public Optional<Note> find(long number) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from memory where id = :id and gone_at is null")
                .bind("id", number)
                .map((row, context) -> note(row))
                .findOne());
  }

  @Override
  public List<Note> versions(long number) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select m.* from memory m join memory asked on asked.scope = m.scope"
                        + " and asked.subject = m.subject where asked.id = :id"
                        + " and (m.subject <> '' or m.id = asked.id) order by m.version desc")
                .bind("id", number)
                .map((row, context) -> note(row))
                .list());
  }

  @Override
  public boolean forget(long number) {
    return database.update(
            "update memory set gone_at = ? where id = ? and gone_at is null",
            clock.millis(),
            number)
        > 0;
  }

  private static Note note(ResultSet row) throws SQLException {
    String[] scope = row.getString("scope").split(":", 2);
    return new Note(
        row.getLong("id"),
        new Scope(Scope.Of.valueOf(scope[0]), scope[1]),
        Kind.valueOf(row.getString("kind")),
        row.getString("term"),
        row.getString("text"),
        row.getInt("version"),
        row.getString("author"),
        row.getString("author_name"),
        row.getString("confirmed_by"),
        Instant.ofEpochMilli(row.getLong("at")));
  }
}
