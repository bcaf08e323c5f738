package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.worker.files.SharedMounts;
import dev.reckon.sandbox.worker.files.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.io.ProcessHandler;

/**
 * Makes contexts that can do nothing but compute and use their own {@link Workspace}, all on one
 * engine so that they share parsed code. Safe for any thread.
 */
final class ContextFactory implements AutoCloseable {
  private static final ProcessHandler NO_PROCESSES =
      command -> {
        throw new SecurityException("starting another program");
      };

  private final Engine engine =
      Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build();
  private final boolean packages;

  ContextFactory(boolean packages) {
    this.packages = packages;
  }

  /** A context in which nothing has run yet. */
  Context create(Workspace files, RunOutput output) {
    return Context.newBuilder("python")
        .engine(engine)
        .sandbox(SandboxPolicy.TRUSTED)
        .allowAllAccess(false)
        .allowHostAccess(HostAccess.NONE)
        .allowHostClassLookup(name -> false)
        .allowHostClassLoading(false)
        .allowNativeAccess(false)
        .allowCreateThread(false)
        .allowCreateProcess(false)
        .processHandler(NO_PROCESSES)
        .allowPolyglotAccess(PolyglotAccess.NONE)
        .allowEnvironmentAccess(EnvironmentAccess.NONE)
        .environment("HOME", Workspace.HOME)
        .environment("USER", "sandbox")
        .allowInnerContextOptions(false)
        .allowValueSharing(false)
        .useSystemExit(false)
        .allowIO(IOAccess.newBuilder().fileSystem(files).build())
        .currentWorkingDirectory(files.home())
        .in(InputStream.nullInputStream())
        .out(output.stream(false))
        .err(output.stream(true))
        .option("python.PythonHome", SharedMounts.LANGUAGE_HOME)
        .option("python.PythonPath", packages ? SharedMounts.PACKAGES : "")
        .option("python.Executable", "/usr/bin/python")
        .option("python.PosixModuleBackend", "java")
        .option("python.InitialLocale", "en_US")
        .option("python.StandardStreamEncoding", "utf-8")
        .option("python.DontWriteBytecodeFlag", "true")
        .option("python.CheckHashPycsMode", "never")
        .option("python.NoUserSiteFlag", "true")
        .option("python.IgnoreEnvironmentFlag", "true")
        .option("python.WarnExperimentalFeatures", "false")
        .build();
  }

  /** One of the helpers that run in the guest, by the path of its resource. */
  static Source helper(String name) {
    try (InputStream in =
        Optional.ofNullable(ContextFactory.class.getResourceAsStream(name)).orElseThrow()) {
      String code = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Source.newBuilder("python", code, name.substring(name.lastIndexOf('/') + 1))
          .internal(true)
          .buildLiteral();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frees what the engine keeps; its contexts must be closed. */
  @Override
  public void close() {
    engine.close();
  }
}
