package dev.reckon.sandbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.pool.WorkerJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of pure-Python packages in real workers, with all layers up. */
@Timeout(500)
class PackagesTest {
  /** Where Debian installs pure-Python packages; those that are there are tried. */
  private static final Path DEBIAN = Path.of("/usr/lib/python3/dist-packages");

  private static final List<String> FROM_DEBIAN = List.of("tabulate.py", "dateutil", "six.py");

  @TempDir static Path directory;
  private static Path packages;
  private static WarmPool pool;

  @BeforeAll
  static void open() throws IOException {
    packages = Files.createDirectory(directory.resolve("packages"));
    Path ledger = Files.createDirectory(packages.resolve("ledger"));
    Files.writeString(
        ledger.resolve("__init__.py"),
        """
        from importlib.resources import files
        def rate(name):
            return float(dict(l.split() for l in files('ledger').joinpath('rates.txt').read_text().splitlines())[name])
        """);
    Files.writeString(ledger.resolve("rates.txt"), "low 0.5\nhigh 2.5\n");
    Files.writeString(packages.resolve("single.py"), "def half(x): return x / 2\n");
    Files.createDirectory(packages.resolve("__pycache__"));
    Files.createDirectory(packages.resolve("ledger-1.0.dist-info"));
    Files.createDirectory(packages.resolve("documents"));
    for (String name : FROM_DEBIAN) {
      copy(DEBIAN.resolve(name), packages.resolve(name));
    }
    WorkerJvm jvm = RealWorkers.jvm(directory);
    pool =
        WarmPool.open(
            PoolSettings.of(jvm.withTold(jvm.told().withPackages(Optional.of(packages))))
                .withWorkers(1));
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  @Test
  void aPackageImportsLikeAnyOtherAndFindsItsOwnFiles() throws Exception {
    assertEquals(
        "2.5 4.0\n",
        output("import ledger\nfrom single import half\nprint(ledger.rate('high'), half(8))"));
  }

  @Test
  void whatImportsIsToldAndWhatDoesNotIsNot() throws Exception {
    List<String> told = pool.environment().get(120, TimeUnit.SECONDS).packages();
    assertTrue(told.containsAll(List.of("ledger", "single")), told.toString());
    assertFalse(told.contains("__pycache__") || told.contains("documents"), told.toString());
    var read =
        assertInstanceOf(
            Inspection.Read.class, pool.inspect("import ledger").get(60, TimeUnit.SECONDS));
    assertTrue(read.report().imports().getFirst().available());
  }

  @Test
  void packagesAreReadOnlyAndHideWhereTheyLie() throws Exception {
    String said =
        output(
            """
            import ledger, os
            print(ledger.__file__)
            for attack in (lambda: open(ledger.__file__, 'a'), lambda: os.remove(ledger.__file__),
                           lambda: os.mkdir(os.path.dirname(ledger.__file__) + '/x'),
                           lambda: os.rename(ledger.__file__, 'mine.py')):
                try:
                    attack()
                    print('ESCAPED')
                except OSError as e:
                    print(e.strerror)
            """);
    assertEquals("/usr/lib/packages/ledger/__init__.py\n" + "Permission denied\n".repeat(4), said);
    try (Stream<Path> kept = Files.list(packages.resolve("ledger"))) {
      assertEquals(2, kept.count());
    }
  }

  @Test
  void tabulateDrawsATable() throws Exception {
    needs("tabulate.py");
    assertEquals(
        """
          n  name
        ---  ------
          1  one
          2  two
        """,
        output(
            "from tabulate import tabulate\n"
                + "print(tabulate([[1, 'one'], [2, 'two']], headers=['n', 'name']))"));
  }

  @Test
  void dateutilParsesAndCountsMonths() throws Exception {
    needs("dateutil");
    assertEquals(
        "2024-02-29 2024-03-31\n",
        output(
            """
            from dateutil.parser import parse
            from dateutil.relativedelta import relativedelta
            day = parse('Feb 29, 2024').date()
            print(day, day + relativedelta(months=1, day=31))
            """));
  }

  private static void needs(String name) {
    Assumptions.assumeTrue(
        Files.exists(packages.resolve(name)), name + " is not in " + DEBIAN + " on this machine");
  }

  private static String output(String source) throws Exception {
    RunResult result =
        pool.submit(new Script("id", "t", "q", source, List.of(), Limits.DEFAULT))
            .get(120, TimeUnit.SECONDS);
    assertInstanceOf(RunResult.Completed.class, result, result.toString());
    return result.produced().stdout();
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(path -> !path.toString().contains("__pycache__")).toList();
    }
    for (Path file : files) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }
}
