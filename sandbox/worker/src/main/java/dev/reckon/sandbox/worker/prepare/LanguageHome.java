package dev.reckon.sandbox.worker.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.io.IOAccess;

/**
 * Copies GraalPy's resources into the directory given as the first argument and, when the second is
 * {@code compile}, compiles the standard library in it to bytecode, printing {@code compiled N OF}
 * as it goes.
 */
public final class LanguageHome {
  private static final String COMPILE =
      """
      import compileall, os
      lib = os.path.join(target, 'python', 'python-home', 'lib')
      sources = [os.path.join(folder, name) for folder, _, names in os.walk(lib)
                 for name in sorted(names) if name.endswith('.py')]
      for done, source in enumerate(sources, 1):
          compileall.compile_file(source, quiet=2)
          if done % 20 == 0:
              print('compiled', done, len(sources), flush=True)
      """;

  private LanguageHome() {}

  /** Throws what goes wrong; the exit code tells the parent. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    Engine.copyResources(target);
    copyAttachLibrary(target);
    System.setProperty("polyglot.engine.resourcePath", target.toString());
    if (arguments[1].equals("compile")) {
      compile(target);
    }
  }

  /** Truffle's own library is not among the components copied, and it is missed loudly. */
  private static void copyAttachLibrary(Path target) throws IOException {
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "amd64";
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
            ? "darwin"
            : "linux";
    String folder = "META-INF/resources/engine/libtruffleattach/" + system + "/" + architecture;
    ClassLoader jars = LanguageHome.class.getClassLoader();
    try (InputStream list = jars.getResourceAsStream(folder + "/files")) {
      if (list == null) {
        return;
      }
      for (String line : new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String name = line.substring(0, line.indexOf(" = "));
        Path copy = target.resolve("engine/libtruffleattach" + name.substring(folder.length()));
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        try (InputStream in = Objects.requireNonNull(jars.getResourceAsStream(name))) {
          Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void compile(Path target) {
    try (Context context =
        Context.newBuilder("python")
            .allowIO(IOAccess.ALL)
            .option("python.DontWriteBytecodeFlag", "false")
            .option("engine.WarnInterpreterOnly", "false")
            .build()) {
      context.getBindings("python").putMember("target", target.toString());
      context.eval("python", COMPILE);
    }
  }
}
