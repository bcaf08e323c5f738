package dev.reckon.sandbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.wire.FromWorker.Ending;
import dev.reckon.sandbox.worker.WarmWorker.Line;
import dev.reckon.sandbox.worker.WarmWorker.Line.Answer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How scripts end, told apart. Needs a worker. */
@ExtendWith(WarmWorker.class)
class ScriptOutcomesTest {
  private static final Limits SHORT = Limits.DEFAULT.withWallTime(Duration.ofSeconds(1));

  @Test
  void aScriptRunsAsMain(Line worker) {
    Answer answer =
        worker.run("print(__name__, __file__)\nimport sys\nprint('e', file=sys.stderr)");
    assertEquals(Ending.COMPLETED, answer.finished().ending());
    assertEquals("__main__ script.py\n", answer.stdout());
    assertEquals("e\n", answer.stderr());
    assertNull(answer.finished().error());
  }

  @Test
  void aTracebackShowsTheScriptsLinesOnly(Line worker) {
    GuestError error =
        error(
            worker.run(
                "import json\n\ndef read(text):\n    return json.loads(text)\n\nread('{')\n"));
    assertEquals("JSONDecodeError", error.type());
    assertEquals(4, error.line());
    assertEquals(
        """
        Traceback (most recent call last):
          File "script.py", line 6, in <module>
            read('{')
          File "script.py", line 4, in read
            return json.loads(text)
        json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: \
        line 1 column 2 (char 1)
        """,
        error.traceback().replaceAll("(?m)^ +[~^]+\n", ""));
  }

  @Test
  void aScriptsOwnTracebacksShowItsLinesToo(Line worker) {
    String shows =
        """
        import traceback
        try:
            {}['a']  # here
        except KeyError:
            traceback.print_exc()
        """;
    assertTrue(worker.run(shows).stderr().contains("{}['a']  # here"));
    assertTrue(worker.run("import linecache\n" + shows).stderr().contains("{}['a']  # here"));
  }

  @Test
  void whatIsTakenAwayIsAlsoGoneFromModulesThatAreLoadedLater(Line worker) {
    Answer answer =
        worker.run(
            """
            import io, os, posix
            print(io.open is open, os.open is posix.open)
            for name in ("system", "kill", "_exit", "execv"):
                print(name, getattr(os, name) is getattr(posix, name))
                try:
                    getattr(os, name)()
                except PermissionError as refused:
                    print(refused)
            """);
    assertEquals(Ending.COMPLETED, answer.finished().ending());
    assertEquals(
        4, answer.stdout().split("not available in this sandbox:", -1).length - 1, answer.stdout());
    assertFalse(answer.stdout().contains("False"), answer.stdout());
  }

  @Test
  void chainedErrorsShowTheirCauses(Line worker) {
    GuestError error =
        error(
            worker.run(
                "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('b') from e"));
    assertTrue(error.traceback().contains("KeyError: 'a'"), error.traceback());
    assertTrue(error.traceback().contains("direct cause"), error.traceback());
    assertTrue(error.traceback().endsWith("ValueError: b\n"), error.traceback());
  }

  @Test
  void aSyntaxErrorNamesItsLine(Line worker) {
    GuestError error = error(worker.run("x = 1\ny = = 2\nprint(x)\n"));
    assertEquals("SyntaxError", error.type());
    assertEquals(2, error.line());
    assertTrue(error.traceback().contains("y = = 2"), error.traceback());
  }

  @Test
  void anEndlessRecursionIsTheScriptsError(Line worker) {
    GuestError error = error(worker.run("def f(n):\n    return f(n + 1)\nf(0)\n"));
    assertEquals("RecursionError", error.type());
    assertTrue(error.traceback().contains("Previous line repeated"), error.traceback());
  }

  @Test
  void aHugeTracebackIsCut(Line worker) {
    GuestError error =
        error(
            worker.run(
                """
                error = None
                for i in range(400):
                    try:
                        raise ValueError('x' * 100) from error
                    except ValueError as e:
                        error = e
                raise error
                """));
    assertTrue(error.traceback().length() < 20_000, () -> "" + error.traceback().length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "raise type('E' * 3_000_000, (Exception,), {})('x')",
        "class E(Exception):\n    def __str__(self): return 'x' * 3_000_000\nraise E()",
        "e = SyntaxError('x')\ne.filename, e.lineno = 'script.py', 'seven'\nraise e",
        "e = SyntaxError('x')\ne.filename, e.lineno = 'script.py', 10**100\nraise e",
        "e = SyntaxError('x')\ne.filename, e.lineno = 'script.py', -7\nraise e",
        "e = Exception('x')\ne.capability = 'c' * 3_000_000\nraise e",
        "import builtins\nbuiltins.len = lambda v: 0\nraise Exception('m' * 3_000_000)",
        """
        import builtins
        class Meta(type):
            __name__ = property(lambda cls: [])
        class Fake(Exception, metaclass=Meta): pass
        builtins.type = lambda v: Fake if isinstance(v, BaseException) else str
        raise Exception('x')
        """,
      })
  void whatAnErrorSaysOfItselfIsChecked(String source, Line worker) {
    Answer answer = worker.run(source);
    assertTrue(
        Set.of(Ending.FAILED, Ending.BLOCKED).contains(answer.finished().ending()),
        () -> answer.finished().ending() + " " + answer.finished().detail());
    GuestError error = error(answer);
    assertTrue(error.type().length() <= 20_000 && error.message().length() <= 20_000);
    assertTrue(error.line() >= 0);
    assertFalse(answer.everything().contains("java"), answer.everything());
    assertEquals("42\n", worker.run("print(6 * 7)").stdout());
  }

