package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reckon.adapters.telegram.TelegramHtml.Entity;
import dev.reckon.adapters.telegram.TelegramHtml.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other tests believe this parser, so it is tested too. */
class TelegramHtmlTest {
  @Test
  void readsTextAndMarks() throws Refused {
    var parsed =
        TelegramHtml.parse(
            "<b>a &lt; b</b>\n<blockquote expandable><pre><code class=\"language-python\">x&amp;1"
                + "</code></pre></blockquote>");
    assertEquals("a < b\nx&1", parsed.text());
    assertEquals(new Entity("b", "", 0, 5), parsed.entities().getFirst());
    assertEquals(
        List.of("b", "code", "pre", "blockquote"),
        parsed.entities().stream().map(Entity::tag).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a < b",
        "a & b",
        "&nbsp;",
        "<b>open",
        "close</b>",
        "<b><i>crossed</b></i>",
        "<div>unknown</div>",
        "<pre><b>bold</b></pre>",
        "<code><i>x</i></code>",
        "<blockquote><blockquote>x</blockquote></blockquote>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<b onclick=\"x\">x</b>",
        "1 <2",
        "<b"
      })
  void refusesWhatTelegramRefuses(String html) {
    assertThrows(Refused.class, () -> TelegramHtml.parse(html));
  }
}
