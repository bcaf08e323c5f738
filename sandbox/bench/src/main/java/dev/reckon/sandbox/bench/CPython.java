package dev.reckon.sandbox.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What people do without a sandbox: each script in a fresh CPython process, started and awaited.
 */
final class CPython {
  private static final String SYSTEMS_OWN = "/usr/bin/python3";
  private static final int TRIALS = 15;

  /** The interpreter itself: what is called python3 may be a script that looks for one. */
  private final String executable;

  private final String version;

  CPython(String executable) throws IOException, InterruptedException {
    this.executable = executable;
    this.version = said(executable, "--version");
  }

  /** The quickest to start of the system's own and the one on the search path. */
  static CPython quickest() throws IOException, InterruptedException {
    List<CPython> found = new ArrayList<>();
    if (Files.isExecutable(Path.of(SYSTEMS_OWN))) {
      found.add(new CPython(SYSTEMS_OWN));
    }
    found.add(new CPython(said("python3", "-c", "import sys; print(sys.executable)")));
    CPython quickest = found.getFirst();
    long best = Long.MAX_VALUE;
    for (CPython each : found) {
      Times times = new Times();
      for (int i = 0; i < TRIALS; i++) {
        times.add(each.run("print(1+1)"));
      }
      long nanos = (long) (times.median() * 1e6);
      if (nanos < best) {
        best = nanos;
        quickest = each;
      }
    }
    return quickest;
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  String version() {
    return version + " (" + executable + ")";
  }

  /** From starting the process to having all of its output, in nanoseconds. */
  long run(String code) throws IOException, InterruptedException {
    Path script = Files.createTempFile("script", ".py");
    try {
      Files.writeString(script, code);
      long begun = System.nanoTime();
      Process process =
          new ProcessBuilder(executable, script.toString()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      process.getInputStream().readAllBytes();
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("CPython failed on:\n" + code);
      }
      return System.nanoTime() - begun;
    } finally {
      Files.delete(script);
    }
  }
}
