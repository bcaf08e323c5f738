package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.ReplyLayout;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of pages by themselves. */
class WebViewsTest {
  private static String lines(List<String> older, List<String> newer) {
    return String.join(
        " ",
        LineDiff.of(older, newer).stream()
            .map(
                line ->
                    switch (line.kind()) {
                      case BOTH -> line.text();
                      case OLDER -> "-" + line.text();
                      case NEWER -> "+" + line.text();
                    })
            .toList());
  }

  @Test
  void twoTextsAreComparedLineByLine() {
    assertEquals("a -b +x c", lines(List.of("a", "b", "c"), List.of("a", "x", "c")));
    assertEquals("+a b", lines(List.of("b"), List.of("a", "b")));
    assertEquals("-a", lines(List.of("a"), List.of()));
  }

  @Test
  void aLongTextIsNotComparedForever() {
    List<String> many = Collections.nCopies(100_000, "x");
    assertEquals(200_000, LineDiff.of(many, many).size());
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
