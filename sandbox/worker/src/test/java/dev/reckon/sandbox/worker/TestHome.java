package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.worker.prepare.LanguageHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** GraalPy's resources in the build folder, compiled to bytecode on first use. */
public final class TestHome {
  private TestHome() {}

  public static Path prepared() throws IOException {
    Path folder = Path.of(System.getProperty("reckon.root"), "sandbox/worker/target/language-home");
    Path done = folder.resolve("complete");
    if (!Files.exists(done)) {
      LanguageHome.main(new String[] {folder.toString(), "compile"});
      Files.createFile(done);
    }
    return folder;
  }
}
