package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatMovesTest {
  private final ChatMoves moves = new ChatMoves();
  private final List<String> reported = new ArrayList<>();

  /** Replies of an earlier run are sent before updates are taken in. */
  @Test
  void reportsMovesThatWereMetBeforeAnybodyListened() {
    moves.met(-1, -100);
    moves.reportTo((from, to) -> reported.add(from + " to " + to));
    assertEquals(List.of("-1 to -100"), reported);
  }

  @Test
  void reportsAMoveOnce() {
    moves.reportTo((from, to) -> reported.add(from + " to " + to));
    moves.met(-1, -100);
    moves.met(-1, -100);
    assertEquals(1, reported.size());
  }

  @Test
  void reportsNoMoveThatAnUpdateHasDeliveredAlready() {
    moves.reportTo((from, to) -> reported.add(from + " to " + to));
    moves.received(-1, -100);
    moves.met(-1, -100);
    assertEquals(List.of(), reported);
  }
}
