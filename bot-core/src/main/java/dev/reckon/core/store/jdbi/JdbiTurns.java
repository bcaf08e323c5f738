package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record JdbiTurns(Database database, Json json, Clock clock) implements Turns {
  /** What a record holds; a running turn's state, the largest column, is not read. */
  private static final String SELECT =
      "select t.id, t.conversation, t.number, t.person, t.kind, t.request, t.result,"
          + " t.cancelled_by, t.started_at, t.ended_at, p.name as person_name, x.name as"
          + " disputed_by_name from turn t join person p on p.id = t.person left join person x on"
          + " x.id = t.disputed_by ";

  @Override
  public TurnRecord begin(
      ConversationId conversation,
      OptionalLong delivery,
      Person person,
      TurnKind kind,
      String request) {
    return database.write(
        handle -> {
          if (delivery.isPresent()) {
            Optional<TurnRecord> begun = byDelivery(delivery.getAsLong());
            if (begun.isPresent()) {
              return begun.get();
            }
          }
          long id =
              handle
                  .createQuery(
                      "insert into turn (conversation, number, delivery, person, kind, request,"
                          + " started_at) values (:conversation, (select coalesce(max(number), 0)"
                          + " + 1 from turn where conversation = :conversation), :delivery,"
                          + " :person, :kind, :request, :now) returning id")
                  .bind("conversation", conversation.value())
                  .bind("delivery", delivery.isPresent() ? (Long) delivery.getAsLong() : null)
                  .bind("person", person.id())
                  .bind("kind", kind.name())
                  .bind("request", request)
                  .bind("now", clock.millis())
                  .mapTo(Long.class)
                  .one();
          return find(id).orElseThrow();
        });
  }

  @Override
  public void saveState(long turn, int format, String json) {
    database.write(
        handle -> {
          handle.execute(
              "update turn set state_format = ?, state = ? where id = ? and ended_at is null",
              format,
              json,
              turn);
          // It came forward: whatever ended a process before, this step did not.
          return handle.execute(
              "update delivery set deaths = 0 where deaths > 0 and seq ="
                  + " (select delivery from turn where id = ?)",
              turn);
        });
  }

  @Override
  public Optional<String> state(long turn) {
    return database.read(
        handle ->
            handle
                .createQuery("select state from turn where id = :id and state is not null")
                .bind("id", turn)
                .mapTo(String.class)
                .findOne());
  }

  @Override
  public void addCall(long turn, Call call) {
    database.update(
        "insert into usage (turn, purpose, model, input_tokens, output_tokens, cost_usd, at)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        turn,
        call.purpose(),
        call.model(),
        call.inputTokens(),
        call.outputTokens(),
        call.costUsd(),
        clock.millis());
  }

  @Override
  public void finish(TurnResult result) {
    database.write(
        handle -> {
          Usage usage = result.usage();
          int changed =
              handle.execute(
                  "update turn set status = ?, result = ?, state = null, calls = ?,"
                      + " input_tokens = ?, output_tokens = ?, cost_usd = ?, ended_at = ?"
                      + " where id = ? and ended_at is null",
                  result.status().name(),
                  json.write(result),
                  usage.calls(),
                  usage.inputTokens(),
                  usage.outputTokens(),
                  usage.costUsd(),
                  clock.millis(),
                  result.turn());
          if (changed > 0) {
            result.attempts().forEach(attempt -> add(handle, result.turn(), attempt));
            JdbiAudit.ended(handle, result, clock.millis());
          }
          return changed;
        });
  }

  @Override
  public void abandon(long turn) {
    database.update(
        "update turn set state = null, ended_at = ? where id = ? and ended_at is null",
        clock.millis(),
        turn);
  }

  private static void add(Handle handle, long turn, TurnResult.Attempt attempt) {
    TurnResult.Verification verdict = attempt.verdict();
    handle.execute(
        "insert into attempt (turn, number, step, code, status, output, error, answers, reason)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        turn,
        attempt.number(),
        attempt.step(),
        attempt.code(),
        attempt.status(),
        attempt.output(),
        attempt.error(),
        verdict == null ? null : (Object) (verdict.answers() ? 1 : 0),
        verdict == null ? null : verdict.reason());
  }

  @Override
  public Optional<TurnRecord> find(long turn) {
    return one("where t.id = ?", turn);
  }

  @Override
  public boolean isOf(long turn, String team) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select 1 from turn t join conversation c on c.id = t.conversation"
                        + " where t.id = :turn and c.team = :team")
                .bind("turn", turn)
                .bind("team", team)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  @Override
  public List<Address> addresses(long turn) {
    return database.read(
        handle -> {
          Stream<Address> asked =
              handle
                  .createQuery(
                      "select d.incoming from turn t join delivery d on d.seq = t.delivery"
                          + " where t.id = :turn")
                  .bind("turn", turn)
                  .mapTo(String.class)
                  .map(incoming -> json.read(incoming, Incoming.class).address())
                  .stream();
          Stream<Address> replied =
              handle
                  .createQuery("select address from outgoing where turn = :turn and turn > 0")
                  .bind("turn", turn)
                  .mapTo(String.class)
                  .map(address -> json.read(address, Address.class))
                  .stream();
          return Stream.concat(asked, replied).distinct().toList();
        });
  }

  @Override
  public List<MessageRef> posted(String surface, long turn) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select ref from posted where turn = :turn and turn > 0"
                        + " and surface = :surface")
                .bind("turn", turn)
                .bind("surface", surface)
                .mapTo(String.class)
                .map(MessageRef::new)
                .list());
  }

  @Override
  public Optional<TurnRecord> byNumber(ConversationId conversation, int number) {
    return one("where t.conversation = ? and t.number = ?", conversation.value(), number);
  }

  @Override
  public Optional<TurnRecord> byDelivery(long delivery) {
    return one("where t.delivery = ?", delivery);
  }

  @Override
  public Optional<TurnRecord> byMessage(String message) {
    return one(
        "join delivery d on d.seq = t.delivery join delivery m on m.id = ? and m.conversation ="
            + " d.conversation where d.id = m.id or json_extract(d.incoming,"
            + " '$.content.delivery') = m.id order by t.id desc limit 1",
        message);
  }

  @Override
  public Optional<TurnRecord> lastWithCode(ConversationId conversation) {
    return one(
        "join conversation c on c.id = t.conversation where t.conversation = ? and t.id >"
            + " c.forgotten_through and t.ended_at is not null and t.kind <> 'ALERT' and"
            + " coalesce(json_extract(t.result, '$.code'), '') <> '' order by t.id desc limit 1",
        conversation.value());
  }

  @Override
  public List<TurnRecord> recent(ConversationId conversation, int most) {
    return all(
        "where t.conversation = ? and t.result is not null order by t.id desc limit ?",
        conversation.value(),
        most);
  }

  @Override
  public List<TurnRecord> askedBy(String person, int most) {
    return all(
        "where t.person = ? and t.kind = 'REQUEST' and t.result is not null"
            + " order by t.started_at desc, t.id desc limit ?",
        person,
        most);
  }

  @Override
  public List<TurnRecord> askedIn(String conversations, int most) {
    return all(
        "where t.conversation >= ? and t.conversation < ? and t.kind = 'REQUEST'"
            + " and t.result is not null order by t.started_at desc, t.id desc limit ?",
        conversations,
        conversations + Character.MAX_VALUE,
        most);
  }

  @Override
  public List<TurnRecord> context(ConversationId conversation, int most) {
    return all(
            "join conversation c on c.id = t.conversation where t.conversation = ?"
                + " and t.id > c.forgotten_through and t.ended_at is not null"
                + " and t.kind <> 'ALERT'"
                + " order by t.id desc limit ?",
            conversation.value(),
            most)
        .reversed();
  }

  @Override
  public List<TurnRecord> running(ConversationId conversation) {
    return all(
        "where t.conversation = ? and t.ended_at is null order by t.id", conversation.value());
  }

  @Override
  public void askToCancel(long turn, String person) {
    database.update(
        "update turn set cancelled_by = ? where id = ? and ended_at is null and cancelled_by is"
            + " null",
        person,
        turn);
  }

  @Override
  public List<Long> cancelled(Set<Long> turns) {
    return turns.isEmpty()
        ? List.of()
        : database.read(
            handle ->
                handle
                    .createQuery(
                        "select id from turn where id in (<turns>) and cancelled_by is not null"
                            + " and ended_at is null")
                    .bindList("turns", turns)
                    .mapTo(Long.class)
                    .list());
  }

  @Override
  public void dispute(long turn, String person, String complaint) {
    database.write(
        handle -> {
          handle.execute(
              "update turn set disputed_by = ?, dispute = ? where id = ?", person, complaint, turn);
          handle.execute("update audit set disputed = 1 where event = 'turn' and turn = ?", turn);
          return handle.execute(
              "update computation_version set flag = 'the answer it was saved from is disputed'"
                  + " where turn = ?",
              turn);
        });
  }

  private Optional<TurnRecord> one(String where, Object... arguments) {
    return all(where, arguments).stream().findFirst();
  }

  private List<TurnRecord> all(String where, Object... arguments) {
    return database.read(
        handle -> handle.select(SELECT + where, arguments).map((row, context) -> turn(row)).list());
  }

  private TurnRecord turn(ResultSet row) throws SQLException {
    @Nullable String result = row.getString("result");
    long ended = row.getLong("ended_at");
    return new TurnRecord(
        row.getLong("id"),
        new ConversationId(row.getString("conversation")),
        row.getInt("number"),
        row.getString("person"),
        row.getString("person_name"),
        TurnKind.valueOf(row.getString("kind")),
        row.getString("request"),
        result == null ? null : json.read(result, TurnResult.class),
        row.getString("cancelled_by"),
        row.getString("disputed_by_name"),
        Instant.ofEpochMilli(row.getLong("started_at")),
        ended == 0 ? null : Instant.ofEpochMilli(ended));
  }
}
