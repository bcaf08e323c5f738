package dev.reckon.adapters.cli;

import dev.reckon.adapters.demo.DemoScene;
import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.command.CodeDisplay;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.label.Amounts;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Reply;
import dev.reckon.core.model.ScriptedModel;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plays scenes with a scripted model and everything else real. */
@Command(
    name = "demo",
    description = "Show how five requests are answered; needs no key and no network.")
final class DemoCommand implements Callable<Integer> {
  private static final long PATIENCE_SECONDS = 120;

  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  DemoCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("reckon-demo");
    List<String> set = new ArrayList<>(configuration.set());
    // A store of its own: what is played leaves no trace among what was really asked.
    set.add("store.url=jdbc:sqlite:" + folder.resolve("demo.db"));
    set.add("verify.mode=judge");
    try (Program program = factory.open(configuration.config(), set)) {
      return play(program);
    } finally {
      delete(folder);
    }
  }

  private int play(Program program) throws UsageException, InterruptedException {
    TextStyle style = console.style();
    ReplyRenderer screen =
        new ReplyRenderer(
            console, console.outIsTerminal() ? ChartFiles.temporary(program.files()::read) : null);
    screen.text(
        "A demonstration. The model's replies are scripted: they were written beforehand, and no"
            + " model is asked. Everything else is real: the sandbox, the screening, the repairs,"
            + " the checks, the store.");
    List<DemoScene> scenes = DemoScene.all(draws(program.sandbox(OptionalInt.of(1))));
    int number = 0;
    boolean asPlanned = true;
    for (DemoScene scene : scenes) {
      number++;
      screen.blank();
      console
          .out()
          .println(
              style.bold("── " + number + " of " + scenes.size() + " · " + scene.title() + " ──"));
      screen.blank();
      screen.text("› " + scene.request());
      for (SandboxFile file : scene.content()) {
        screen.text("  with " + file.name() + " (" + Amounts.size(file.content().length) + ")");
      }
      screen.blank();
      asPlanned &= played(program, scene, screen);
    }
    screen.blank();
    screen.text(
        "That was the demonstration. Store a key with \"reckon keys set openai\", or set"
            + " model.base_url for a local server, and ask: reckon ask \"...\" --file data.csv");
    return asPlanned ? 0 : 1;
  }

  /** Whether programs can draw charts; not when that cannot be found out. */
  private static boolean draws(Sandbox sandbox) throws InterruptedException {
    try {
      Environment environment = sandbox.environment().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return environment.second().orElse(environment).packages().stream()
          .anyMatch(each -> each.startsWith("matplotlib"));
    } catch (ExecutionException | TimeoutException unknown) {
      // The scenes show what is wrong with the sandbox.
      return false;
    }
  }

  private boolean played(Program program, DemoScene scene, ReplyRenderer screen)
      throws UsageException, InterruptedException {
    ScriptedModel model = new ScriptedModel(scene.replies());
    DirectClient client = program.client(model);
    TerminalMessages messages = new TerminalMessages("");
    ProgressLine progress = new ProgressLine(console);
    TurnResult result;
    try (CancelOnExit _ = CancelOnExit.cancels(client, messages)) {
      result = client.ask(messages.words(scene.request(), false, scene.content()), progress).turn();
    }
    progress.clear();
    for (TurnResult.Attempt attempt : result.attempts()) {
      trail(attempt, result.attempts().size(), screen);
    }
    screen.show(
        AnswerReplies.of(
            result, CodeDisplay.INLINE, List.of("(The model's replies are scripted.)")));
    return switch (result.status()) {
      case VERIFIED, PLAIN_YES, UNVERIFIED -> true;
      default -> false;
    };
  }

  /** What became of an attempt that was not the last. */
  private void trail(TurnResult.Attempt attempt, int attempts, ReplyRenderer screen) {
    if (attempt.number() == attempts) {
      return;
    }
    String error = attempt.error() == null ? attempt.status() : attempt.error();
    screen.headline(Reply.Kind.FAILED, Label.PROGRESS_FAILED_ATTEMPT.text(attempt.number(), error));
    if (!attempt.output().isBlank()) {
      screen.output(attempt.output());
    }
    screen.code(attempt.code());
    screen.blank();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.deleteIfExists(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
