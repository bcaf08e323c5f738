package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.Schedule;
import dev.reckon.core.store.Schedules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

record JdbiSchedules(Database database, Json json) implements Schedules {
  private static final String SELECT =
      "select schedule.*, team.name as team_name from schedule join team on team.id ="
          + " schedule.team";

  @Override
  public Schedule add(Schedule schedule) {
    Address place = schedule.address();
    return database.write(
        handle -> {
          long id =
              handle
                  .createQuery(
                      "insert into schedule (surface, channel, number, conversation, team, person,"
                          + " person_name, address, recurrence, zone, task, watch, next_at,"
                          + " created_at) values (:surface, :channel, (select"
                          + " coalesce(max(number), 0) + 1 from schedule where surface = :surface"
                          + " and channel = :channel), :conversation, :team, :person, :name,"
                          + " :address, :recurrence, :zone, :task, :watch, :next, :created)"
                          + " returning id")
                  .bind("surface", place.surface())
                  .bind("channel", place.channel())
                  .bind("conversation", schedule.conversation().value())
                  .bind("team", schedule.team().id())
                  .bind("person", schedule.person())
                  .bind("name", schedule.personName())
                  .bind("address", json.write(place))
                  .bind("recurrence", schedule.recurrence())
                  .bind("zone", schedule.zone())
                  .bind("task", schedule.task())
                  .bind("watch", schedule.watch())
                  .bind("next", schedule.nextAt().toEpochMilli())
                  .bind("created", schedule.createdAt().toEpochMilli())
                  .mapTo(Long.class)
                  .one();
          schedule
              .files()
              .forEach(
                  file ->
                      handle.execute(
                          "insert into schedule_file (schedule, name) values (?, ?)", id, file));
          return find(id).orElseThrow();
        });
  }

  @Override
  public Optional<Schedule> find(long id) {
    return database.read(
        handle ->
            handle
                .createQuery(SELECT + " where schedule.id = :id")
                .bind("id", id)
                .map((row, context) -> schedule(handle, row))
                .findOne());
  }

  @Override
  public Optional<Schedule> byNumber(Address place, int number) {
    return list(place).stream().filter(one -> one.number() == number).findFirst();
  }

  @Override
  public List<Schedule> list(Address place) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + " where schedule.surface = :surface and schedule.channel = :channel"
                        + " order by schedule.number")
                .bind("surface", place.surface())
                .bind("channel", place.channel())
                .map((row, context) -> schedule(handle, row))
                .list());
  }

  @Override
  public int count(String team) {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from schedule where team = :team")
                .bind("team", team)
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public List<Schedule> due(Set<String> surfaces, Instant now) {
    if (surfaces.isEmpty()) {
      return List.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + " where schedule.next_at <= :now and schedule.paused = ''"
                        + " and schedule.surface in (<surfaces>) order by schedule.next_at,"
                        + " schedule.id")
                .bindList("surfaces", surfaces)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> schedule(handle, row))
                .list());
  }

  @Override
  public Optional<Instant> nextAt(Set<String> surfaces) {
    if (surfaces.isEmpty()) {
      return Optional.empty();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select next_at from schedule where paused = '' and surface in (<surfaces>)"
                        + " order by next_at limit 1")
                .bindList("surfaces", surfaces)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  @Override
  public void dueAt(long id, Instant next) {
    database.update("update schedule set next_at = ? where id = ?", next.toEpochMilli(), id);
  }

  @Override
  public void pause(long id, String reason) {
    database.update("update schedule set paused = ? where id = ?", reason, id);
  }

  @Override
  public void resume(long id, Person person, Instant next) {
    database.update(
        "update schedule set paused = '', person = ?, person_name = ?, next_at = ? where id = ?",
        person.id(),
        person.name(),
        next.toEpochMilli(),
        id);
  }

  @Override
  public void ran(long id, Schedule.Run run) {
    database.update(
        "update schedule set last_number = ?, last_at = ?, last_data = ?, last_value = ?,"
            + " last_met = ?, last_problem = ? where id = ?",
        run.number(),
        run.at().toEpochMilli(),
        run.data(),
        run.value(),
        run.met() ? 1 : 0,
        run.problem(),
        id);
  }

  @Override
  public boolean remove(long id) {
    return database.update("delete from schedule where id = ?", id) > 0;
  }

  private Schedule schedule(Handle handle, ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new Schedule(
        id,
        row.getInt("number"),
        new ConversationId(row.getString("conversation")),
        new Team(row.getString("team"), row.getString("team_name")),
        row.getString("person"),
        row.getString("person_name"),
        json.read(row.getString("address"), Address.class),
        row.getString("recurrence"),
        row.getString("zone"),
        row.getString("task"),
        row.getString("watch"),
        handle
            .createQuery("select name from schedule_file where schedule = :id order by name")
            .bind("id", id)
            .mapTo(String.class)
            .list(),
        row.getString("paused"),
        Instant.ofEpochMilli(row.getLong("next_at")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        new Schedule.Run(
            row.getInt("last_number"),
            Instant.ofEpochMilli(row.getLong("last_at")),
            row.getString("last_data"),
            row.getString("last_value"),
            row.getInt("last_met") == 1,
            row.getString("last_problem")));
  }
}
