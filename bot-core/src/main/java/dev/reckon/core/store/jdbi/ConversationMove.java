package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Team;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Moves all that is kept for a conversation to another, inside one transaction. */
record ConversationMove(
    Handle handle, Json json, ConversationId from, ConversationId to, Team team, Address address) {

  /** Returns how many conversations moved: one, or none when nothing was kept for it. */
  int perform() {
    String oldTeam =
        handle
            .createQuery("select team from conversation where id = :id")
            .bind("id", from.value())
            .mapTo(String.class)
            .findOne()
            .orElse(null);
    if (oldTeam == null) {
      return 0;
    }
    handle.execute(
        "insert into team (id, name, first_seen) select ?, ?, first_seen from team where id = ?"
            + " on conflict (id) do nothing",
        team.id(),
        team.name(),
        oldTeam);
    handle.execute(
        "insert into conversation (id, team, forgotten_through, first_seen, last_seen)"
            + " select ?, ?, forgotten_through, first_seen, last_seen from conversation"
            + " where id = ? on conflict (id) do nothing",
        to.value(),
        team.id(),
        from.value());
    moveTurnsAndFiles();
    for (String table : new String[] {"delivery", "posted", "outgoing", "offer"}) {
      execute("update " + table + " set conversation = :to where conversation = :from");
    }
    readdress();
    moveSchedules();
    moveSettings("CONVERSATION:" + from, "CONVERSATION:" + to);
    if (!oldTeam.equals(team.id())) {
      moveTeam(oldTeam);
    }
    return 1;
  }

  private void moveTurnsAndFiles() {
    execute(
        "update turn set conversation = :to, number = -number"
            + " - (select coalesce(max(number), 0) from turn where conversation = :to)"
            + " where conversation = :from");
    execute("update turn set number = -number where conversation = :to and number < 0");
    execute(
        "update file set current = 0 where conversation = :from and name in"
            + " (select name from file where conversation = :to and current = 1)");
    execute(
        "update file set conversation = :to,"
            + " team = (select team from conversation where id = :to) where conversation = :from");
  }

  /** Deliveries that wait and replies on their way carry the old names inside. */
  private void readdress() {
    Map<Long, String> waiting =
        handle
            .createQuery(
                "select seq, incoming from delivery where conversation = :to"
                    + " and handled_at is null")
            .bind("to", to.value())
            .reduceRows(
                new TreeMap<Long, String>(),
                (found, row) -> {
                  found.put(
                      row.getColumn("seq", Long.class), row.getColumn("incoming", String.class));
                  return found;
                });
    waiting.forEach(
        (seq, text) ->
            handle.execute(
                "update delivery set incoming = ? where seq = ?",
                json.write(there(json.read(text, Incoming.class))),
                seq));
    handle.execute(
        "update outgoing set address = ?, channel = ?, surface = ?"
            + " where conversation = ? and state = 'WAITING'",
        json.write(address),
        address.channel(),
        address.surface(),
        to.value());
  }

  /** Under the next numbers of the place that they come to. */
  private void moveSchedules() {
    List<Long> moved =
        handle
            .createQuery("select id from schedule where conversation = :from order by id")
            .bind("from", from.value())
            .mapTo(Long.class)
            .list();
    for (long id : moved) {
      handle
          .createUpdate(
              "update schedule set conversation = :to, team = :team, surface = :surface,"
                  + " channel = :channel, address = :address, number ="
                  + " (select coalesce(max(number), 0) + 1 from schedule"
                  + " where surface = :surface and channel = :channel) where id = :id")
          .bind("to", to.value())
          .bind("team", team.id())
          .bind("surface", address.surface())
          .bind("channel", address.channel())
          .bind("address", json.write(address))
          .bind("id", id)
          .execute();
    }
  }

  private Incoming there(Incoming incoming) {
    if (!incoming.conversation().equals(from)) {
      return incoming;
    }
    return new Incoming(
        incoming.delivery(),
        to,
        team,
        incoming.person(),
        address,
        incoming.content(),
        incoming.attachments(),
        incoming.sentAt(),
        incoming.language());
  }

  private void moveTeam(String oldTeam) {
    handle.execute(
        "update computation set team = ? where team = ? and forgotten_at is null and name not in"
            + " (select name from computation where team = ? and forgotten_at is null)",
        team.id(),
        oldTeam,
        team.id());
    moveSettings("TEAM:" + oldTeam, "TEAM:" + team.id());
    handle.execute(
        "update memory set scope = ? where scope = ? and (subject = '' or subject not in"
            + " (select there.subject from memory there where there.scope = ?))",
        "TEAM:" + team.id(),
        "TEAM:" + oldTeam,
        "TEAM:" + team.id());
  }

  private void moveSettings(String oldScope, String newScope) {
    handle.execute(
        "update setting set scope = ? where scope = ? and name not in"
            + " (select name from setting where scope = ?)",
        newScope,
        oldScope,
        newScope);
  }

  private void execute(String sql) {
    handle.createUpdate(sql).bindMap(Map.of("from", from.value(), "to", to.value())).execute();
  }
}
