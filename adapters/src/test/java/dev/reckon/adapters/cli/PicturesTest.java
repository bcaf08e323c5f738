package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.surface.SurfaceContract;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Charts at the terminal: their path, and the picture itself where the terminal shows it. */
class PicturesTest {
  private static final byte[] PNG = SurfaceContract.picture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TERM=xterm-kitty | KITTY",
        "TERM=xterm-256color KITTY_WINDOW_ID=1 | KITTY",
        "TERM=xterm-ghostty | KITTY",
        "TERM=xterm-256color KONSOLE_VERSION=230804 | KITTY",
        "TERM=xterm-256color KONSOLE_VERSION=210401 | NONE",
        "TERM=xterm-256color TERM_PROGRAM=iTerm.app | ITERM2",
        "TERM=xterm-256color TERM_PROGRAM=WezTerm | ITERM2",
        "TERM=screen-256color TERM_PROGRAM=iTerm.app | NONE",
        "TERM=xterm-kitty TMUX=/tmp/tmux-1 | NONE",
        "TERM=dumb | NONE",
        "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal | NONE",
        "LANG=C | NONE",
      })
  void theTerminalIsKnownByWhatItSaysOfItself(String environment, PictureProtocol expected) {
    Map<String, String> values = new HashMap<>();
    for (String each : environment.split(" ", -1)) {
      String[] parts = each.split("=", 2);
      values.put(parts[0], parts[1]);
    }
    assertEquals(expected, PictureProtocol.of(values::get));
  }

  @Test
  void kittyGetsItInPiecesThatItTakes() {
    byte[] large = new byte[10_000];
    Arrays.fill(large, (byte) 7);
    String drawn = PictureProtocol.KITTY.drawn(large, 60);
    Matcher pieces = Pattern.compile("\u001b_G([^;]*);([^\u001b]*)\u001b\\\\").matcher(drawn);
    StringBuilder data = new StringBuilder();
    StringBuilder more = new StringBuilder();
    int end = 0;
    while (pieces.find()) {
      assertEquals(end, pieces.start(), "nothing stands between the pieces");
      assertTrue(pieces.group(2).length() <= 4_096);
      data.append(pieces.group(2));
      more.append(pieces.group(1)).append(' ');
      end = pieces.end();
    }
    assertEquals(drawn.length(), end);
    assertEquals("a=T,f=100,q=2,c=60,m=1 m=1 m=1 m=0 ", more.toString());
    assertArrayEquals(large, Base64.getDecoder().decode(data.toString()));
  }

  @Test
  void aChartIsDrawnAndItsFileNamed(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("sales.png"), PNG);
    ChartFiles files = ChartFiles.in(folder, id -> Optional.of(PNG));
    String shown = shown(PictureProtocol.ITERM2, files);
    String data = Base64.getEncoder().encodeToString(PNG);
    assertTrue(shown.contains("\u001b]1337;File=size=" + PNG.length + ";inline=1"), shown);
    assertTrue(shown.contains(":" + data + "\u0007"), shown);
    String words = shown.replace("\n", "");
    assertTrue(words.contains("Sales by region (bars) · "), shown);
    assertTrue(words.contains("sales.png"), shown);
  }

  @Test
  void whereTheTerminalShowsTextOnlyTheFileIsWrittenAndNamed() throws Exception {
    ChartFiles files = ChartFiles.temporary(id -> Optional.of(PNG));
    String shown = shown(PictureProtocol.NONE, files);
    assertFalse(shown.contains("\u001b"), shown);
    Matcher path = Pattern.compile("· (/.*sales.png)").matcher(shown);
    assertTrue(path.find(), shown);
    Path written = Path.of(path.group(1));
    assertArrayEquals(PNG, Files.readAllBytes(written));
    Files.delete(written);
    Files.delete(Objects.requireNonNull(written.getParent()));
  }

  @Test
  void aScriptIsToldTheNameOnly() {
    String shown = shown(PictureProtocol.NONE, null);
    assertTrue(shown.contains("Sales by region (bars) · 📎 sales.png"), shown);
  }

  private static String shown(PictureProtocol protocol, @Nullable ChartFiles files) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(), out, out, false, true, true, 200, false, protocol);
    new ReplyRenderer(console, files)
        .show(
            new Reply(
                1,
                Reply.Kind.VERIFIED,
                "Checked",
                List.of(
                    new Block.Chart(
                        new Block.File("1", "sales.png", PNG.length),
                        900,
                        700,
                        "Sales by region (bars)",
                        List.of()),
                    new Block.Output("a 1\nb 2\n", 0)),
                List.of()));
    return shown.toString(StandardCharsets.UTF_8);
  }
}
