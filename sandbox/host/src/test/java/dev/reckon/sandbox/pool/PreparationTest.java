package dev.reckon.sandbox.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for the language home and the worker, and the JDK's own AOT cache of it. */
class PreparationTest {
  @TempDir static Path build;
  @TempDir Path directory;

  private static Path jar;
  private Path cache;
  private Preparation preparation;

  /** An AOT cache wants jars on the class path. */
  @BeforeAll
  static void packWorker() throws IOException {
    jar = build.resolve("reckon-worker.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(file)) {
      for (String entry : System.getProperty("java.class.path").split(":", -1)) {
        Path folder = Path.of(entry);
        if (Files.isDirectory(folder)) {
          pack(folder, packed);
        }
      }
    }
  }

  private static void pack(Path folder, JarOutputStream packed) throws IOException {
    List<Path> classes;
    try (var found = Files.walk(folder)) {
      classes = found.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    for (Path each : classes) {
      if (!each.endsWith("module-info.class") && !each.endsWith("package-info.class")) {
        packed.putNextEntry(new JarEntry(folder.relativize(each).toString()));
        packed.write(Files.readAllBytes(each));
      }
    }
  }

  @BeforeEach
  void chooseCache() {
    cache = directory.resolve("cache");
    preparation = new Preparation(cache, PrepareOnce.jvm(jar, directory));
  }

  @Test
  void whatIsWholeIsMadeOnceAndFoundAgain() throws Exception {
    assertFalse(preparation.isDone());

    Prepared first = prepare();
    Prepared second = prepare();

    assertTrue(preparation.isDone());
    assertEquals(first, second);
    assertTrue(Files.size(first.aotCache().orElseThrow()) > 0);
    assertEquals("nothing\n", Files.readString(first.modules().orElseThrow()));
    assertEquals(List.of("compile"), made());
  }

  @Test
  void aBrokenHomeIsMadeAnew() throws Exception {
    Path library = prepare().resources().resolve("python/python-home/lib");
    Files.writeString(library.resolve("os.py"), "import evil\n");

    assertFalse(preparation.isDone());
    prepare();

    assertEquals("name = 'posix'\n", Files.readString(library.resolve("os.py")));
    assertEquals(2, made().size());
  }

  @Test
  void aBrokenAotCacheIsMadeAnewAndTheHomeKept() throws Exception {
    Path aot = prepare().aotCache().orElseThrow();
    long whole = Files.size(aot);
    Files.write(aot, new byte[100]);

    assertFalse(preparation.isDone());
    prepare();

    assertTrue(Files.size(aot) > whole / 2);
    assertTrue(preparation.isDone());
    assertEquals(1, made().size());
  }

  @Test
  void whatAKilledProcessHalfMadeIsNeitherUsedNorKept() throws Exception {
    Prepared whole = prepare();
    Path half = cache.resolve(whole.resources().getFileName() + ".part-1");
    Files.createDirectories(half.resolve("python"));
    Files.delete(whole.resources().resolve("manifest"));

    assertFalse(preparation.isDone());
    assertEquals(whole, prepare());

    assertFalse(Files.exists(half));
    assertEquals(2, made().size());
  }

  @Test
  void otherFlagsAndAnotherJarGetCachesOfTheirOwn() throws Exception {
    Path other = Files.copy(jar, directory.resolve("reckon-worker.jar"));
    WorkerJvm jvm = PrepareOnce.jvm(jar, directory);
    WorkerJvm larger = new WorkerJvm(512, jvm.classPath(), jvm.home(), jvm.told(), jvm.aotCache());

    Prepared usual = prepare();
    Prepared moreHeap = new Preparation(cache, larger).prepare((step, share) -> {});
    Prepared elsewhere =
        new Preparation(cache, PrepareOnce.jvm(other, directory)).prepare((step, share) -> {});

    assertEquals(3, Set.of(usual.aotCache(), moreHeap.aotCache(), elsewhere.aotCache()).size());
    assertEquals(usual.resources(), moreHeap.resources());
    assertEquals(usual.resources(), elsewhere.resources());
    assertEquals(1, made().size());
  }

  @Test
  void twoProcessesAtOnceMakeItOnce() throws Exception {
    List<Process> both = List.of(prepareElsewhere(), prepareElsewhere());
    List<String> got = new ArrayList<>();
    for (Process each : both) {
      got.add(new String(each.getInputStream().readAllBytes(), UTF_8));
      assertEquals(0, each.waitFor(), got.toString());
    }

    assertEquals(Set.of(prepare() + "\n"), Set.copyOf(got));
    assertEquals(1, made().size());
  }

  @Test
  void whereNothingCanBeKeptWorkersMakeDoAndAreToldWhy() throws Exception {
    Files.writeString(cache, "a file where the directory should be");

    Prepared makeshift = preparation.prepareOrMakeDo((step, share) -> {});

    assertTrue(makeshift.aotCache().isEmpty());
    assertTrue(Files.isRegularFile(makeshift.resources().resolve("python/python-home/lib/os.py")));
    assertTrue(makeshift.notes().toString().contains("nothing is prepared"), makeshift.toString());
  }

  private Prepared prepare() throws IOException {
    return preparation.prepare((step, share) -> {});
  }

  /** How the home was laid out, a line for each time. */
  private List<String> made() throws IOException {
    return Files.readAllLines(cache.resolve("made"));
  }

  private Process prepareElsewhere() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home")).resolve("bin/java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            PrepareOnce.class.getName(),
            cache.toString(),
            jar.toString())
        .redirectErrorStream(true)
        .start();
  }
}
