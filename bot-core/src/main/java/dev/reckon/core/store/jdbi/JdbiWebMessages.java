package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.WebMessages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

record JdbiWebMessages(Database database, Json json, Clock clock) implements WebMessages {
  private static final int LONGEST_TITLE = 80;

  /** What is searched of one message. */
  private static final int SEARCHED = 4_000;

  private static final String INSERT =
      """
      insert into web_message (conversation, sent, turn, body, words, version, created_at)
      values (:conversation, :sent, :turn, :body, :words,
        coalesce((select max(version) from web_message), 0) + 1, :now)
      returning id
      """;

  @Override
  public boolean asked(ConversationId conversation, String person, String sent, Asked asked) {
    return database.write(
        handle -> {
          boolean known =
              handle
                  .createQuery("select 1 from web_message where sent = :sent")
                  .bind("sent", sent)
                  .mapTo(Integer.class)
                  .findOne()
                  .isPresent();
          if (known) {
            return false;
          }
          handle.execute(
              "insert into web_conversation (id, person, title, created_at, updated_at)"
                  + " values (?, ?, ?, ?, ?) on conflict (id) do update set updated_at ="
                  + " excluded.updated_at",
              conversation.value(),
              person,
              title(asked),
              clock.millis(),
              clock.millis());
          insert(handle, conversation, sent, 0, new Body(asked, null), words(asked));
          return true;
        });
  }

  @Override
  public Optional<Long> answered(ConversationId conversation, Answered answered) {
    return database.write(
        handle ->
            handle.execute(
                        "update web_conversation set updated_at = ? where id = ?",
                        clock.millis(),
                        conversation.value())
                    == 0
                ? Optional.empty()
                : Optional.of(
                    insert(
                        handle,
                        conversation,
                        null,
                        answered.reply().turn(),
                        new Body(null, answered),
                        words(answered))));
  }

  private long insert(
      Handle handle,
      ConversationId conversation,
      @Nullable String sent,
      long turn,
      Body body,
      String words) {
    return handle
        .createQuery(INSERT)
        .bind("conversation", conversation.value())
        .bind("sent", sent)
        .bind("turn", turn)
        .bind("body", json.write(body))
        .bind("words", words)
        .bind("now", clock.millis())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public boolean change(long id, Answered answered) {
    String body = json.write(new Body(null, answered));
    return database.write(
        handle -> {
          Optional<String> before =
              handle
                  .createQuery("select body from web_message where id = :id")
                  .bind("id", id)
                  .mapTo(String.class)
                  .findOne();
          if (before.isPresent() && !before.get().equals(body)) {
            handle.execute(
                "update web_message set body = ?, words = ?, turn = ?,"
                    + " version = (select max(version) from web_message) + 1 where id = ?",
                body,
                words(answered),
                answered.reply().turn(),
                id);
          }
          return before.isPresent();
        });
  }

  @Override
  public Optional<WebMessage> find(long id) {
    return messages("id = :id", "id", 1, query -> query.bind("id", id)).stream().findFirst();
  }

  @Override
  public Optional<WebConversation> conversation(ConversationId id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from web_conversation where id = :id")
                .bind("id", id.value())
                .map((row, context) -> conversation(row))
                .findOne());
  }

  @Override
  public List<WebConversation> conversations(String person, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from web_conversation where person = :person"
                        + " order by updated_at desc, id limit :most")
                .bind("person", person)
                .bind("most", most)
                .map((row, context) -> conversation(row))
                .list());
  }

  @Override
  public List<WebMessage> upTo(ConversationId conversation, long last, int most) {
    return messages(
            "conversation = :conversation and id <= :last",
            "id desc",
            most,
            query -> query.bind("conversation", conversation.value()).bind("last", last))
        .reversed();
  }

  @Override
  public List<WebMessage> since(ConversationId conversation, long version, int most) {
    return messages(
        "conversation = :conversation and version > :version",
        "version",
        most,
        query -> query.bind("conversation", conversation.value()).bind("version", version));
  }

  @Override
  public long version(ConversationId conversation) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select coalesce((select max(version) from web_message"
                        + " where conversation = :conversation), 0)")
                .bind("conversation", conversation.value())
                .mapTo(Long.class)
                .one());
  }

  @Override
  public List<WebMessage> search(String person, List<String> words, int most) {
    String all =
        IntStream.range(0, words.size())
            .mapToObj(i -> " and words like :word" + i + " escape '!'")
            .collect(Collectors.joining());
    return messages(
        "conversation in (select id from web_conversation where person = :person)" + all,
        "id desc",
        most,
        query -> {
          query.bind("person", person);
          for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).toLowerCase(Locale.ROOT);
            query.bind("word" + i, "%" + word.replaceAll("([!%_])", "!$1") + "%");
          }
          return query;
        });
  }

  @Override
  public boolean delete(ConversationId conversation, String person) {
    return database.write(
        handle -> {
          boolean mine =
              conversation(conversation).filter(one -> one.person().equals(person)).isPresent();
          if (mine) {
            handle.execute("delete from web_message where conversation = ?", conversation.value());
            handle.execute("delete from web_conversation where id = ?", conversation.value());
          }
          return mine;
        });
  }

  private List<WebMessage> messages(String where, String order, int most, Bound bound) {
    return database.read(
        handle ->
            bound
                .to(
                    handle.createQuery(
                        "select * from web_message where "
                            + where
                            + " order by "
                            + order
                            + " limit :most"))
                .bind("most", most)
                .map((row, context) -> message(row))
                .list());
  }

  private WebMessage message(ResultSet row) throws SQLException {
    return new WebMessage(
        row.getLong("id"),
        new ConversationId(row.getString("conversation")),
        row.getLong("turn"),
        json.read(row.getString("body"), Body.class),
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  private static WebConversation conversation(ResultSet row) throws SQLException {
    return new WebConversation(
        new ConversationId(row.getString("id")),
        row.getString("person"),
        row.getString("title"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  private static String title(Asked asked) {
    String text = asked.text().replace("```python", " ").replace("```", " ");
    String line = text.strip().replaceAll("\\s+", " ");
    String title = line.isEmpty() ? String.join(", ", asked.files()) : line;
    return Truncation.cut(title.isEmpty() ? "…" : title, LONGEST_TITLE);
  }

  private static String words(Asked asked) {
    return searched(Stream.concat(Stream.of(asked.text()), asked.files().stream()));
  }

  private static String words(Answered answered) {
    return searched(
        Stream.concat(
            Stream.of(answered.reply().headline()),
            answered.reply().blocks().stream().map(Block::plainText)));
  }

  private static String searched(Stream<String> parts) {
    String all = parts.filter(Objects::nonNull).collect(Collectors.joining(" "));
    String start = all.substring(0, Truncation.boundary(all, Math.min(all.length(), SEARCHED)));
    return start.toLowerCase(Locale.ROOT);
  }

  /** Gives a query its values. */
  private interface Bound {
    Query to(Query query);
  }
}
