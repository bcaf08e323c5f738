package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves this machine's workers to bots on other machines. */
@Command(
    name = "worker",
    description = {
      "Serve this machine's workers to bots elsewhere.",
      "",
      "Bots that name this host in sandbox.url run their programs here and read attached files"
          + " here. It needs no token of Slack, Telegram or a model, and no store.",
    },
    footer = {
      "",
      "Off this machine, connections are encrypted (worker.certificate, worker.key), and bots show"
          + " a certificate of worker.ca or the token in RECKON_WORKER_TOKEN or worker.token_file.",
      "SIGTERM or Ctrl-C ends it: what waits goes back to its bot, and what runs may finish.",
    })
final class WorkerCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen; otherwise worker.listen.")
  private @Nullable String listen;

  WorkerCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, UsageException, InterruptedException {
    Optional<String> address = Optional.ofNullable(listen);
    try (ProcessEnd end = ProcessEnd.awaited();
        Program program = factory.open(configuration.config(), configuration.set());
        RunningService _ = program.serveWorkers(address)) {
      say("Serving workers on " + program.workerAddress(address) + ". Ctrl-C ends it.");
      end.await(this::say);
      return 0;
    }
  }

  private void say(String words) {
    console.err().println(words);
  }
}
