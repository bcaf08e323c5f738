package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Guides through setting up a surface. */
@Command(
    name = "setup",
    description = "Guide through setting up Slack or Telegram, and check that it works.",
    footer = {"", "Tokens are checked, and neither kept nor shown."})
final class SetupCommand implements Callable<Integer> {
  /** What can be set up. */
  enum Surface {
    SLACK,
    TELEGRAM
  }

  private final Launch launch;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(paramLabel = "slack|telegram", description = "What to set up.")
  private Surface surface = Surface.SLACK;

  SetupCommand(Launch launch, Console console) {
    this.launch = launch;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, IOException, InterruptedException {
    try (Program program = launch.open(configuration.config(), configuration.set())) {
      TerminalDialogue dialogue = new TerminalDialogue(console);
      boolean works =
          switch (surface) {
            case SLACK -> program.setUpSlack(dialogue);
            case TELEGRAM -> program.setUpTelegram(dialogue);
          };
      return works ? 0 : 1;
    }
  }
}
