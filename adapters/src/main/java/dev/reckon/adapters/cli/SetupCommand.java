package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.config.SecretsFile;
import dev.reckon.adapters.config.SettingsFile;
import dev.reckon.adapters.setup.Dialogue;
import dev.reckon.adapters.setup.Guide;
import dev.reckon.adapters.setup.SetupFiles;
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
    description = "Set up Slack or Telegram: what to click, what to copy; writes the settings.",
    footer = {
      "",
      "Tokens are checked, and stored in a file that only you may read, as \"reckon keys\" does;"
          + " everything else is written to the configuration file. Run it again at any time: Enter"
          + " keeps what is set. Exit code: 0 when the platform works, 1 when not, 2 for wrong"
          + " usage.",
      "",
      "  reckon setup slack"
    })
final class SetupCommand implements Callable<Integer> {
  /** What can be set up. */
  enum Platform {
    SLACK("Slack"),
    TELEGRAM("Telegram");

    private final String title;

    Platform(String title) {
      this.title = title;
    }
  }

  private final ProgramFactory factory;
  private final SecretsFile secrets;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(paramLabel = "PLATFORM", description = "slack or telegram")
  private Platform platform = Platform.SLACK;

  SetupCommand(ProgramFactory factory, SecretsFile secrets, Console console) {
    this.factory = factory;
    this.secrets = secrets;
    this.console = console;
  }

  @Override
  public Integer call()
      throws ConfigurationException, UsageException, IOException, InterruptedException {
    // A platform that is switched on without its tokens would stop the start: it is being set up.
    List<String> set = new ArrayList<>(configuration.set());
    set.add("slack.enabled=false");
    set.add("telegram.enabled=false");
    boolean works;
    try (TerminalDialogue dialogue = new TerminalDialogue(console)) {
      try (Program program = factory.open(configuration.config(), set)) {
        SetupFiles files =
            new SetupFiles(
                secrets, new SettingsFile(program.settingsFile()), SetupCommand::inEnvironment);
        works = walk(program, dialogue, files);
      }
      return conclude(dialogue) && works ? 0 : 1;
    }
  }

  private boolean walk(Program program, Dialogue dialogue, SetupFiles files)
      throws UsageException, IOException, InterruptedException {
    Guide guide = program.guide(platform.name().toLowerCase(Locale.ROOT));
    try {
      return guide.walk(dialogue, files);
    } catch (EOFException e) {
      throw new UsageException(
          "The setup was not completed; "
              + (files.changed() ? "what was saved until then stays." : "nothing was changed.")
              + " Run it again in a terminal, or give it the answers on standard input, a line"
              + " each.");
    }
  }

  /** Says what works now, by reading the configuration as the next start does. */
  private boolean conclude(Dialogue dialogue) {
    dialogue.step("What works now.");
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      boolean serves = program.surfaces().contains(platform.title);
      if (serves) {
        dialogue.good("./reckon start answers in " + platform.title + ".");
      } else {
        dialogue.wrong(platform.title + " is not enabled.", "Run this again.");
      }
      program
          .modelMissing()
          .ifPresentOrElse(
              missing ->
                  dialogue.wrong(
                      missing, "Until then only saved computations and typed programs run."),
              () -> dialogue.good("A model is configured; ./reckon doctor asks it."));
      return serves;
    } catch (ConfigurationException e) {
      e.problems().forEach(problem -> dialogue.wrong(problem, "./reckon start would stop there."));
      return false;
    }
  }

  private static boolean inEnvironment(String variable) {
    String value = System.getenv(variable);
    return value != null && !value.isBlank();
  }
}
