package dev.reckon.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
  @TempDir Path directory;

  @Test
  void whatAKilledProcessHadBegunIsRemovedAndWhatIsWholeStays() throws Exception {
    CacheDirectory cache = CacheDirectory.open(directory.resolve("cache"));
    Path whole = Files.createDirectory(cache.resolve("home-1"));
    Path begun = CacheDirectory.begin(cache.resolve("home-2"));
    Files.writeString(begun.resolve("os.py"), "");
    FileLock held = cache.lock();
    cache.removeUnfinished();
    held.acquiredBy().close();
    assertTrue(Files.exists(whole));
    assertFalse(Files.exists(begun));
  }

  @Test
  void aSealedDirectoryIsUsedWithoutWritingInIt() throws Exception {
    Path image = Files.createDirectory(directory.resolve("image"));
    FileTime before = Files.getLastModifiedTime(image);
    CacheDirectory cache = CacheDirectory.sealed(image);
    assertEquals(image.resolve("home-1"), cache.resolve("home-1"));
    assertEquals(before, Files.getLastModifiedTime(image));
    Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThrows(IOException.class, () -> CacheDirectory.sealed(image));
  }

  @Test
  void aDirectoryThatOthersMayWriteIsNotTrusted() throws Exception {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    IOException refused = assertThrows(IOException.class, () -> CacheDirectory.open(open));
    assertTrue(refused.toString().contains("other users can write to"), refused.toString());
  }
}
