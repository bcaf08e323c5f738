package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the surfaces that the configuration switches on, until the process is told to end. */
@Command(
    name = "start",
    description = "Run the enabled surfaces (the default without a command).",
    footer = {"", "SIGTERM or Ctrl-C ends it: running turns may finish, and what cannot is saved."})
final class StartCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  StartCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, UsageException, InterruptedException {
    try (ProcessEnd end = ProcessEnd.awaited();
        Program program = factory.open(configuration.config(), configuration.set())) {
      List<String> surfaces = program.surfaces();
      if (surfaces.isEmpty()) {
        throw new UsageException(
            "No surface is enabled, so there is nothing to start.\n"
                + "  To see it work:      reckon demo\n"
                + "  In the browser:      reckon web\n"
                + "  To talk to it here:  reckon chat\n"
                + "  For one answer:      reckon ask \"average salary by department\" --file"
                + " data.csv\n"
                + "  For a team:          reckon setup slack, or reckon setup telegram");
      }
      try (RunningService service = program.serve(this::say)) {
        running(service, surfaces);
        end.await(this::say);
      }
      return 0;
    }
  }

  private void running(RunningService service, List<String> surfaces) {
    say("Running: " + String.join(", ", surfaces) + ". Ctrl-C ends it.");
    service.signInLink().ifPresent(link -> say("Sign in, with one browser, once: " + link));
  }

  private void say(String words) {
    console.err().println(words);
  }
}
