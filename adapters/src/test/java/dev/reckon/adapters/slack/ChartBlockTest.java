package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tables become charts, and what becomes of them where Slack draws none. */
class ChartBlockTest {
  private static final Block.Table BY_YEAR =
      table("year", "pay")
          .apply(List.of(List.of("2023", "1,200.50"), List.of("2024", "-7"), List.of("2025", "9")));

  private final FakeSlack slack = new FakeSlack().channel("C1", "U1", FakeSlack.BOT);

  @AfterEach
  void close() {
    slack.close();
  }

  private static java.util.function.Function<List<List<String>>, Block.Table> table(
      String... header) {
    return rows -> new Block.Table(List.of(header), rows);
  }

  private static ObjectNode chart(Block.Table table) {
    ObjectNode block = ChartBlock.of(table).orElseThrow();
    assertEquals(
        List.of(), BlockKitLimits.ofMessage(JsonNodeFactory.instance.arrayNode().add(block)));
    return block;
  }

  @Test
  void numbersByNameAreBars() {
    JsonNode block =
        chart(
            table("pay", "department", "note", "head count")
                .apply(
                    List.of(
                        List.of("70", "Engineering", "x", "3"),
                        List.of("1,050.5", "Sales", "y", "4"))));
    assertEquals("bar", block.path("chart").path("type").asText());
    assertEquals("pay, head count", block.path("title").asText());
    JsonNode axes = block.path("chart").path("axis_config");
    assertEquals("[\"Engineering\",\"Sales\"]", axes.path("categories").toString());
    assertEquals("department", axes.path("x_label").asText());
    JsonNode pay = block.path("chart").path("series").get(0);
    assertEquals(1050.5, pay.path("data").get(1).path("value").asDouble());
  }

  @Test
  void numbersOverTimeAreLines() {
    assertEquals("line", chart(BY_YEAR).path("chart").path("type").asText());
    for (String quarter : List.of("2024Q", "2024-Q", "2024-0", "2024-01-0")) {
      Block.Table table =
          table("when", "n").apply(List.of(List.of(quarter + 1, "1"), List.of(quarter + 2, "2")));
      assertEquals("line", chart(table).path("chart").path("type").asText(), quarter);
    }
  }

  @Test
  void whatWouldBeNoSmallChartStaysATable() {
    List<List<String>> many =
        IntStream.range(0, 21).mapToObj(i -> List.of("row " + i, "" + i)).toList();
    for (Block.Table table :
        List.of(
            table("a", "b").apply(many),
            table("a", "b").apply(List.of(List.of("x", "1"))),
            table("a", "b").apply(List.of(List.of("x", "1"), List.of("x", "2"))),
            table("a", "b").apply(List.of(List.of("x", "1"), List.of("y", "n/a"))),
            table("a", "b").apply(List.of(List.of("x", "1"), List.of("y"))),
            table("a").apply(List.of(List.of("1"), List.of("2"))))) {
      assertEquals(Optional.empty(), ChartBlock.of(table), table.toString());
    }
    chart(table("a", "b").apply(many.subList(0, 20)));
  }

