package dev.reckon.sandbox.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's layer alone, on a real process and a real kernel. */
class OsLockdownTest {
  @TempDir Path directory;

  @Test
  void aLockedProcessCanDoNoHarm() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Architecture.current().equals(Optional.of(Architecture.X86_64)),
        "the probe's own system calls are those of x86-64 Linux");
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LockedProbe.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, probe.waitFor(), said);
    List<String> lines = said.lines().toList();
    assertTrue(lines.contains("stands seccomp"), said);
    assertTrue(lines.contains("tried"), said);
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("SUCCEEDED")), said);
    assertEquals(11, lines.stream().filter(line -> line.startsWith("refused")).count(), said);
  }
}
