package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.setup.Guide;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Guides through the set-up of a platform. */
@Command(
    name = "setup",
    description = "Walk through the set-up of Slack or Telegram: what to click, what to copy.",
    footer = {
      "",
      "Tokens are asked for, checked and forgotten; nothing is written. Exit code: 0 when the",
      "platform would work, 1 when not, 2 for wrong usage.",
      "",
      "  reckon setup slack"
    })
final class SetupCommand implements Callable<Integer> {
  /** What can be set up. */
  enum Platform {
    SLACK,
    TELEGRAM
  }

  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(paramLabel = "PLATFORM", description = "slack or telegram")
  private Platform platform = Platform.SLACK;

  SetupCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call()
      throws ConfigurationException, UsageException, IOException, InterruptedException {
    // A platform that is switched on without its tokens would stop the start: it is being set up.
    List<String> set = new ArrayList<>(configuration.set());
    set.add("slack.enabled=false");
    set.add("telegram.enabled=false");
    try (Program program = factory.open(configuration.config(), set);
        TerminalDialogue dialogue = new TerminalDialogue(console)) {
      Guide guide = program.guide(platform.name().toLowerCase(Locale.ROOT));
      return guide.walk(dialogue) ? 0 : 1;
    } catch (EOFException e) {
      throw new UsageException(
          "The set-up was left before its end; nothing was changed. It asks questions: run it in a"
              + " terminal, or give it the answers on standard input, a line each.");
    }
  }
}
