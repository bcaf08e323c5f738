package dev.reckon.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The parent's layer alone: a worker that says what it likes, in well-formed messages or not. */
@Timeout(60)
class HostileWorkerTest {
  @TempDir Path directory;
  private WarmPool pool;

  @BeforeEach
  void open() {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(":", -1)).map(Path::of).toList();
    pool = WarmPool.open(PoolSettings.of(classPath, directory).withWorkers(1));
  }

  @AfterEach
  void theNextScriptRunsCorrectly() throws Exception {
    assertEquals("after\n", run("print after").produced().stdout());
    pool.close();
  }

  @Test
  void aMessageLargerThanTheRunsFilesIsRefusedBeforeItIsRead() throws Exception {
    var lost = assertInstanceOf(RunResult.WorkerLost.class, run("promise 100000000\ndeaf"));
    assertTrue(lost.reason().startsWith("the worker broke the protocol"), lost.reason());
  }

  @Test
  void aFloodOfMessagesThatNobodyWaitsForEndsTheWorker() throws Exception {
    var lost = assertInstanceOf(RunResult.WorkerLost.class, run("print kept\nidle-flood"));
    assertEquals("the worker sent more than it may", lost.reason());
    assertEquals("kept\n", lost.produced().stdout());
  }

  @Test
  void aBusyWorkerIsNotIdleBecauseItSaysSo() throws Exception {
    var result = assertInstanceOf(RunResult.Completed.class, run("idle\nidle\nprint mine"));
    assertEquals("mine\n", result.produced().stdout());
  }

  @Test
  void aWorkerIntroducesItselfOnce() throws Exception {
    assertEquals("0.0", pool.environment().get(20, TimeUnit.SECONDS).pythonVersion());
    run("introduce");
    assertEquals("0.0", pool.environment().get(20, TimeUnit.SECONDS).pythonVersion());
  }

  @Test
  void filesThatNoFolderCanHoldTogetherAreLeftOut() throws Exception {
    Produced produced = run("file a\nfile a\nfile a/b\nfile c/d\nfile c\nfile ab").produced();
    assertEquals(
        List.of("a", "c/d", "ab"), produced.files().stream().map(SandboxFile::name).toList());
    assertEquals(3, produced.droppedFiles());
  }

  @Test
  void impossibleCountsDoNotOverflow() throws Exception {
    Produced produced = run("print x\nfile a\nfile a\nlie").produced();
    assertTrue(produced.truncated());
    assertTrue(produced.droppedBytes() > 0, Long.toString(produced.droppedBytes()));
    assertEquals(Integer.MAX_VALUE, produced.droppedFiles());
  }

  @Test
  void aWorkersWordsAreOneBoundedLineInTheLog() throws Exception {
    var lost = assertInstanceOf(RunResult.WorkerLost.class, run("fault"));
    assertTrue(lost.reason().contains("it broke 12:00:00 WARN forged x"), lost.reason());
    assertTrue(lost.reason().length() < 1100, lost.reason());
    assertFalse(lost.reason().contains("\n"), lost.reason());
  }

  private RunResult run(String source) throws Exception {
    return pool.submit(new Script("id", "t", "q", source, List.of(), Limits.DEFAULT))
        .get(20, TimeUnit.SECONDS);
  }
}
