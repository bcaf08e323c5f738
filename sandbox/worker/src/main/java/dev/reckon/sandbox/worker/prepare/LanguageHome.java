package dev.reckon.sandbox.worker.prepare;

import java.io.IOException;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.io.IOAccess;

/**
 * Copies GraalPy's resources into the directory given as the only argument and compiles the
 * standard library in it to bytecode. Prints a line for each step. All components are copied, not
 * only Python: without the attach library Truffle warns in every worker.
 */
public final class LanguageHome {
  private static final String COMPILE =
      """
      import compileall, os
      home = os.path.join(target, 'python', 'python-home')
      for name in sorted(os.listdir(os.path.join(home, 'lib'))):
          folder = os.path.join(home, 'lib', name)
          if name.startswith('python3') or name.startswith('graalpy'):
              compileall.compile_dir(folder, quiet=2, maxlevels=20)
      """;

  private LanguageHome() {}

  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    System.out.println("copy");
    Engine.copyResources(target);
    System.out.println("compile");
    System.setProperty("polyglot.engine.resourcePath", target.toString());
    try (Context context =
        Context.newBuilder("python")
            .allowIO(IOAccess.ALL)
            .option("python.DontWriteBytecodeFlag", "false")
            .option("engine.WarnInterpreterOnly", "false")
            .build()) {
      context.getBindings("python").putMember("target", target.toString());
      context.eval("python", COMPILE);
    }
    System.out.println("done");
  }
}
