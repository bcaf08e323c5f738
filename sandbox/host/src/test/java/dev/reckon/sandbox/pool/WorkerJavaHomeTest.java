package dev.reckon.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers on another Java than their parent's: one that the JDK's own linker makes. */
@Timeout(120)
class WorkerJavaHomeTest {
  @TempDir Path directory;

  @Test
  void workersRunOnTheJdkThatIsNamed() throws Exception {
    Path jdk = directory.resolve("jdk");
    StringWriter said = new StringWriter();
    int failed =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                new PrintWriter(said),
                new PrintWriter(said),
                "--add-modules",
                "java.base",
                "--output",
                jdk.toString());
    Assumptions.assumeTrue(failed == 0, "this JDK links no runtime: " + said);
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(":", -1)).map(Path::of).toList();
    WorkerJvm jvm = WorkerJvm.of(classPath, WorkerSettings.withResources(directory)).withHome(jdk);
    PoolSettings settings = PoolSettings.of(jvm).withWorkers(1);
    try (WarmPool pool = WarmPool.open(settings)) {
      RunResult result =
          pool.submit(new Script("id", "t", "q", "java", List.of(), Limits.DEFAULT))
              .get(60, TimeUnit.SECONDS);
      assertInstanceOf(RunResult.Completed.class, result);
      assertEquals(jdk.toRealPath().toString(), result.produced().stdout());
    }
  }
}
