package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Feedback;
import java.time.Clock;
import java.util.List;

record JdbiFeedback(Database database, Clock clock) implements Feedback {
  @Override
  public void put(Opinion opinion) {
    database.update(
        "insert into feedback (turn, person, good, word, at) values (?, ?, ?, ?, ?)"
            + " on conflict (turn, person) do update set good = excluded.good,"
            + " word = excluded.word, at = excluded.at",
        opinion.turn(),
        opinion.person(),
        opinion.good() ? 1 : 0,
        opinion.word(),
        clock.millis());
  }

  @Override
  public List<Opinion> of(long turn) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from feedback where turn = :turn order by at")
                .bind("turn", turn)
                .map(
                    (row, context) ->
                        new Opinion(
                            row.getLong("turn"),
                            row.getString("person"),
                            row.getInt("good") == 1,
                            row.getString("word")))
                .list());
  }
}
