package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the surfaces that the configuration switches on, until the process is told to end. */
@Command(
    name = "start",
    description = "Run the surfaces that are switched on (the default without a command).",
    footer = {"", "SIGTERM or Ctrl-C ends it: running turns may finish, and what cannot is saved."})
final class StartCommand implements Callable<Integer> {
  private static final long CLOSING_SECONDS = 90;

  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  StartCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, UsageException, InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      List<String> surfaces = program.surfaces();
      if (surfaces.isEmpty()) {
        throw new UsageException(
            "No surface is switched on, so there is nothing to start.\n"
                + "  To see it work:      reckon demo\n"
                + "  To talk to it here:  reckon chat\n"
                + "  For one answer:      reckon ask \"average salary by department\" --file"
                + " data.csv\n"
                + "  For a team:          slack.enabled or telegram.enabled in config/reckon.toml");
      }
      serve(program, surfaces, closed);
      return 0;
    } finally {
      closed.countDown();
    }
  }

  /** Serves until the process is told to end; its end waits until everything is closed. */
  private void serve(Program program, List<String> surfaces, CountDownLatch closed)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ended.countDown();
                  await(closed);
                },
                "closing"));
    try (RunningService _ = program.serve(this::say)) {
      say("Running: " + String.join(", ", surfaces) + ". Ctrl-C ends it.");
      ended.await();
      say("Ending; nothing new is taken.");
    }
  }

  private static void await(CountDownLatch closed) {
    try {
      closed.await(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String words) {
    console.err().println(words);
  }
}