  @Test
  void everyTableIsWithinTheLimitsOrNoChart() {
    Random random = new Random(11);
    int drawn = 0;
    for (int round = 0; round < 2_000; round++) {
      int columns = 1 + random.nextInt(10);
      List<String> header = IntStream.range(0, columns).mapToObj(i -> text(random)).toList();
      List<List<String>> rows = new ArrayList<>();
      for (int row = random.nextInt(24); row > 0; row--) {
        rows.add(
            IntStream.range(0, random.nextInt(4) == 0 ? random.nextInt(columns + 1) : columns)
                .mapToObj(i -> i > 0 ? "" + random.nextInt() : text(random))
                .toList());
      }
      Block.Table table = new Block.Table(header, rows);
      if (ChartBlock.of(table).isPresent()) {
        chart(table);
        drawn++;
      }
    }
    assertTrue(drawn > 50, drawn + " drawn");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(30); length > 0; length--) {
      text.appendCodePoint(random.nextInt(random.nextBoolean() ? 127 : 0x2100));
    }
    return text.toString();
  }

  private static Reply answer(Block... blocks) {
    return new Reply(42, Reply.Kind.VERIFIED, "Checked: the result.", List.of(blocks), List.of());
  }

  private static String shown(Reply reply, BlockSupport support) {
    SlackTarget place = SlackTarget.in("C1", "1.1", "U1", "slack/T1/C1/1");
    return BlockText.of(
        ReplyRenderer.render(reply, place, Optional.empty(), java.util.Map.of(), support)
            .message()
            .layout());
  }

  @Test
  void aChartIsOfferedWhereItCanBeDrawn() {
    assertTrue(shown(answer(BY_YEAR), BlockSupport.FULL).contains("[Show as chart]"));
    assertFalse(shown(answer(BY_YEAR), BlockSupport.PLAIN).contains("chart"));
    Block.Table names = table("a", "b").apply(List.of(List.of("x", "y"), List.of("z", "w")));
    assertFalse(shown(answer(names), BlockSupport.FULL).contains("chart"));
    assertFalse(shown(answer(names, names, BY_YEAR), BlockSupport.FULL).contains("chart"));
  }

  private static final Reply CHART =
      new Reply(
          0,
          Reply.Kind.NOTICE,
          "Chart of number 1: pay",
          List.of(new Block.TableChart(BY_YEAR)),
          List.of());

  private WorkspaceSurface surface() {
    SlackSettings settings = slack.settings(SlackSettings.Mode.SOCKET);
    return new WorkspaceSurface(new SlackApi(settings), settings);
  }

  /** Posts the chart in a conversation; returns how it was drawn, and in how many calls. */
  private String posted(WorkspaceSurface surface, int conversation) throws Exception {
    int before = slack.count("chat.postMessage");
    String thread = "170000000%d.000001".formatted(conversation);
    surface.post(
        SlackTarget.in("C1", thread, "U1", "slack/T1/C1/" + conversation).address(),
        CHART,
        Optional.empty(),
        id -> Optional.empty(),
        ref -> {});
    List<String> types = slack.in("C1").getLast().blocks().findValuesAsText("type");
    int calls = slack.count("chat.postMessage") - before;
    return (types.contains("data_table") ? "table in " : "chart in ") + calls;
  }

  @Test
  void aConversationThatIsShownNoChartIsAskedOnceAndShownTables() throws Exception {
    WorkspaceSurface surface = surface();
    slack.failNext("chat.postMessage", "invalid_blocks");
    assertEquals("table in 2", posted(surface, 1));
    assertEquals("table in 1", posted(surface, 1));
    assertEquals(List.of(), slack.mistakes());
  }

  @Test
  void oneRefusedChartTakesChartsFromNobodyElse() throws Exception {
    WorkspaceSurface surface = surface();
    for (int conversation = 1; conversation < 6; conversation += 2) {
      slack.failNext("chat.postMessage", "invalid_blocks");
      assertEquals("table in 2", posted(surface, conversation));
      assertEquals("chart in 1", posted(surface, conversation + 1));
    }
  }

  @Test
  void aWorkspaceThatDrawsNoChartsIsAskedInThreeConversations() throws Exception {
    WorkspaceSurface surface = surface();
    for (int conversation = 1; conversation <= 3; conversation++) {
      slack.failNext("chat.postMessage", "invalid_blocks");
      assertEquals("table in 2", posted(surface, conversation));
    }
    assertEquals("table in 1", posted(surface, 4));
  }

  @Test
  void pressingTheButtonIsTakenIn() {
    assertEquals(
        Optional.of(new ButtonData(new Action(Action.Verb.CHART, 7), "slack/T1/C1/1")),
        ButtonData.of("CHART 7 slack/T1/C1/1"));
  }
}
