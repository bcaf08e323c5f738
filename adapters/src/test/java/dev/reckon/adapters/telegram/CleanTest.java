package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTest {
  /** Roughly what Telegram makes active in plain text. */
  private static final Pattern ACTIVE =
      Pattern.compile("@\\w|#\\w|\\$[A-Z]|://|[\\p{L}\\p{N}_-]\\.\\p{L}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ask @everyone about it",
        "see https://evil.example/x?y=z",
        "tg://resolve?domain=spam",
        "evil.example",
        "mail me@evil.example",
        "#tag and $USD",
        "report.py",
        "www.a.b.c"
      })
  void breaksWhatTelegramWouldMakeActiveAndKeepsItReadable(String text) {
    String clean = Clean.prose(text);
    assertFalse(ACTIVE.matcher(clean).find(), clean);
    assertEquals(text, clean.replace("\u2060", ""));
  }

  @Test
  void leavesOrdinaryProseAlone() {
    String text = "3.5 % of 1,000 rows (2 skipped). Send /help. It's 10:30; a/b = c_d!";
    assertEquals(text, Clean.prose(text).replace("\u2060", ""));
    assertEquals("Send /help. Fine", Clean.prose("Send /help. Fine"));
  }

  @Test
  void dropsWhatActsOnAScreen() {
    assertEquals(
        "red title\nnext over\nlast",
        Clean.verbatim("\u001B[31mred\u001B[0m \u001B]0;x\u0007title\r\nnext\u0000 over\rlast"));
    assertEquals("abc", Clean.verbatim("a\u202Eb\u2066c\u200F"));
    assertEquals(
        "\uFFFD\uFFFD😀",
        Clean.verbatim("\uD83D\uDE00\uD83D".substring(1, 3).substring(0, 1) + "\uD83D" + "😀"));
    assertEquals("tab\tstays", Clean.verbatim("tab\tstays"));
  }
}
