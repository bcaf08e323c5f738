package dev.reckon.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.SourceReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sandbox does with a program, whatever runs it. */
@Timeout(500)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SandboxContract {
  private static final long PATIENCE_SECONDS = 400;

  /** Filling the memory takes 10 s where nothing else runs. */
  private static final Limits UNHURRIED = Limits.DEFAULT.withWallTime(Duration.ofMinutes(5));

  private static final Limits SMALL =
      new Limits(
          Duration.ofSeconds(30), Duration.ofSeconds(30), 65_536, 1_000_000, 100_000, 100_000, 10);

  private @Nullable Sandbox opened;

  /** A sandbox of one worker, which need not be ready. */
  abstract Sandbox open(Path folder) throws Exception;

  @BeforeAll
  void openSandbox(@TempDir Path scratch) throws Exception {
    opened = open(scratch);
  }

  @AfterAll
  void closeSandbox() {
    if (opened != null) {
      opened.close();
    }
  }

  Sandbox sandbox() {
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  RunResult run(String source, SandboxFile... files) throws Exception {
    return run(source, UNHURRIED, files);
  }

  private RunResult run(String source, Limits limits, SandboxFile... files) throws Exception {
    return sandbox()
        .submit(new Script("id", "tenant", "queue", source, List.of(files), limits))
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void outputComesBackByStream() throws Exception {
    RunResult result = run("import sys\nprint('out')\nprint('err', file=sys.stderr)");
    assertInstanceOf(RunResult.Completed.class, result);
    assertEquals("out\n", result.produced().stdout());
    assertEquals("err\n", result.produced().stderr());
    assertFalse(result.produced().engine().isEmpty());
  }

  @Test
  void anErrorIsToldWithTheScriptsLinesOnly() throws Exception {
    var failed =
        assertInstanceOf(
            RunResult.Failed.class, run("def f():\n    return {}['k']\n\nprint('so far')\nf()"));
    assertEquals("KeyError", failed.error().type());
    assertEquals("'k'", failed.error().message());
    assertEquals(2, failed.error().line());
    assertEquals("so far\n", failed.produced().stdout());
    assertTrue(
        failed
            .error()
            .traceback()
            .lines()
            .filter(line -> line.contains("File \""))
            .allMatch(line -> line.contains("script.py")),
        failed.error().traceback());
  }

  @Test
  void whatIsNoPythonFailsWithItsLine() throws Exception {
    var failed = assertInstanceOf(RunResult.Failed.class, run("x = 1\ny = = 2\nprint(x)"));
    assertEquals("SyntaxError", failed.error().type());
    assertEquals(2, failed.error().line());
  }

  @Test
  void anExitCodeOfZeroIsSuccessAndAnyOtherIsNot() throws Exception {
    assertInstanceOf(RunResult.Completed.class, run("import sys\nsys.exit()"));
    var failed = assertInstanceOf(RunResult.Failed.class, run("raise SystemExit('bad input')"));
    assertEquals("SystemExit", failed.error().type());
    assertEquals("bad input\n", failed.produced().stderr());
  }

  @Test
  void inputHasNothingToRead() throws Exception {
    var failed = assertInstanceOf(RunResult.Failed.class, run("input('Name? ')"));
    assertEquals("EOFError", failed.error().type());
    assertEquals("Name? ", failed.produced().stdout());
    assertEquals("''\n", run("import sys\nprint(repr(sys.stdin.read()))").produced().stdout());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import os; os.system('id') | starting another program",
        "import subprocess; subprocess.run(['id']) | starting another program",
        "import os; os.fork() | starting a process",
        "import multiprocessing; multiprocessing.Process() | starting a process",
        "import threading; threading.Thread(target=print).start() | starting a thread",
        "import socket; socket.create_connection(('127.0.0.1', 80)) | the network",
        "import urllib.request; urllib.request.urlopen('http://example.org') | the network",
        "import os; os.kill(1, 9) | sending signals",
        "import signal; signal.alarm(1) | signals",
      })
  void whatIsNotHereIsNamed(String source, String capability) throws Exception {
    var blocked = assertInstanceOf(RunResult.Blocked.class, run(source));
    assertEquals(capability, blocked.capability());
    assertTrue(blocked.error().message().contains("not available in this sandbox: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "import time\ntime.sleep(1000)",
        "sum(range(10**18))",
        "import atexit\ndef spin():\n    while True: pass\natexit.register(spin)",
      })
  void theWallTimeEndsAProgramAndWhatItPrintedIsKept(String source) throws Exception {
    run("import atexit, time"); // a worker that has just replaced another one is slow at first
    var limit =
        assertInstanceOf(
            RunResult.TimeLimit.class,
            run(
                "print('so far', flush=True)\n" + source,
                Limits.DEFAULT.withWallTime(Duration.ofSeconds(1))));
    assertFalse(limit.cpu());
    assertEquals("so far\n", limit.produced().stdout());
  }

  @Test
  void theCpuTimeEndsAProgram() throws Exception {
    Limits limits =
        new Limits(Duration.ofSeconds(60), Duration.ofSeconds(1), 1000, 1000, 1000, 1000, 10);
    var limit = assertInstanceOf(RunResult.TimeLimit.class, run("while True: pass", limits));
    assertTrue(limit.cpu());
  }

  @Test
  void memoryIsLimited() throws Exception {
    assertInstanceOf(
        RunResult.MemoryLimit.class,
        run("x = []\nwhile True: x.append('y' * 10**6 + str(len(x)))"));
    assertEquals("well\n", run("print('well')").produced().stdout());
  }

  @Test
  void outputBeyondTheLimitIsCountedAndAFloodEndsTheProgram() throws Exception {
    RunResult cut = run("print('x' * 999)\nprint('y' * 999)", Limits.DEFAULT.withOutputBytes(1500));
    assertInstanceOf(RunResult.Completed.class, cut);
    assertEquals(1500, cut.produced().stdout().length());
    assertEquals(500, cut.produced().droppedBytes());
    Limits limits =
        new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), 100, 1_000_000, 1000, 1000, 10);
    RunResult flood = run("while True: print('abcdefghij' * 100)", limits);
    assertInstanceOf(RunResult.OutputLimit.class, flood);
    assertEquals(100, flood.produced().stdout().length());
  }

  @Test
  void aProgramIsStoppedWhileItRuns() throws Exception {
    Script script = new Script("id", "t", "q", "while True: pass", List.of(), Limits.DEFAULT);
    CompletableFuture<RunResult> running = sandbox().submit(script);
    while (sandbox().status().busy() == 0) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    sandbox().stop(script);
    assertInstanceOf(RunResult.Stopped.class, running.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals("next\n", run("print('next')").produced().stdout());
  }

  @Test
  void filesGoInAndOut() throws Exception {
    RunResult result =
        run(
            """
            import os
            print(open('in/a.txt').read())
            os.makedirs('out/deep')
            open('out/deep/x.bin', 'wb').write(b'x')
            open('changed.txt', 'w').write('B')
            open('.hidden', 'w').write('h')
            os.mkdir('__pycache__')
            open('__pycache__/y.pyc', 'w').write('y')
            os.remove('gone.txt')
            """,
            SandboxFile.text("in/a.txt", "inside"),
            SandboxFile.text("changed.txt", "A"),
            SandboxFile.text("gone.txt", "G"),
            SandboxFile.text("unread.txt", "U"));
    assertEquals("inside\n", result.produced().stdout(), result::toString);
    assertEquals(
        Set.of("changed.txt", "out/deep/x.bin"),
        Set.copyOf(result.produced().files().stream().map(SandboxFile::name).toList()));
    assertEquals(Set.of("in/a.txt"), result.produced().read());
  }

  @Test
  void whatAFileThatWasNeverClosedHoldsIsWritten() throws Exception {
    RunResult result = run("f = open('a.txt', 'w')\nf.write('whole')");
    assertEquals(
        "whole",
        new String(result.produced().files().getFirst().content(), StandardCharsets.UTF_8));
  }

  @Test
  void namesAreCleaned() throws Exception {
    RunResult result =
        run("for n in ('a\\nb', 'c\\\\d', 'e\\u202ef', '-x'): open(n, 'w').write('1')");
    assertEquals(
        Set.of("-x", "a_b", "c_d", "e_f"),
        Set.copyOf(result.produced().files().stream().map(SandboxFile::name).toList()),
        result::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f = open('a', 'wb')\nwhile True: f.write(b'x' * 1000)",
        "f = open('a', 'wb'); f.seek(10**6); f.write(b'x'); f.flush()",
        "for i in range(40): open(f'f{i}', 'w').close()",
        "import os\nfor i in range(40): os.mkdir(f'd{i}')",
        "import pathlib\nfor i in range(40): pathlib.Path(f'f{i}').write_bytes(b'x' * 9_000)",
        "import tempfile\nopen(tempfile.gettempdir() + '/a', 'wb').write(b'x' * 200_000)",
      })
  void beyondTheQuotaTheDiskIsFull(String source) throws Exception {
    var failed = assertInstanceOf(RunResult.Failed.class, run(source, SMALL), source);
    assertTrue(
        failed.error().message().contains("No space left on device"), failed.error()::toString);
  }

  @Test
  void nothingOfOneProgramIsThereForTheNext() throws Exception {
    run(
        """
        import builtins, json, sys, tempfile
        builtins.leak = json.leak = 1
        sys.modules['leak'] = json
        open(tempfile.gettempdir() + '/leak', 'w').close()
        open('leak.txt', 'w').close()
        """);
    assertEquals(
        "False False False [] []\n",
        run("""
        import builtins, json, os, sys, tempfile
        print(hasattr(builtins, 'leak'), hasattr(json, 'leak'), 'leak' in sys.modules,
              os.listdir(tempfile.gettempdir()), os.listdir('.'))
        """)
            .produced()
            .stdout());
  }

  @Test
  void randomNumbersDifferAndTheClockIsUtc() throws Exception {
    String source = "import random, os, uuid\nprint(random.random(), os.urandom(8), uuid.uuid4())";
    assertNotEquals(run(source).produced().stdout(), run(source).produced().stdout());
    assertEquals(
        "UTC Monday 02 March 2026\n",
        run("import time, datetime\n"
                + "print(time.tzname[0], datetime.date(2026, 3, 2).strftime('%A %d %B %Y'))")
            .produced()
            .stdout());
  }

  @Test
  void coroutinesRunWithoutSockets() throws Exception {
    RunResult result =
        run(
            """
            import asyncio
            async def double(x):
                await asyncio.sleep(0.01)
                return 2 * x
            async def main():
                print(await asyncio.gather(double(1), double(2)))
            asyncio.run(main())
            """);
    assertEquals("[2, 4]\n", result.produced().stdout(), result::toString);
  }

  @Test
  void aSourceIsReadWithoutBeingRun() throws Exception {
    var read =
        assertInstanceOf(
            Inspection.Read.class,
            sandbox()
                .inspect("from os import system as s\nimport torch\ns('ls')")
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(
        List.of(new SourceReport.Import("os", 1, true), new SourceReport.Import("torch", 2, false)),
        read.report().imports());
    assertTrue(read.report().uses().contains(new SourceReport.Use("os.system", 3, true)));
    var broken =
        assertInstanceOf(
            Inspection.Read.class,
            sandbox().inspect("def f(:").get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals("SyntaxError", broken.report().problem().orElseThrow().type());
  }
}
