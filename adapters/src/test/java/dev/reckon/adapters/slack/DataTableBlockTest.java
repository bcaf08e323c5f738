package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables that people sort, and what becomes of them where Slack takes none. */
class DataTableBlockTest {
  private final FakeSlack slack = new FakeSlack().channel("C1", "U1", FakeSlack.BOT);

  @AfterEach
  void close() {
    slack.close();
  }

  private static JsonNode block(List<String> header, List<List<String>> rows) {
    return DataTableBlock.block(new Block.Table(header, rows));
  }

  private static void assertTaken(JsonNode block) {
    assertEquals(
        List.of(), BlockKitLimits.ofMessage(JsonNodeFactory.instance.arrayNode().add(block)));
  }

  @Test
  void aColumnIsSortedByValueWhereEveryCellIsANumber() {
    JsonNode block =
        block(
            List.of("name", "pay", "rate", "mixed", "gap"),
            List.of(
                List.of("Ada", "75,000.00", "1e-3", "1.234,5", "1"),
                List.of("Bob", "-9,500", "2.5", "7", "")));
    assertTaken(block);
    JsonNode first = block.path("rows").get(1);
    assertEquals("raw_text", first.get(0).path("type").asText());
    assertEquals(75_000.0, first.get(1).path("value").asDouble());
    assertEquals("75,000.00", first.get(1).path("text").asText());
    assertEquals(-9_500.0, block.path("rows").get(2).get(1).path("value").asDouble());
    assertEquals("raw_number", first.get(2).path("type").asText());
    assertEquals("raw_text", first.get(3).path("type").asText(), "it may be read in two ways");
    assertEquals("raw_text", first.get(4).path("type").asText(), "one cell has no number");
    assertEquals("name, pay, rate, mixed, gap", block.path("caption").asText());
  }

  @Test
  void oddTablesAreTaken() {
    assertTaken(block(List.of("", " "), List.of(List.of("", ""), List.of("1"))));
    assertTaken(block(List.of("n"), List.of(List.of("1e999"), List.of("9".repeat(30)))));
  }

  private static Reply table(int rows) {
    List<List<String>> cells =
        IntStream.range(0, rows).mapToObj(row -> List.of("row " + row, "" + row * 3)).toList();
    return new Reply(
        42,
        Reply.Kind.VERIFIED,
        "Checked: the result.",
        List.of(new Block.Table(List.of("name", "value"), cells)),
        List.of());
  }

  @Test
  void sixtyRowsArePagedAndWhatIsMoreThanAHundredIsAFile() throws Exception {
    JsonNode sixty =
        ReplyRenderer.render(table(60), SlackTarget.in("C1", "1.1", "U1", "k"), Optional.empty())
            .message()
            .layout();
    assertTrue(BlockText.of(sixty).contains("row 59"));
    assertEquals(List.of(), BlockKitLimits.ofMessage(sixty));
    ReplyRenderer many =
        ReplyRenderer.render(table(300), SlackTarget.in("C1", "1.1", "U1", "k"), Optional.empty());
    assertEquals(List.of(), BlockKitLimits.ofMessage(many.message().layout()));
    assertEquals(1, many.uploads().size());
  }

  @Test
  void aConversationThatTakesNoSortedTablesIsAskedOnce() throws Exception {
    SlackSettings settings = slack.settings(SlackSettings.Mode.SOCKET);
    WorkspaceSurface surface = new WorkspaceSurface(new SlackApi(settings), settings);
    slack.failNext("chat.postMessage", "invalid_blocks");
    for (int i = 0; i < 2; i++) {
      surface.post(
          SlackTarget.in("C1", "1700000000.000001", "U1", "slack/T1/C1/1").address(),
          table(40),
          Optional.empty(),
          id -> Optional.empty(),
          ref -> {});
    }
    assertEquals(3, slack.count("chat.postMessage"));
    for (FakeMessage message : slack.in("C1")) {
      assertTrue(message.blocks().findValuesAsText("type").contains("table"), message.shown());
      assertTrue(message.shown().contains("row 24"), message.shown());
    }
    assertEquals(2, slack.count("files.completeUploadExternal"), "the rest is a file");
  }
}
