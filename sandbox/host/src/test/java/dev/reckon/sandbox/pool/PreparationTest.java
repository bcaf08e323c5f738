package dev.reckon.sandbox.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    assertThat(preparation.isDone()).isFalse();

    Prepared first = prepare();
    Prepared second = prepare();

    assertThat(preparation.isDone()).isTrue();
    assertThat(second).isEqualTo(first);
    assertThat(first.aotCache().orElseThrow()).isNotEmptyFile();
    assertThat(first.modules().orElseThrow()).content(UTF_8).isEqualTo("nothing\n");
    assertThat(made()).containsExactly("compile");
  }

  @Test
  void aBrokenHomeIsMadeAnew() throws Exception {
    Path library = prepare().resources().resolve("python/python-home/lib");
    Files.writeString(library.resolve("os.py"), "import evil\n");

    assertThat(preparation.isDone()).isFalse();
    prepare();

    assertThat(library.resolve("os.py")).content(UTF_8).isEqualTo("name = 'posix'\n");
    assertThat(made()).hasSize(2);
  }

  @Test
  void aBrokenAotCacheIsMadeAnewAndTheHomeKept() throws Exception {
    Path aot = prepare().aotCache().orElseThrow();
    long whole = Files.size(aot);
    Files.write(aot, new byte[100]);

    assertThat(preparation.isDone()).isFalse();
    prepare();

    assertThat(Files.size(aot)).isGreaterThan(whole / 2);
    assertThat(preparation.isDone()).isTrue();
    assertThat(made()).hasSize(1);
  }

  @Test
  void whatAKilledProcessHalfMadeIsNeitherUsedNorKept() throws Exception {
    Prepared whole = prepare();
    Path half = cache.resolve(whole.resources().getFileName() + ".part-1");
    Files.createDirectories(half.resolve("python"));
    Files.delete(whole.resources().resolve("manifest"));

    assertThat(preparation.isDone()).isFalse();
    assertThat(prepare()).isEqualTo(whole);

    assertThat(half).doesNotExist();
    assertThat(made()).hasSize(2);
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

    assertThat(List.of(usual.aotCache(), moreHeap.aotCache(), elsewhere.aotCache()))
        .doesNotHaveDuplicates();
    assertThat(List.of(usual.resources(), moreHeap.resources(), elsewhere.resources()))
        .containsOnly(usual.resources());
    assertThat(made()).hasSize(1);
  }

  @Test
  void twoProcessesAtOnceMakeItOnce() throws Exception {
    List<Process> both = List.of(prepareElsewhere(), prepareElsewhere());
    List<String> got = new ArrayList<>();
    for (Process each : both) {
      got.add(new String(each.getInputStream().readAllBytes(), UTF_8));
      assertThat(each.waitFor()).as(got.toString()).isZero();
    }

    assertThat(got).containsOnly(prepare() + "\n");
    assertThat(made()).hasSize(1);
  }

  @Test
  void whereNothingCanBeKeptWorkersMakeDoAndAreToldWhy() throws Exception {
    Files.writeString(cache, "a file where the directory should be");

    Prepared makeshift = preparation.prepareOrMakeDo((step, share) -> {});

    assertThat(makeshift.aotCache()).isEmpty();
    assertThat(makeshift.resources().resolve("python/python-home/lib/os.py")).isRegularFile();
    assertThat(makeshift.notes()).singleElement().asString().contains("nothing is prepared");
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
