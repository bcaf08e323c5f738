package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTextTest {
  @Test
  void theDatabaseThatASearchFindsIsInThePartThatIsShown() {
    Block query =
        new Block.Query(
            "warehouse", "select " + "a, ".repeat(300) + "b", "q.csv", 1, Instant.EPOCH);
    Reply reply =
        new Reply(
            1,
            Reply.Kind.VERIFIED,
            "ok",
            List.of(new Block.Output("x ".repeat(500), 0), query, new Block.Footer("1 attempt")),
            List.of());
    String shown = MessageText.around(MessageText.of(reply), List.of("Warehouse"));
    assertTrue(shown.contains("warehouse"), shown);
  }

  @Test
  void aTableIsSearchedByItsCellsAndWhatAccompaniesIsNot() {
    assertEquals(
        "name usd\nAda 1",
        new Block.Table(List.of("name", "usd"), List.of(List.of("Ada", "1"))).plainText());
    assertEquals("", new Block.Footer("1 attempt").plainText());
    assertEquals("", new Block.Page("/c/1").plainText());
  }
}
