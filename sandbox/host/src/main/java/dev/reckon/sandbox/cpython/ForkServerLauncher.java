package dev.reckon.sandbox.cpython;

import dev.reckon.sandbox.Environment.Layer;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.kernel.Architecture;
import dev.reckon.sandbox.pool.WorkerLauncher;
import dev.reckon.sandbox.process.Confinement;
import dev.reckon.sandbox.process.Spawner;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Starts fork servers. Their sources and settings go through standard input, so that nothing has to
 * be written to disk; the messages follow on the same stream. The thread that starts them is not
 * confined: under Landlock a child could not mount, and the server locks each child itself.
 */
final class ForkServerLauncher implements WorkerLauncher {
  private static final String RESOURCES = "/dev/reckon/sandbox/python/";

  /** In the order in which they need each other. */
  private static final List<String> SOURCES =
      List.of("wire", "confinement", "charts", "program", "child", "forkserver");

  private final ForkServer server;
  private final Map<String, String> told;
  private final Spawner spawner = new Spawner(() -> List.of(Confinement.ofParent()));

  ForkServerLauncher(ForkServer server) {
    this.server = server;
    this.told = told(server);
  }

  @Override
  public CompletableFuture<Process> start() {
    List<String> command =
        List.of(server.python().toString(), "-I", "-X", "utf8", "-c", source("bootstrap"));
    return spawner.start(command, Path.of("/")).thenApply(this::introduced);
  }

  @Override
  public List<Layer> layers() {
    return spawner.layers();
  }

  @Override
  public void close() {
    spawner.close();
  }

  private Process introduced(Process process) {
    try {
      // Not closed: what is sent to the worker later goes the same way.
      DataOutputStream out = new DataOutputStream(process.getOutputStream());
      out.writeInt(told.size());
      for (Map.Entry<String, String> each : told.entrySet()) {
        write(out, each.getKey());
        write(out, each.getValue());
      }
      out.flush();
      return process;
    } catch (IOException e) {
      // It says on its standard error why it went; whoever attaches to it reads that.
      return process;
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static Map<String, String> told(ForkServer server) {
    Map<String, String> told = new LinkedHashMap<>();
    SOURCES.forEach(name -> told.put(name + ".py", source(name)));
    told.put("screening", source("screening"));
    told.put("packages", server.packages().map(Path::toString).orElse(""));
    told.put("imports", String.join(" ", server.imports()));
    told.put("memory", Long.toString(server.memoryBytes()));
    told.put("namespaces", server.namespaces() ? "yes" : "");
    told.put("limits", numbers(server.limits()));
    Architecture.current()
        .ifPresent(
            architecture -> {
              told.put("filter.guard", ProgramFilter.hex(ProgramFilter.guard(architecture)));
              told.put("filter.init", ProgramFilter.hex(ProgramFilter.init(architecture)));
              told.put("filter.program", ProgramFilter.hex(ProgramFilter.program(architecture)));
            });
    return told;
  }

  private static String numbers(Limits limits) {
    return String.join(
        " ",
        Long.toString(limits.wallTime().toNanos()),
        Long.toString(limits.cpuTime().toNanos()),
        Integer.toString(limits.outputBytes()),
        Long.toString(limits.outputFloodBytes()),
        Integer.toString(limits.sourceBytes()),
        Long.toString(limits.fileBytes()),
        Integer.toString(limits.fileCount()));
  }

  private static String source(String name) {
    try (InputStream in =
        Optional.ofNullable(ForkServerLauncher.class.getResourceAsStream(RESOURCES + name + ".py"))
            .orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
