package dev.reckon.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryHomeTest {
  @TempDir Path temporary;

  @Test
  void whatAKilledProcessLeftIsRemovedAndWhatIsInUseIsNot() throws Exception {
    Path own = home("reckon-home-own");
    Path left = home("reckon-home-left");
    Path used = home("reckon-home-used");
    Path begun = Files.createDirectory(temporary.resolve("reckon-home-begun"));
    Path foreign = home("something-else");
    try (FileChannel channel = FileChannel.open(used.resolve("lock"), StandardOpenOption.WRITE)) {
      assertTrue(channel.lock().isValid());
      TemporaryHome.sweep(own);
    }
    assertFalse(Files.exists(left));
    for (Path kept : new Path[] {own, used, begun, foreign}) {
      assertTrue(Files.exists(kept), kept.toString());
    }
  }

  private Path home(String name) throws Exception {
    Path folder = Files.createDirectory(temporary.resolve(name));
    Files.writeString(folder.resolve("lock"), "");
    Files.writeString(folder.resolve("os.py"), "");
    return folder;
  }
}
