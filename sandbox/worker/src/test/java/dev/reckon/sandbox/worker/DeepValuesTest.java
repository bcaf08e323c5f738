package dev.reckon.sandbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.WarmPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and sources that have no end, or a very deep one: the worker outlives them. */
@Timeout(500)
class DeepValuesTest {
  @TempDir static Path directory;
  private static WarmPool pool;

  @BeforeAll
  static void open() throws IOException {
    pool = WarmPool.open(RealWorkers.settings(directory).withWorkers(1));
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = []; a.append(a); print(a); raise ValueError(a)",
        "d = {}; d['d'] = d; import sys; sys.exit(d)",
        "x = []\nfor i in range(10_000): x = [x]\nprint(x)",
        "x = []\nfor i in range(10_000): x = [x]\nraise ValueError(x)",
        "x = []\nfor i in range(10_000): x = [x]\nimport sys; sys.exit(x)",
        "x = {}\nfor i in range(10_000): x = {'x': x}\nimport json; print(len(json.dumps(x)))",
        "x = []\nfor i in range(10_000): x = [x]\nassert x == [x]",
        """
        e = ValueError('first')
        for i in range(10_000):
            n = ValueError(i); n.__cause__ = e; e = n
        raise e
        """,
        """
        a = ValueError('a'); b = ValueError('b')
        a.__context__ = b; b.__context__ = a
        raise a
        """,
        """
        e = ValueError('first')
        for i in range(1_000): e = ExceptionGroup('g', [e])
        raise e
        """,
        """
        class E(Exception):
            def __str__(self): return str(self)
        raise E()
        """,
        "def f(n): return f(n + 1)\nf(0)",
        "type('T', (), {'__repr__': lambda self: repr(self)})().x",
      })
  void valuesThatHaveNoEnd(String source) throws Exception {
    RunResult result = run(source);
    assertTrue(
        result instanceof RunResult.Completed || result instanceof RunResult.Failed,
        result.toString());
    honest();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{", "-", "not ", "f(", "x.", "x if x else "})
  void sourcesThatAreVeryDeep(String part) throws Exception {
    String source = "x = 1\n" + part.repeat(10_000) + "x";
    RunResult result = run(source);
    assertFalse(result instanceof RunResult.WorkerLost, result.toString());
    assertFalse(pool.inspect(source).get(60, TimeUnit.SECONDS).toString().isEmpty());
    honest();
  }

  private static void honest() throws Exception {
    var honest = assertInstanceOf(RunResult.Completed.class, run("print(6 * 7)"));
    assertEquals("42\n", honest.produced().stdout());
  }

  private static RunResult run(String source) throws Exception {
    Limits limits = Limits.DEFAULT.withWallTime(Duration.ofSeconds(20));
    return pool.submit(new Script("id", "t", "q", source, List.of(), limits))
        .get(60, TimeUnit.SECONDS);
  }
}