  @Test
  void whatTheInterpreterItselfFailsOnIsTheScriptsError(Line worker) {
    Answer answer = worker.run("x = float('inf')\nprint('%d' % x)");
    assertEquals(Ending.FAILED, answer.finished().ending(), answer.everything());
    assertEquals("SystemError", error(answer).type());
    assertEquals(2, error(answer).line());
    assertFalse(answer.everything().contains("java"), answer.everything());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import sys; print('a'); sys.exit()",
        "import sys; print('a'); sys.exit(0)",
        "print('a'); exit()",
        "print('a'); quit(0)",
        "print('a'); raise SystemExit",
      })
  void exitingIsANormalEnd(String source, Line worker) {
    Answer answer = worker.run(source);
    assertEquals(Ending.COMPLETED, answer.finished().ending());
    assertEquals("a\n", answer.stdout());
  }

  @Test
  void exitingWithAMessageIsReportedAsPythonWould(Line worker) {
    Answer answer = worker.run("import sys\nsys.exit('no data')");
    assertEquals("no data\n", answer.stderr());
    assertEquals("SystemExit", error(answer).type());
    assertEquals("no data", error(answer).message());
    assertEquals("3", error(worker.run("import sys\nsys.exit(3)")).message());
  }

  @Test
  void exitHandlersRunBeforeTheEnd(Line worker) {
    Answer answer = worker.run("import atexit\natexit.register(print, 'bye')\nprint('hi')");
    assertEquals("hi\nbye\n", answer.stdout());
  }

  @Test
  void inputSaysWhatToDoInstead(Line worker) {
    Answer answer = worker.run("name = input('Name? ')");
    assertEquals("Name? ", answer.stdout());
    assertEquals("EOFError", error(answer).type());
    assertTrue(error(answer).message().contains("Attach a file"), error(answer).message());
    assertEquals("''\n", worker.run("import sys\nprint(repr(sys.stdin.read()))").stdout());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import threading; threading.Thread(target=print).start() | starting a thread",
        "import os; os.system('ls') | starting another program",
        "import subprocess; subprocess.run(['ls']) | starting another program",
        "import multiprocessing; multiprocessing.Process(target=print).start() | starting a"
            + " process",
        "import multiprocessing; multiprocessing.Pool(2) | starting a process",
        "from concurrent.futures import ProcessPoolExecutor as P; P().submit(print) | starting a"
            + " process",
        "from concurrent.futures import ThreadPoolExecutor as T; T().submit(print) | starting a"
            + " thread",
        "import socket; socket.socket() | the network",
        "import urllib.request; urllib.request.urlopen('http://example.com') | the network",
        "import ctypes | calling native code",
        "import sqlite3 | sqlite3",
        "import tkinter | graphical display",
        "import signal; signal.signal(signal.SIGTERM, print) | signals",
        "import os; os.kill(1, 9) | signals",
      })
  void whatIsNotHereIsBlockedInWords(String source, String capability, Line worker) {
    Answer answer = worker.run(source);
    assertEquals(Ending.BLOCKED, answer.finished().ending(), answer.everything());
    assertTrue(answer.finished().detail().contains(capability), answer.everything());
    assertTrue(
        error(answer).message().contains("not available in this sandbox: "), answer.everything());
  }

  @Test
  void aScriptMayCatchWhatIsBlocked(Line worker) {
    Answer answer =
        worker.run(
            """
            try:
                import sqlite3
            except ImportError:
                print('then without')
            """);
    assertEquals("then without\n", answer.stdout());
    assertEquals(Ending.COMPLETED, answer.finished().ending());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "import time\ntime.sleep(1000)",
        "import atexit\ndef spin():\n    while True: pass\natexit.register(spin)",
      })
  void theWallTimeEndsAScript(String source, Line worker) {
    Answer answer = worker.run("print('so far', flush=True)\n" + source, SHORT);
    assertEquals(Ending.WALL_TIME, answer.finished().ending());
    assertEquals("so far\n", answer.stdout());
  }

  /** The JVM's compilers work all the time that a young worker sleeps. */
  @Test
  void whatTheWorkerDoesBesidesIsNotTheScriptsCpuTime(Line worker) throws InterruptedException {
    Thread besides =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (!Thread.interrupted()) {
                    Thread.onSpinWait();
                  }
                });
    try {
      Limits limits =
          new Limits(Duration.ofSeconds(60), Duration.ofSeconds(1), 1000, 1000, 1000, 1000, 10);
      Answer answer = worker.run("import time; time.sleep(2); print('awake')", limits);
      assertEquals("awake\n", answer.stdout(), answer.everything());
    } finally {
      besides.interrupt();
      besides.join();
    }
  }

  @Test
  void theCpuTimeEndsAScript(Line worker) {
    Limits limits =
        new Limits(Duration.ofSeconds(60), Duration.ofSeconds(1), 1000, 1000, 1000, 1000, 10);
    assertEquals(Ending.CPU_TIME, worker.run("while True: pass", limits).finished().ending());
  }

  @Test
  void outputBeyondTheLimitIsCountedAndNotKept(Line worker) {
    Answer answer =
        worker.run("print('x' * 999)\nprint('y' * 999)", Limits.DEFAULT.withOutputBytes(1500));
    assertEquals(1500, answer.stdout().length());
    assertEquals(500, answer.finished().droppedBytes());
    assertEquals(Ending.COMPLETED, answer.finished().ending());
  }

  @Test
  void aFloodOfOutputEndsAScript(Line worker) {
    Limits limits =
        new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), 100, 1_000_000, 1000, 1000, 10);
    Answer answer = worker.run("while True: print('abcdefghij' * 100)", limits);
    assertEquals(Ending.OUTPUT_FLOOD, answer.finished().ending());
    assertEquals(100, answer.stdout().length());
    assertTrue(answer.finished().droppedBytes() >= 999_900, answer.everything());
  }

  @Test
  void pythonsOwnMemoryErrorIsAMemoryLimit(Line worker) {
    assertEquals(Ending.MEMORY, worker.run("raise MemoryError()").finished().ending());
  }

  @Test
  void aCancelledScriptEnds(Line worker) {
    Answer answer =
        worker.run("print('on', flush=True)\nwhile True: pass", Limits.DEFAULT, worker::cancel);
    assertEquals(Ending.CANCELLED, answer.finished().ending());
  }

  @Test
  void nothingOfOneScriptIsThereForTheNext(Line worker) {
    worker.run(
        """
        import builtins, json, sys
        builtins.leak = json.leak = 1
        sys.modules['leak'] = json
        print = None
        open('/tmp/leak', 'w').close()
        open('leak.txt', 'w').close()
        """);
    Answer answer =
        worker.run(
            """
            import builtins, json, os, sys
            print(hasattr(builtins, 'leak'), hasattr(json, 'leak'), 'leak' in sys.modules)
            print(os.listdir('/tmp'), os.listdir('.'))
            """);
    assertEquals("False False False\n[] []\n", answer.stdout());
  }

  @Test
  void randomNumbersDifferBetweenScripts(Line worker) {
    String source = "import random, os, uuid\nprint(random.random(), os.urandom(8), uuid.uuid4())";
    assertNotEquals(worker.run(source).stdout(), worker.run(source).stdout());
  }

  @Test
  void namesAndNumbersAreEnglish(Line worker) {
    Answer answer =
        worker.run(
            """
            import calendar, datetime, time
            print(calendar.month_name[3], calendar.day_abbr[0])
            print(datetime.date(2026, 3, 2).strftime('%A %d %B %Y'), time.tzname[0])
            print(f'{1234567.891:,.2f}')
            """);
    assertEquals("March Mon\nMonday 02 March 2026 UTC\n1,234,567.89\n", answer.stdout());
  }

  @Test
  void coroutinesRunWithoutSockets(Line worker) {
    Answer answer =
        worker.run(
            """
            import asyncio
            async def double(x):
                await asyncio.sleep(0.01)
                return 2 * x
            async def main():
                print(await asyncio.gather(double(1), double(2)))
                async with asyncio.timeout(5):
                    queue = asyncio.Queue()
                    asyncio.get_running_loop().call_later(0.01, queue.put_nowait, 'late')
                    print(await queue.get())
            asyncio.run(main())
            """);
    assertEquals("[2, 4]\nlate\n", answer.stdout(), answer.everything());
  }

  private static GuestError error(Answer answer) {
    GuestError error = answer.finished().error();
    if (error == null) {
      throw new AssertionError("no error: " + answer.everything());
    }
    return error;
  }
}
