package dev.reckon.sandbox.attacks;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Takes the context's layer away: classes that stand before the worker's own on its class path, so
 * that scripts may do all that the process may. What is left is the kernel's layer.
 */
final class OpenContexts {
  private static final Path WORKER = Path.of(System.getProperty("reckon.root"), "sandbox/worker");
  private static final String FOLDER = "dev/reckon/sandbox/worker";

  private OpenContexts() {}

  /** Compiles them from the worker's own sources into a folder. */
  static Path compiled(Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Path classes = Files.createDirectories(folder.resolve("open").resolve(FOLDER));
    String factory =
        changed(
            Files.readString(
                WORKER.resolve("src/main/java").resolve(FOLDER).resolve("ContextFactory.java")),
            ".allowAllAccess(false)",
            ".allowAllAccess(true)",
            "HostAccess.NONE",
            "HostAccess.ALL",
            "name -> false",
            "name -> true",
            ".allowHostClassLoading(false)",
            ".allowHostClassLoading(true)",
            ".allowNativeAccess(false)",
            ".allowNativeAccess(true)",
            ".allowCreateThread(false)",
            ".allowCreateThread(true)",
            ".allowCreateProcess(false)",
            ".allowCreateProcess(true)",
            ".processHandler(NO_PROCESSES)",
            "",
            "PolyglotAccess.NONE",
            "PolyglotAccess.ALL",
            "EnvironmentAccess.NONE",
            "EnvironmentAccess.INHERIT",
            "IOAccess.newBuilder().fileSystem(files).build()",
            "IOAccess.ALL",
            ".currentWorkingDirectory(files.home())",
            "",
            "SharedMounts.LANGUAGE_HOME",
            "System.getProperty(\"polyglot.engine.resourcePath\") + \"/python/python-home\"");
    Path source = sources.resolve("ContextFactory.java");
    Files.writeString(source, factory);
    compile(source, folder.resolve("open"));
    String guest =
        changed(
            Files.readString(WORKER.resolve("src/main/python/guest.py")),
            "    def take_away():\n",
            "    def take_away():\n        return\n");
    Files.writeString(classes.resolve("guest.py"), guest);
    return folder.resolve("open");
  }

  private static String changed(String text, String... fromTo) {
    String result = text;
    for (int i = 0; i < fromTo.length; i += 2) {
      String next = result.replace(fromTo[i], fromTo[i + 1]);
      assertNotEquals(result, next, "the worker's source has no " + fromTo[i] + " any more");
      result = next;
    }
    return result;
  }

  private static void compile(Path source, Path into) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int problems =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-nowarn",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            into.toString(),
            source.toString());
    if (problems != 0) {
      throw new IllegalStateException("the open worker does not compile");
    }
  }

  static List<Path> before(Path folder) throws IOException {
    return List.of(compiled(folder));
  }
}
