package dev.reckon.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reckon.sandbox.Chart;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.cpython.ForkServer;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The second engine, on the system's own Python; skipped where that lacks the packages. */
class CPythonContractTest extends SandboxContract {
  @Override
  Sandbox open(Path scratch) {
    PythonInstallation python = PythonInstallation.find().orElse(null);
    assumeTrue(
        python != null && python.packages().containsAll(PythonInstallation.WANTED),
        "no Python with numpy, pandas and matplotlib; install python3-pandas python3-matplotlib");
    return WarmPool.open(PoolSettings.of(ForkServer.of(python.path())).withWorkers(1));
  }

  @Test
  void theEnvironmentNamesPackagesVersionsAndLayers() throws Exception {
    Environment environment = sandbox().environment().get(60, TimeUnit.SECONDS);
    assertEquals("CPython", environment.engine());
    assertTrue(environment.pythonVersion().startsWith("3."), environment.toString());
    assertTrue(
        environment.packages().stream().anyMatch(each -> each.matches("pandas [0-9.]+")),
        environment.packages().toString());
    assertTrue(environment.missing().contains("torch"), environment.missing().toString());
    assertTrue(
        environment.layers().stream().anyMatch(layer -> layer.name().equals("seccomp")),
        environment.layers().toString());
  }

  @Test
  void aGroupByAndASolverRun() throws Exception {
    RunResult result =
        run(
            """
            import numpy as np, pandas as pd
            t = pd.read_csv('t.csv')
            print(t.groupby('team')['hours'].sum().to_dict())
            print(np.linalg.solve(np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([3.0, 5.0])).round(2))
            """,
            SandboxFile.text("t.csv", "team,hours\na,1\nb,2\na,3\n"));
    assertEquals("{'a': 4, 'b': 2}\n[0.8 1.4]\n", result.produced().stdout(), result::toString);
  }

  @Test
  void figuresLeftOpenAndSavedComeBackWithTheirFacts() throws Exception {
    RunResult result =
        run(
            """
            import matplotlib.pyplot as plt
            plt.bar(['north', 'south'], [3, 4.5], label='sales')
            plt.title('Sales by region')
            plt.ylabel('EUR')
            plt.legend()
            plt.show()
            plt.figure()
            plt.plot(range(100))
            plt.savefig('curve.png')
            """);
    List<SandboxFile> files = result.produced().files();
    assertEquals(
        List.of("curve.png", "sales-by-region.png"),
        files.stream().map(SandboxFile::name).toList(),
        result::toString);
    assertEquals("PNG", new String(files.getFirst().content(), 1, 3, StandardCharsets.US_ASCII));
    Chart bars =
        result.produced().charts().stream()
            .filter(chart -> chart.file().equals("sales-by-region.png"))
            .findFirst()
            .orElseThrow();
    assertEquals("Sales by region", bars.title());
    Chart.Panel panel = bars.panels().getFirst();
    assertEquals("EUR", panel.y());
    assertEquals(List.of("sales"), panel.legend());
    assertEquals(
        new Chart.Series(
            "bars",
            "sales",
            2,
            3,
            4.5,
            List.of(new Chart.Point("north", 3), new Chart.Point("south", 4.5))),
        panel.series().getFirst());
    Chart.Series curve =
        result.produced().charts().stream()
            .filter(chart -> chart.file().equals("curve.png"))
            .findFirst()
            .orElseThrow()
            .panels()
            .getFirst()
            .series()
            .getFirst();
    assertEquals(100, curve.points());
    assertEquals(2, curve.values().size(), "of many points the first and the last are told");
  }

  @Test
  void aLargeFigureIsMadeForAPhoneAndItsFactsNameTheBars() throws Exception {
    RunResult result =
        run(
            """
            import matplotlib.pyplot as plt, pandas as pd
            sales = pd.DataFrame({'2024': [1, 2], '2025': [3, 4]}, index=['north coast', 'south'])
            axes = sales.plot.bar(figsize=(17, 8.5))
            axes.set_title('Sales of all branches in both years by region, with words that go on and on'
                           ' until nobody reads them')
            plt.figure()
            plt.colorbar(plt.imshow([[1, 2], [3, 4]]))
            """);
    List<Chart> charts = result.produced().charts();
    assertEquals(2, charts.size(), result::toString);
    Chart bars = charts.getFirst();
    assertTrue(
        bars.title().endsWith("by region, with words that go on and on until nobody reads them"));
    assertEquals(
        List.of(new Chart.Point("north coast", 3), new Chart.Point("south", 4)),
        bars.panels().getFirst().series().getLast().values());
    assertEquals(1, charts.getLast().panels().size(), "a colour bar is no chart of its own");
    byte[] picture =
        result.produced().files().stream()
            .filter(file -> file.name().equals(bars.file()))
            .findFirst()
            .orElseThrow()
            .content();
    int width = ByteBuffer.wrap(picture).getInt(16);
    assertTrue(width < 17 * 150, "pixels in width: " + width);
  }

  @Test
  void aCrashOfNativeCodeIsTheProgramsOwnFailure() throws Exception {
    var failed =
        assertInstanceOf(
            RunResult.Failed.class,
            run("import ctypes\nprint('before', flush=True)\nctypes.string_at(0)"));
    assertEquals("Crash", failed.error().type());
    assertEquals("before\n", failed.produced().stdout());
  }

  @Test
  void nothingOfOneRunIsInTheMemoryOfTheNext() throws Exception {
    String secret = "the-secret-of-another-tenant-" + "7".repeat(30);
    run("x = open('s.txt').read()\nprint(x)", SandboxFile.text("s.txt", secret));
    RunResult result =
        run(
            """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            libc.sbrk.restype = ctypes.c_void_p
            reader, writer = os.pipe()
            page_of = (ctypes.c_ubyte * 1)()
            def pages(start, end):
                for address in range(start & ~0xfff, end, 4096):
                    if libc.mincore(ctypes.c_void_p(address), 4096, page_of) == 0:
                        # The kernel refuses to read what a plain access would crash at.
                        if libc.write(writer, ctypes.c_void_p(address), 4096) == 4096:
                            yield os.read(reader, 4096)
            # Backwards, so that what is looked for is not found in what looks for it.
            secret = b'777-tnanet' + b'-rehtona-fo-terces-eht'
            own = b'nwo-ym-si-' + b'siht'
            kept = [own[::-1] * 3 for _ in range(10)]
            found = {secret: 0, own: 0}
            end = libc.sbrk(0)
            middle = id(kept)
            spans = [(end - (64 << 20), end), (middle - (128 << 20), middle + (128 << 20))]
            spans += [(id(each), id(each) + 8192) for each in kept]
            for span in spans:
                for page in pages(*span):
                    backwards = page[::-1]
                    for each in found:
                        found[each] += each in backwards
            print(found[secret], found[own] > 0)
            """);
    assertEquals("0 True\n", result.produced().stdout(), result::toString);
  }
}
