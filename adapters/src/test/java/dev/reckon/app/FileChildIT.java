package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.files.ChildFileImporter;
import dev.reckon.core.files.FileImporter;
import dev.reckon.core.files.FileImporter.NotRead;
import dev.reckon.core.files.FileImporter.Read;
import dev.reckon.core.files.FileImporter.Request;
import dev.reckon.core.files.FileImporter.Result;
import dev.reckon.sandbox.Environment.Layer;
import dev.reckon.sandbox.kernel.Architecture;
import dev.reckon.sandbox.pool.WarmPool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real children, as assembled: what ordinary files become, and what hostile ones cost. */
class FileChildIT {
  private static final byte[] TABLE = "dept,pay\nA,1\nB,2\n".getBytes(StandardCharsets.UTF_8);

  private static WarmPool pool;
  private static ChildFileImporter importer;

  @BeforeAll
  static void open() {
    pool = BuiltFileReaders.open(2, 256);
    importer = BuiltFileReaders.importer(pool, Duration.ofSeconds(15));
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  private static Result read(String person, String name, byte[] content)
      throws InterruptedException {
    return importer.read(new Request("team", person, name, content));
  }

  private static void anOrdinaryFileIsRead() throws InterruptedException {
    Read read = assertInstanceOf(Read.class, read("other", "pay.csv", TABLE));
    assertEquals("pay.csv", read.files().getFirst().name());
    assertEquals(2, read.files().getFirst().profile().rows());
    assertEquals(
        List.of("dept", "pay"),
        read.files().getFirst().profile().columns().stream().map(c -> c.name()).toList());
  }

  @Test
  void anOrdinaryTableComesBackAsItIsWithItsProfile() throws Exception {
    Read read = assertInstanceOf(Read.class, read("ada", "pay.csv", TABLE));
    assertTrue(read.notices().isEmpty(), read.notices().toString());
    assertSame(TABLE, read.files().getFirst().content(), "the same array: it is not sent back");
    anOrdinaryFileIsRead();
  }

  @Test
  void allLayersStandAroundAChild() throws Exception {
    Assumptions.assumeTrue(Architecture.current().isPresent(), "the layers are Linux's");
    List<Layer> layers = pool.environment().get().layers();
    assertTrue(layers.size() >= 7, layers.toString());
    assertTrue(layers.stream().allMatch(Layer::active), layers.toString());
  }

  @Test
  void everyBombGetsAnAnswerAndTheNextFileIsRead() throws Exception {
    for (Map.Entry<String, byte[]> bomb : FileBombs.all().entrySet()) {
      Result result = read("mallory", bomb.getKey(), bomb.getValue());
      List<String> told =
          switch (result) {
            case NotRead(String message) -> List.of(message);
            case Read(var files, var notices) -> {
              assertTrue(
                  files.stream().mapToLong(file -> file.content().length).sum() <= 120L << 20);
              yield notices;
            }
          };
      String all = String.join(" ", told);
      assertTrue(all.length() < 20_000, "a bounded message");
      assertFalse(all.contains("Exception"), all);
      anOrdinaryFileIsRead();
    }
  }

  @Test
  void aFileThatFillsTheHeapIsRefusedWithTheLimitsName() throws Exception {
    try (WarmPool small = BuiltFileReaders.open(1, 64)) {
      FileImporter reader = BuiltFileReaders.importer(small, Duration.ofSeconds(15));
      byte[] large = "abcdefghi,1234567\n".repeat(1_100_000).getBytes(StandardCharsets.UTF_8);
      NotRead refused =
          assertInstanceOf(
              NotRead.class, reader.read(new Request("team", "ada", "large.csv", large)));
      assertTrue(refused.message().startsWith("large.csv was not read"), refused.message());
      assertTrue(refused.message().contains("files.read_heap_mib"), refused.message());
      assertInstanceOf(Read.class, reader.read(new Request("team", "ada", "pay.csv", TABLE)));
      assertEquals(1, small.status().killed(), "the child was replaced");
    }
  }

  @Test
  void aReaderThatIsInterruptedGivesUp() throws Exception {
    byte[] large = "abcdefghi,1234567\n".repeat(1_100_000).getBytes(StandardCharsets.UTF_8);
    Thread reading =
        Thread.startVirtualThread(
            () -> {
              try {
                var _ = read("ada", "large.csv", large);
              } catch (InterruptedException given) {
                // That is what is expected.
              }
            });
    reading.interrupt();
    reading.join();
    anOrdinaryFileIsRead();
  }
}
