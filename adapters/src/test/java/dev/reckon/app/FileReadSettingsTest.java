package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.files.FileLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the keys of files say is what a child that reads files is started with. */
class FileReadSettingsTest {
  @Test
  void theBoundsOfReadingReachTheChild() {
    List<String> command =
        new FileChildJvm(
                64,
                List.of(Path.of("files.jar")),
                Path.of("jdk"),
                new FileLimits(1, 2, 3, 4),
                new FileReadSettings.Bounds(5, 6, 7, 8),
                Optional.empty(),
                Path.of("."))
            .command(List.of());
    assertTrue(
        command.containsAll(
            List.of(
                "-Dreckon.files.fileBytes=1",
                "-Dreckon.files.totalBytes=2",
                "-Dreckon.files.files=4",
                "-Dreckon.files.entries=5",
                "-Dreckon.files.columns=6",
                "-Dreckon.files.cells=7",
                "-Dreckon.files.nesting=8")),
        command::toString);
  }
}
