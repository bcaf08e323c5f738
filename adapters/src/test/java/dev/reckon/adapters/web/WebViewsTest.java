package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.ReplyLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Parts of pages by themselves. */
class WebViewsTest {
  /** The lines of a comparison, with their marks. */
  private static List<String> lines(String older, String newer) {
    return Pattern.compile("<(?:span|ins|del)[^>]*>([^<]*)<")
        .matcher(LineDiff.view(older, newer).markup())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void twoTextsAreComparedLineByLine() {
    assertEquals(List.of("  a", "− b", "+ x", "  c"), lines("a\nb\nc", "a\nx\nc"));
    assertEquals(List.of("+ a", "  b"), lines("b", "a\nb"));
    assertEquals(List.of("− a"), lines("a", ""));
    assertTrue(LineDiff.view("a", "a").markup().contains("The same in both."));
  }

  @Test
  void equalLinesFarFromADifferenceAreCounted() {
    String many = "x\n".repeat(20);
    assertEquals(
        List.of(
            "  … 17 equal lines",
            "  x",
            "  x",
            "  x",
            "− a",
            "+ b",
            "  x",
            "  x",
            "  x",
            "  … 14 equal lines",
            "  x",
            "  x",
            "  x",
            "− c",
            "  x",
            "  x",
            "  x",
            "  … 17 equal lines"),
        lines(many + "a\n" + many + "c\n" + many, many + "b\n" + many + many));
    assertEquals(
        List.of("− a", "  1", "  2", "  3", "  4", "  5", "  6", "  7", "− b"),
        lines("a\n1\n2\n3\n4\n5\n6\n7\nb", "1\n2\n3\n4\n5\n6\n7"));
  }

  @Test
  void longTextsAreNotComparedForever() {
    String markup = LineDiff.view("x\n".repeat(100_000), "y\n".repeat(100_000)).markup();
    assertTrue(markup.contains("100000 and 100000 lines"), markup);
  }

  @Test
  void aBrowserIsNamedAsPeopleKnowIt() {
    assertEquals(
        "Firefox on Windows",
        BrowserName.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; rv:140.0) Gecko/20100101 Firefox/140.0"));
    assertEquals(
        "Edge on macOS",
        BrowserName.of(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0"));
    assertEquals(
        "Safari on iPhone",
        BrowserName.of(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                + " like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"));
    assertEquals("curl/8.14", BrowserName.of("curl/8.14\n"));
  }

  @Test
  void aProgramKeepsItsTextWhateverItsColours() {
    for (String source :
        List.of(
            "def f(x):  # it's \"quoted\"\n  return '''a\n'b''' + r\"\\\"\" + 1e5 and True",
            "'open",
            "\"\"\"never closed <b>",
            "x = 'a\\",
            "#",
            "")) {
      String text =
          Html.all(CodeView.spans(source))
              .markup()
              .replaceAll("</?span[^>]*>", "")
              .replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&quot;", "\"")
              .replace("&#39;", "'")
              .replace("&amp;", "&");
      assertEquals(source, text);
    }
    String painted = Html.all(CodeView.spans("return 'x' # y")).markup();
    assertEquals(
        "<span class=\"k\">return</span> <span class=\"s\">&#39;x&#39;</span>"
            + " <span class=\"c\"># y</span>",
        painted);
  }

  @Test
  void codeThatWasAskedToRunIsShownAsCode() {
    assertEquals(
        "<p class=\"said\">run</p><pre class=\"code\" tabindex=\"0\"><code>x</code></pre>"
            + "<p class=\"said\">please</p>",
        Html.all(MessageView.said("run ```python\nx\n```\nplease")).markup());
    assertEquals(
        "<p class=\"said\">never ```\nclosed</p>",
        Html.all(MessageView.said("never ```\nclosed")).markup());
    assertEquals("<p class=\"said\">only ```</p>", Html.all(MessageView.said("only ```")).markup());
  }

  @Test
  void everyTableOfAMessageIsDrawn() {
    Block.Table table = new Block.Table(List.of("a"), List.of(List.of("1")));
    Reply reply = new Reply(0, Reply.Kind.NOTICE, "Tables", List.of(table, table), List.of());
    assertEquals(
        2,
        WebDisplay.layout(reply).parts().stream()
            .filter(ReplyLayout.Part.Drawn.class::isInstance)
            .count());
  }

  /** The chart that somebody asked for is a table here. */
  @Test
  void everyChartOfATableIsDrawnAsATable() {
    Block.Table table = new Block.Table(List.of("a"), List.of(List.of("1")));
    Block.Table other = new Block.Table(List.of("b"), List.of(List.of("2")));
    Reply reply =
        new Reply(
            0,
            Reply.Kind.NOTICE,
            "Chart",
            List.of(new Block.TableChart(table), other, new Block.TableChart(table)),
            List.of());
    MessageTables tables = new MessageTables(reply, Optional.empty());
    String drawn =
        WebDisplay.layout(reply).parts().stream()
            .filter(ReplyLayout.Part.Drawn.class::isInstance)
            .map(part -> tables.next(((ReplyLayout.Part.Drawn) part).table()).markup())
            .collect(Collectors.joining());
    for (String name : List.of("Result 1", "Result 2", "Result 3")) {
      assertTrue(drawn.contains(name), drawn);
    }
  }

  @Test
  void aNameOfAnElementIsNeverText() {
    assertThrows(IllegalArgumentException.class, () -> Html.el("b onclick"));
    assertThrows(IllegalArgumentException.class, () -> Html.el("b").attr("a=b", "c"));
  }

  @Test
  void onlyAWholePngBeginningIsAPicture() {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};
    assertTrue(WebDisplay.isPicture(png));
    assertEquals(
        false, WebDisplay.isPicture("<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8)));
    assertEquals(false, WebDisplay.isPicture(new byte[] {(byte) 0x89, 'P', 'N', 'G'}));
  }
}
