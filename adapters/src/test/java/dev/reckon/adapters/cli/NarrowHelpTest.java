package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.SecretsFile;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarrowHelpTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int run(int columns, String... words) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(), stream, stream, false, false, false, columns, false);
    return new CommandLineRunner(
            (config, set) -> {
              throw new IllegalStateException("nothing is to be opened");
            },
            new SecretsFile(Path.of("no", "secrets")),
            console)
        .run(words);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 40, 54, 55, 80, 120})
  void helpFitsAnyWindow(int columns) {
    for (List<String> words :
        List.of(List.of("--help"), List.of("ask", "--help"), List.of("exec", "--help"))) {
      out.reset();
      assertEquals(0, run(columns, words.toArray(String[]::new)));
      String shown = out.toString(StandardCharsets.UTF_8);
      assertTrue(shown.contains(words.getFirst().equals("ask") ? "--file" : "--help"), shown);
      for (String line : shown.split("\n", -1)) {
        assertTrue(
            line.length() <= columns || !line.strip().contains(" "),
            () -> line.length() + " > " + columns + ": " + line);
      }
    }
  }

  @Test
  void aMistypedCommandGetsTheNearest() {
    assertEquals(2, run(80, "dcotor"));
    assertEquals(
        "reckon: There is no command dcotor.\nDid you mean doctor?\n",
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aWordThatIsNearNothingGetsTheHelp() {
    assertEquals(2, run(80, "banana"));
    assertEquals(
        "reckon: There is no command banana.\nTry reckon --help.\n",
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsMissingIsNamedAndExplained() {
    assertEquals(2, run(80, "setup"));
    assertEquals(
        "reckon: PLATFORM is missing: slack or telegram\nTry reckon setup --help.\n",
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aMistypedOptionOrChoiceGetsTheNearest() {
    assertEquals(2, run(80, "ask", "six", "--formt", "csv"));
    assertEquals(2, run(80, "ask", "six", "--format", "cvs"));
    assertEquals(2, run(80, "setup", "slak"));
    String shown = out.toString(StandardCharsets.UTF_8);
    assertTrue(shown.contains("Did you mean --format?"), shown);
    assertTrue(
        shown.contains("--format can be text, csv, markdown, json; it cannot be \"cvs\"."), shown);
    assertTrue(shown.contains("PLATFORM can be slack, telegram; it cannot be \"slak\"."), shown);
    assertTrue(shown.contains("Did you mean slack?"), shown);
  }
}
