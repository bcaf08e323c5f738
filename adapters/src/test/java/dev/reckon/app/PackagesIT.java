package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.app.StartedReckon.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key {@code sandbox.packages}, on the program as people start it. Needs a worker. */
class PackagesIT {
  @TempDir private Path folder;

  @Test
  void aPackageIsImportedAndDoctorNamesIt() throws Exception {
    Path ledger = Files.createDirectories(folder.resolve("site/ledger"));
    Files.writeString(ledger.resolve("__init__.py"), "def double(x): return 2 * x\n");
    String key = "sandbox.packages=" + folder.resolve("site");
    Ended run =
        StartedReckon.run(
            folder, "import ledger; print(ledger.double(21))", "exec", "--set", key, "-");
    assertEquals("42\n", run.out(), run.err());
    Ended doctor = StartedReckon.run(folder, "", "doctor", "--set", key);
    String said = doctor.out() + doctor.err();
    assertTrue(said.contains("ledger from " + folder.resolve("site")), said);
    assertTrue(said.contains("workers' JDK"), said);
  }
}
