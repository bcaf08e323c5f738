package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ClosestMatch;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.config.SecretsFile;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.TerminalCells;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses the command line, and turns every failure into a message and an exit code. */
public final class CommandLineRunner {
  /** Wrong usage or configuration. */
  public static final int WRONG = 2;

  private static final int FAULT = 1;

  /** How picocli says that a value is none of the constants that are possible. */
  private static final Pattern CHOICE =
      Pattern.compile(
          "Invalid value for (?:option '([^']+)'|positional parameter at index \\d+ \\(([^)]+)\\))"
              + "[^:]*: expected one of \\[([^]]*)] \\(case-insensitive\\) but was '(.*)'");

  private final ProgramFactory factory;
  private final SecretsFile secrets;
  private final Console console;

  public CommandLineRunner(ProgramFactory factory, SecretsFile secrets, Console console) {
    this.factory = factory;
    this.secrets = secrets;
    this.console = console;
  }

  /** Runs one command to its end; returns the process's exit code. */
  public int run(String... words) {
    CommandLine commands = new CommandLine(new ReckonCommand());
    commands.addSubcommand(new StartCommand(factory, console));
    commands.addSubcommand(new WebCommand(factory, console));
    commands.addSubcommand(new ChatCommand(factory, console));
    commands.addSubcommand(new AskCommand(factory, console));
    commands.addSubcommand(new ExecCommand(factory, console));
    commands.addSubcommand(new DemoCommand(factory, console));
    commands.addSubcommand(new McpCommand(factory, console));
    commands.addSubcommand(new DoctorCommand(factory, console));
    commands.addSubcommand(new SetupCommand(factory, secrets, console));
    commands.addSubcommand(new KeysCommand(secrets, console));
    commands.addSubcommand(new PrepareCommand(factory, console));
    commands.addSubcommand(new WorkerCommand(factory, console));
    commands.addSubcommand(new StatsCommand(factory, console));
    commands.addSubcommand(new BackupCommand(factory, console));
    commands.addSubcommand(new RestoreCommand(factory, console));
    commands.addSubcommand(new StoreCommand(factory, console));
    commands.addSubcommand(new ExportCommand(factory, console));
    commands.addSubcommand(new ForgetCommand(factory, console));
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setUsageHelpWidth(Math.clamp(console.columns(), NarrowHelp.FEWEST_COLUMNS, 100));
    commands.setUsageHelpAutoWidth(false);
    commands.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.style().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    commands.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commands.setParameterExceptionHandler((e, given) -> misunderstood(e));
    commands.setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    for (CommandLine command : commands.getSubcommands().values()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
      command.setParameterExceptionHandler((e, given) -> misunderstood(e));
      command.setExecutionExceptionHandler((e, ignored, parsed) -> failed(e));
    }
    commands.setExecutionStrategy(this::execute);
    return commands.execute(withDefault(words));
  }

  private int execute(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (last.isUsageHelpRequested() && console.columns() < NarrowHelp.FEWEST_COLUMNS) {
      NarrowHelp.of(last.commandSpec(), console.columns()).forEach(console.out()::println);
      return 0;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** Without a command, {@code start} is meant. */
  private static String[] withDefault(String[] words) {
    boolean options =
        words.length > 0 && (words[0].startsWith("--set") || words[0].startsWith("--config"));
    return words.length == 0 || options
        ? Stream.concat(Stream.of("start"), Arrays.stream(words)).toArray(String[]::new)
        : words;
  }

  private int misunderstood(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String help = "Try " + name + " --help.";
    Matcher choice = CHOICE.matcher(String.valueOf(e.getMessage()));
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      if (command.getParent() == null && !word.startsWith("-")) {
        say("There is no command " + word + ".");
        advise(word, command.getSubcommands().keySet(), help);
      } else {
        say(String.valueOf(e.getMessage()));
        List<String> near = unmatched.getSuggestions();
        console
            .err()
            .println(near.isEmpty() ? help : "Did you mean " + String.join(" or ", near) + "?");
      }
    } else if (choice.matches()) {
      List<String> choices = List.of(choice.group(3).toLowerCase(Locale.ROOT).split(", ", -1));
      String what = choice.group(1) == null ? choice.group(2) : choice.group(1);
      String given = choice.group(4);
      say(what + " can be " + String.join(", ", choices) + "; it cannot be \"" + given + "\".");
      advise(given, choices, help);
    } else if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      CommandLine.Model.ArgSpec first = missing.getMissing().getFirst();
      say(first.paramLabel() + " is missing: " + String.join(" ", first.description()));
      console.err().println(help);
    } else {
      say(String.valueOf(e.getMessage()));
      console.err().println(help);
    }
    return WRONG;
  }

  private void advise(String word, Collection<String> known, String otherwise) {
    console
        .err()
        .println(
            ClosestMatch.to(word, known)
                .map(near -> "Did you mean " + near + "?")
                .orElse(otherwise));
  }

  private int failed(Exception e) throws Exception {
    return switch (e) {
      case UsageException usage -> {
        say(String.valueOf(usage.getMessage()));
        yield WRONG;
      }
      case ConfigurationException configuration -> {
        configuration.problems().forEach(this::say);
        yield WRONG;
      }
      case StoreException store -> {
        say(store.getMessage());
        yield WRONG;
      }
      case InterruptedException ignored -> 130;
      default -> {
        LoggerFactory.getLogger(CommandLineRunner.class).debug("fault", e);
        say(
            "Something is wrong inside Reckon: "
                + e
                + ". Try again; --set log.level=debug shows where it happened.");
        yield FAULT;
      }
    };
  }

  private void say(String message) {
    String name = "reckon: ";
    String text = name + Sanitizer.visible(message);
    List<String> lines =
        console.errIsTerminal() ? TerminalCells.wrapped(text, console.columns()) : List.of(text);
    // A first word that is wider than the window begins the next line.
    String first = lines.getFirst().substring(Math.min(name.length(), lines.getFirst().length()));
    console.err().println(console.errorStyle().red(name) + first);
    lines.stream().skip(1).forEach(console.err()::println);
  }
}
