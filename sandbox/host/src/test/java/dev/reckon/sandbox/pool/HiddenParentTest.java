package dev.reckon.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.kernel.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child of the same user, root too, reads its parent's environment and memory: without luck. */
class HiddenParentTest {
  private static final String SECRET = "sk-of-the-parent";

  @BeforeEach
  void onLinux() {
    Assumptions.assumeTrue(Architecture.current().isPresent(), "needs Linux on x86-64 or aarch64");
  }

  @Test
  void aChildReadsNothingOfAHiddenParent() throws Exception {
    String said = readParent("hidden");
    assertFalse(said.contains(SECRET), said);
    assertEquals(3, Pattern.compile("Permission denied").matcher(said).results().count(), said);
  }

  @Test
  void itWouldReadThatOfAnother() throws Exception {
    assertTrue(readParent("open").contains(SECRET));
  }

  @Test
  void aChildOfRootHasNoRightsOfRootsButReadingFiles() throws Exception {
    Matcher rights = Pattern.compile("CapPrm:\\s+([0-9a-f]+)").matcher(readParent("hidden"));
    assertTrue(rights.find());
    long readFiles = 4;
    assertEquals(0, Long.parseUnsignedLong(rights.group(1), 16) & ~readFiles);
  }

  private static String readParent(String kind) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ReadParent.class.getName(),
                kind)
            .redirectErrorStream(true);
    builder.environment().put("RECKON_SECRET", SECRET);
    Process parent = builder.start();
    String said = new String(parent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, parent.waitFor(), said);
    assertTrue(said.contains("tried"), said);
    return said;
  }
}
