package dev.reckon.core.surface.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.bounds.LinearWork;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.Sanitizer.Recognised;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SanitizerTest {
  private static final Sanitizer STRICT =
      new Sanitizer(EnumSet.allOf(Recognised.class), Map.of('<', "&lt;", '&', "&amp;"));

  @ParameterizedTest
  @CsvSource({
    "hello @anna, @anna",
    "https://evil.example/x, ://",
    "mail bob@evil.example, bob@",
    "#tag, #t",
    "$TAG, $T",
    "report.py, report.py",
    "<!channel>, <"
  })
  void whatAPlatformWouldActOnIsBroken(String hostile, String active) {
    String inert = STRICT.text(hostile);
    assertFalse(inert.contains(active), inert);
    assertEquals(hostile.replace("<", "&lt;"), inert.replace("\u2060", ""));
  }

  @Test
  void commandsAndTelephoneNumbersCannotBePressed() {
    assertEquals("send /\u2060forget_me now", STRICT.text("send /forget_me now"));
    assertEquals("/\u2060helpful (/\u2060cancel)", STRICT.text("/helpful (/cancel)"));
    assertEquals("call +\u206049 30 1234567", STRICT.text("call +49 30 1234567"));
    assertEquals("555\u2060-123\u2060-4567", STRICT.text("555-123-4567"));
  }

  @Test
  void ordinarySentencesStay() {
    for (String plain :
        List.of(
            "Send /help. Fine",
            "12.5 % of 3.14",
            "a: b",
            "8. May",
            "3/4 and/or a // b",
            "2024-01-02",
            "10-12 + 5",
            "1,000-2,000")) {
      assertEquals(plain, STRICT.text(plain));
    }
  }

  @Test
  void whatATerminalWouldObeyIsGone() {
    assertEquals(
        "red title\nnext\ufffd over\nlast",
        Sanitizer.visible("\u001B[31mred\u001B[0m \u001B]0;x\u0007title\r\nnext\u0000 over\rlast"));
    assertEquals("link", Sanitizer.visible("\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\"));
    assertEquals("ab", Sanitizer.visible("a\u009b2Jb"));
    assertEquals("abc", Sanitizer.visible("a\u202Eb\u2066c\u200F"));
    assertEquals("tab\tstays", Sanitizer.visible("tab\tstays"));
    assertEquals("\ufffd😀", Sanitizer.visible("\uD83D😀"));
  }

  @Test
  void anUnfinishedEscapeSequenceHidesNothing() {
    assertEquals("0;secret and more\nnext", Sanitizer.visible("\u001b]0;secret and more\nnext"));
    assertEquals("", Sanitizer.visible("\u001b"));
    assertEquals("text", Sanitizer.visible("\u001btext"));
  }

  @Test
  void namesOfFilesHaveNoSeparatorsAndKeepTheirEnding() {
    assertEquals(".._.._etc_<b>gpj.exe", Sanitizer.fileName("../../etc/<b>\u202Egpj.exe", 100));
    assertEquals("file", Sanitizer.fileName(" \n ", 100));
    assertEquals("t.csv", Sanitizer.fileName("a very long report.csv", 5));
  }

  @Test
  void cuttingNeverPartsACharacter() {
    for (int most = 1; most < 8; most++) {
      String cut = Truncation.cut("a😀😀😀b", most);
      assertTrue(cut.length() <= most, cut);
      assertEquals(cut, Sanitizer.visible(cut));
    }
    assertEquals("short", Truncation.cut("short", 5));
  }

  @Test
  void randomTextIsVisibleAndSanitizingTwiceChangesNothing() {
    Random random = new Random(17);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 200) {
        int pick = random.nextInt(6);
        text.append(
            pick == 0
                ? (char) random.nextInt(0x10000)
                : pick == 1 ? '\u001b' : "[]P;0m@/\\:.\u0007\r\n ab".charAt(random.nextInt(16)));
      }
      String visible = Sanitizer.visible(text.toString());
      assertTrue(
          visible.chars().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c)));
      assertEquals(visible, Sanitizer.visible(visible));
    }
  }

  @Test
  void workOverHostileTextIsLinear() {
    List<String> pieces =
        List.of(
            "\u001b]",
            "\u001b[0;",
            "\u001bP",
            "@a",
            "a.a",
            "://",
            "\r",
            "\ud800",
            "\u202e",
            "  ",
            "a@");
    LinearWork.check("visible", pieces, text -> Sanitizer.visible(text.toString()));
    LinearWork.check("oneLine", pieces, text -> Sanitizer.oneLine(text.toString()));
    LinearWork.check("fileName", pieces, text -> Sanitizer.fileName(text.toString(), 50));
    LinearWork.check("inert text", pieces, text -> STRICT.text(text.toString()));
  }
}
