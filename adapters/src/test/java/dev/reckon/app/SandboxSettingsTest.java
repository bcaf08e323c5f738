package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said about the workers' JDK and packages before anything is started. */
class SandboxSettingsTest {
  @TempDir Path home;

  @Test
  void withoutKeysWorkersRunOnTheProgramsOwnJdkAndWithoutPackages() throws Exception {
    SandboxSettings sandbox = read();
    assertEquals(Path.of(System.getProperty("java.home")), sandbox.workerJdk().home());
    assertEquals(Optional.empty(), sandbox.packages());
  }

  @Test
  void foldersBeginAtTheProgramsOwn() throws Exception {
    jdk("other", "JAVA_VERSION=\"25.0.3\"\nIMPLEMENTOR=\"Somebody\"\n");
    Files.createDirectory(home.resolve("site"));
    SandboxSettings sandbox = read("sandbox.java_home=other", "sandbox.packages=site");
    assertEquals(home.resolve("other"), sandbox.workerJdk().home());
    assertEquals("25.0.3", sandbox.workerJdk().version());
    assertEquals("Somebody", sandbox.workerJdk().maker());
    assertEquals(Optional.of(home.resolve("site")), sandbox.packages());
  }

  @Test
  void aJdkThatIsNotThereIsTooOldOrIsNoneStopsTheStart() throws Exception {
    assertRefused("there is no bin/java in", "sandbox.java_home=nowhere");
    jdk("old", "JAVA_VERSION=\"21.0.1\"\n");
    assertRefused("is a JDK 21.0.1; workers need a JDK 25", "sandbox.java_home=old");
    jdk("silent", "");
    assertRefused("does not say its version", "sandbox.java_home=silent");
  }

  @Test
  void packagesThatAreNoFolderStopTheStart() throws Exception {
    Files.writeString(home.resolve("tabulate.py"), "");
    assertRefused("is not a folder that can be read", "sandbox.packages=tabulate.py");
    assertRefused("is not a folder that can be read", "sandbox.packages=nowhere");
  }

  @Test
  void theSecondEnginesPythonHasToBeOneAndNewEnough() throws Exception {
    assertEquals(SandboxSettings.Engine.AUTO, read().engine());
    assertRefused("is not Python 3.10 or newer", "sandbox.python=nowhere");
    python("old", "3.9.1");
    assertRefused("is not Python 3.10 or newer", "sandbox.python=old");
    python("young", "3.13.0");
    SandboxSettings sandbox =
        read(
            "sandbox.python=young", "sandbox.engine=cpython", "sandbox.python_imports=[\"numpy\"]");
    assertEquals(Optional.of(home.resolve("young")), sandbox.python());
    assertEquals(SandboxSettings.Engine.CPYTHON, sandbox.engine());
    assertEquals(List.of("numpy"), sandbox.imports());
  }

  private void python(String name, String version) throws Exception {
    Path script = Files.writeString(home.resolve(name), "#!/bin/sh\necho " + version + "\n");
    assertTrue(script.toFile().setExecutable(true));
  }

  private void assertRefused(String words, String key) {
    String said = assertThrows(ConfigurationException.class, () -> read(key)).toString();
    assertTrue(said.contains(words), said);
  }

  private SandboxSettings read(String... words) throws ConfigurationException {
    return Settings.from(
            Configuration.read(Optional.empty(), Arrays.asList(words), name -> null), home)
        .sandbox();
  }

  private void jdk(String name, String release) throws Exception {
    Path bin = Files.createDirectories(home.resolve(name).resolve("bin"));
    assertTrue(Files.createFile(bin.resolve("java")).toFile().setExecutable(true));
    Files.writeString(home.resolve(name).resolve("release"), release);
  }
}
