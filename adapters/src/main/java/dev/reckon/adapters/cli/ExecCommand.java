package dev.reckon.adapters.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.core.files.FileImporter;
import dev.reckon.core.label.Amounts;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a script in the sandbox, without a model. */
@Command(
    name = "exec",
    description = "Run a Python script in the sandbox, without a model.",
    footer = {
      "",
      "Exit code: 0 when the script completed, 1 when it did not, 2 for wrong usage.",
      "",
      "  reckon exec report.py --file sales.csv --out results",
      "  echo 'print(2**100)' | reckon exec -"
    })
final class ExecCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE.py",
      description = "The script, - for standard input.")
  private @Nullable String script;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description = "A file to place beside the script; may be given several times.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write the files that the script leaves.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON object instead of the script's output.")
  private boolean json;

  @Option(
      names = "--ndjson",
      description = "Read one request a line from standard input, write one result a line.")
  private boolean ndjson;

  @Option(
      names = "--screen",
      description = "Refuse to run what the rules under [code] forbid a model's programs.")
  private boolean screen;

  @Option(names = "--workers", paramLabel = "N", description = "Workers for --ndjson.")
  private @Nullable Integer workers;

  ExecCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call()
      throws UsageException,
          ConfigurationException,
          IOException,
          InterruptedException,
          ExecutionException {
    if (ndjson && script != null) {
      throw new UsageException(
          "--ndjson reads its scripts from standard input; leave FILE.py out.");
    }
    if (!ndjson && script == null) {
      throw new UsageException("Which script? Name a file, or - for standard input.");
    }
    if (workers != null && (workers < 1 || workers > 256)) {
      throw new UsageException("--workers must be a number from 1 to 256.");
    }
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      return ndjson ? lines(program) : one(program, String.valueOf(script));
    }
  }

  private int lines(Program program) throws IOException, InterruptedException {
    OptionalInt count = workers == null ? OptionalInt.empty() : OptionalInt.of(workers);
    Sandbox sandbox = program.sandbox(count);
    int inFlight = 2 * Math.max(1, sandbox.status().workers());
    new ExecLines(runs(program, sandbox), program.turnSettings().limits(), console.out(), inFlight)
        .run(console.in());
    return 0;
  }

  private ScriptRunner runs(Program program, Sandbox sandbox) {
    return screen
        ? new ScreenedScriptRunner(sandbox, program.turnSettings().code())
        : sandbox::submit;
  }

  private int one(Program program, String name)
      throws UsageException, InterruptedException, ExecutionException {
    Limits limits = program.turnSettings().limits();
    List<SandboxFile> given =
        files.isEmpty()
            ? List.of()
            : imported(program.importer(), CommandLineFiles.read(files, limits.fileBytes()));
    String source = CommandLineFiles.script(name, console.in(), limits.sourceBytes());
    Sandbox sandbox = program.sandbox(OptionalInt.of(1));
    RunResult result =
        runs(program, sandbox)
            .submit(new Script("exec", "terminal", "exec", source, given, limits))
            .get();
    if (out != null) {
      CommandLineFiles.write(out, result.produced().files());
    }
    if (json) {
      ObjectNode object = RunResultJson.of(null, result);
      console.out().println(object);
    } else {
      show(result);
    }
    return result instanceof RunResult.Completed ? 0 : 1;
  }

  /** The files as a conversation's programs would find them; what is said about them is shown. */
  private List<SandboxFile> imported(FileImporter importer, List<SandboxFile> given)
      throws UsageException, InterruptedException {
    List<SandboxFile> found = new ArrayList<>();
    for (SandboxFile file : given) {
      switch (importer.read(
          new FileImporter.Request("terminal", "exec", file.name(), file.content()))) {
        case FileImporter.NotRead(String message) ->
            throw new UsageException(Sanitizer.visible(message));
        case FileImporter.Read(var read, var notices) -> {
          notices.forEach(notice -> console.err().println(Sanitizer.visible(notice)));
          read.forEach(each -> found.add(new SandboxFile(each.name(), each.content())));
        }
      }
    }
    if (found.stream().map(SandboxFile::name).distinct().count() < found.size()) {
      throw new UsageException(
          "Two files would have the same name for the program; rename one, or give fewer.");
    }
    return found;
  }

  private void show(RunResult result) {
    String printed = result.produced().stdout();
    console.out().print(console.shown(printed));
    if (console.outIsTerminal() && !printed.isEmpty() && !printed.endsWith("\n")) {
      console.out().println();
    }
    console.out().flush();
    TextStyle style = console.errorStyle();
    console.err().print(Sanitizer.visible(result.produced().stderr()));
    if (result.produced().droppedBytes() > 0) {
      console
          .err()
          .println(
              style.yellow(
                  "… and "
                      + Amounts.size(result.produced().droppedBytes())
                      + " more, not kept (sandbox.output_kib)"));
    }
    RunResultJson.error(result)
        .map(GuestError::traceback)
        .filter(traceback -> !traceback.isBlank())
        .ifPresent(
            traceback -> console.err().println(Sanitizer.visible(traceback.stripTrailing())));
    String time = " · " + Amounts.duration(result.timing().elapsed());
    console
        .err()
        .println(
            result instanceof RunResult.Completed
                ? style.green("✓") + style.dim(" completed" + time + left(result))
                : style.red("✗ " + Sanitizer.visible(RunResultText.reason(result)))
                    + style.dim(time + left(result)));
  }

  private String left(RunResult result) {
    List<SandboxFile> left = result.produced().files();
    if (left.isEmpty()) {
      return "";
    }
    List<String> names =
        left.stream().map(f -> f.name() + " (" + Amounts.size(f.content().length) + ")").toList();
    String list = Sanitizer.visible(String.join(", ", names));
    return out == null
        ? " · left " + list + "; keep with --out DIR"
        : " · wrote " + list + " to " + out;
  }
}
