package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves pages on this machine and shows how to sign in. */
@Command(
    name = "web",
    description = "Open Reckon in the browser, on this machine.",
    footer = {
      "",
      "The link signs one browser in, once; Enter prints another. Surfaces that the configuration"
          + " switches on run as well. Ctrl-C ends it."
    })
final class WebCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen at; otherwise http.port, or 8080.")
  private int port;

  @Option(names = "--no-browser", description = "Print the link only.")
  private boolean noBrowser;

  WebCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, UsageException, InterruptedException {
    List<String> set = new ArrayList<>(configuration.set());
    set.add("web.enabled=true");
    if (port > 0) {
      set.add("http.port=" + port);
    }
    try (ProcessEnd end = ProcessEnd.awaited();
        Program program = factory.open(configuration.config(), set)) {
      List<String> surfaces = program.surfaces();
      try (RunningService service = program.serve(this::say)) {
        running(program, service, surfaces);
        end.await(this::say);
      }
      return 0;
    }
  }

  private void running(Program program, RunningService service, List<String> surfaces) {
    say("Running: " + String.join(", ", surfaces) + ". Ctrl-C ends it.");
    program.modelMissing().ifPresent(why -> say("No model: " + why));
    URI link = service.signInLink().orElseThrow();
    console.out().println(link);
    console.out().flush();
    if (noBrowser || !Browser.open(link)) {
      say("Open this link in your browser. It works once; press Enter for another.");
    } else {
      say("Your browser should show it now. If not, press Enter for a new link.");
    }
    Thread.ofVirtual().name("links").start(() -> printLinks(service));
  }

  /** Another link for each line that is entered, until there is no more input. */
  private void printLinks(RunningService service) {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    try {
      while (lines.readLine() != null) {
        service.signInLink().ifPresent(console.out()::println);
        console.out().flush();
      }
    } catch (IOException e) {
      say("No more links can be asked for here: " + e.getMessage());
    }
  }

  private void say(String words) {
    console.err().println(words);
  }
}
