package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.Conversations;
import java.time.Clock;
import java.util.Optional;

record JdbiConversations(Database database, Json json, Clock clock) implements Conversations {
  @Override
  public void arrived(Incoming incoming) {
    long now = clock.millis();
    database.write(
        handle -> {
          handle.execute(
              "insert into person (id, name, standing, first_seen, last_seen) values (?, ?, ?, ?,"
                  + " ?) on conflict (id) do nothing",
              incoming.person().id(),
              incoming.person().name(),
              incoming.person().role().name(),
              now,
              now);
          handle.execute(
              "insert into team (id, name, first_seen) values (?, ?, ?)"
                  + " on conflict (id) do nothing",
              incoming.team().id(),
              incoming.team().name(),
              now);
          return handle.execute(
              "insert into conversation (id, team, first_seen, last_seen) values (?, ?, ?, ?)"
                  + " on conflict (id) do nothing",
              incoming.conversation().value(),
              incoming.team().id(),
              now,
              now);
        });
  }

  @Override
  public void seen(Incoming incoming) {
    long now = clock.millis();
    Person person = incoming.person();
    Team team = incoming.team();
    database.write(
        handle -> {
          handle.execute(
              "insert into person (id, name, standing, first_seen, last_seen) values (?, ?, ?, ?,"
                  + " ?) on conflict (id) do update set name = excluded.name, standing ="
                  + " excluded.standing, last_seen = excluded.last_seen",
              person.id(),
              person.name(),
              person.role().name(),
              now,
              now);
          handle.execute(
              "insert into team (id, name, first_seen) values (?, ?, ?)"
                  + " on conflict (id) do update set name = excluded.name",
              team.id(),
              team.name(),
              now);
          return handle.execute(
              "insert into conversation (id, team, first_seen, last_seen) values (?, ?, ?, ?)"
                  + " on conflict (id) do update set last_seen = excluded.last_seen",
              incoming.conversation().value(),
              team.id(),
              now,
              now);
        });
  }

  @Override
  public void startAfresh(ConversationId conversation) {
    database.update(
        "update conversation set forgotten_through ="
            + " coalesce((select max(id) from turn where conversation = conversation.id), 0)"
            + " where id = ?",
        conversation.value());
  }

  @Override
  public void move(ConversationId from, ConversationId to, Team team, Address address) {
    if (!from.equals(to)) {
      database.write(
          handle -> new ConversationMove(handle, json, from, to, team, address).perform());
    }
  }

  @Override
  public Optional<Team> team(ConversationId conversation) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select t.id, t.name from team t join conversation c on c.team = t.id"
                        + " where c.id = :id")
                .bind("id", conversation.value())
                .map((row, context) -> new Team(row.getString("id"), row.getString("name")))
                .findOne());
  }

  @Override
  public Optional<Person> person(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("select id, name, standing from person where id = :id")
                .bind("id", id)
                .map(
                    (row, context) ->
                        new Person(
                            row.getString("id"),
                            row.getString("name"),
                            Person.Role.valueOf(row.getString("standing"))))
                .findOne());
  }
}
