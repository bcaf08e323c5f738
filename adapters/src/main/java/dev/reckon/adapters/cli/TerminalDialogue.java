package dev.reckon.adapters.cli;

import dev.reckon.adapters.setup.Dialogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A talk at the terminal, or over standard input line by line. */
final class TerminalDialogue implements Dialogue {
  private static final int LONGEST_ANSWER = 10_000;

  private final Console console;
  private final BoundedLines lines;

  TerminalDialogue(Console console) {
    this.console = console;
    this.lines = new BoundedLines(console.in(), LONGEST_ANSWER);
  }

  @Override
  public void say(String words) {
    console.out().println(console.shown(words));
  }

  @Override
  public String ask(String question) {
    console.out().print(question);
    console.out().flush();
    return line();
  }

  @Override
  public String askSecret(String question) {
    java.io.Console terminal = console.inIsTerminal() ? System.console() : null;
    if (terminal == null) {
      return ask(question);
    }
    char @Nullable [] typed = terminal.readPassword("%s", question);
    return typed == null ? "" : new String(typed);
  }

  private String line() {
    try {
      BoundedLines.Line line = lines.next();
      console.out().println();
      return line == null ? "" : line.text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
