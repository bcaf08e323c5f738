package dev.reckon.sandbox.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What people do without a sandbox: each script in a fresh CPython process, started and awaited.
 */
final class CPython {
  /** The interpreter itself: what is called python3 may be a script that looks for one. */
  private final String executable;

  private final String version;

  CPython() throws IOException, InterruptedException {
    executable = said("python3", "-c", "import sys; print(sys.executable)");
    version = said(executable, "--version");
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  String version() {
    return version;
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
