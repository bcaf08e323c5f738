package dev.reckon.adapters.cli;

import dev.reckon.core.surface.render.TerminalCells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help of a command in one column, for windows that are too narrow for picocli's two. */
final class NarrowHelp {
  /** Picocli throws below that. */
  static final int FEWEST_COLUMNS = 55;

  private final int width;
  private final List<String> lines = new ArrayList<>();

  private NarrowHelp(int width) {
    this.width = width;
  }

  /** The lines of a command's help, none wider than the window unless a single word is. */
  static List<String> of(CommandSpec command, int width) {
    NarrowHelp help = new NarrowHelp(width);
    help.write(command);
    return help.lines;
  }

  private void write(CommandSpec command) {
    CommandLine.Model.UsageMessageSpec usage = command.usageMessage();
    add("Usage: " + command.qualifiedName() + synopsis(command), "");
    Arrays.stream(usage.description()).forEach(line -> add(line.formatted(), ""));
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      entry(parameter.paramLabel(), parameter.description());
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        String names = String.join(", ", option.names());
        boolean valued = option.arity().max() > 0;
        entry(valued ? names + " " + option.paramLabel() : names, option.description());
      }
    }
    command
        .subcommands()
        .forEach((name, sub) -> entry(name, sub.getCommandSpec().usageMessage().description()));
    Arrays.stream(usage.footer()).forEach(line -> add(line.formatted(), ""));
  }

  private static String synopsis(CommandSpec command) {
    StringBuilder synopsis = new StringBuilder();
    if (!command.options().isEmpty()) {
      synopsis.append(" [OPTIONS]");
    }
    command
        .positionalParameters()
        .forEach(parameter -> synopsis.append(' ').append(parameter.paramLabel()));
    if (!command.subcommands().isEmpty()) {
      synopsis.append(" COMMAND");
    }
    return synopsis.toString();
  }

  private void entry(String name, String[] description) {
    add(name, "");
    Arrays.stream(description).limit(1).forEach(line -> add(line.formatted(), "  "));
  }

  private void add(String text, String margin) {
    TerminalCells.wrapped(text.strip(), width - margin.length())
        .forEach(line -> lines.add(line.isEmpty() ? "" : margin + line));
  }
}
