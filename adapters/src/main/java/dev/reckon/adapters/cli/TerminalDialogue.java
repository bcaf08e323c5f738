package dev.reckon.adapters.cli;

import dev.reckon.adapters.setup.Dialogue;
import dev.reckon.core.surface.render.Sanitizer;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A dialogue on the terminal. Where standard input is no terminal, each answer is one line, and
 * secrets need no hiding because nothing is echoed.
 */
final class TerminalDialogue implements Dialogue, AutoCloseable {
  private final Console console;
  private final @Nullable Terminal terminal;
  private final @Nullable LineReader reader;
  private final BufferedReader lines;
  private int steps;

  TerminalDialogue(Console console) throws IOException {
    this.console = console;
    this.lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    this.terminal = console.inIsTerminal() ? TerminalBuilder.builder().system(true).build() : null;
    this.reader = terminal == null ? null : LineReaderBuilder.builder().terminal(terminal).build();
  }

  @Override
  public void step(String words) {
    steps++;
    console.out().println();
    String number = steps + ". ";
    String margin = number;
    for (String line : shown(words)) {
      console.out().println(console.style().bold(margin + line));
      margin = " ".repeat(number.length());
    }
  }

  @Override
  public void say(String words) {
    // A link must stay in one piece to be clicked, and what is to be copied must stay as it is.
    boolean asItIs = words.contains("://") || words.contains("\n");
    if (asItIs) {
      words.lines().forEach(line -> console.out().println("   " + Sanitizer.visible(line)));
    } else {
      shown(words).forEach(line -> console.out().println("   " + line));
    }
  }

  @Override
  public void good(String words) {
    console.out().println(console.style().green("   ✓ ") + Sanitizer.visible(words));
  }

  @Override
  public void wrong(String words, String remedy) {
    console.out().println(console.style().red("   ✗ ") + Sanitizer.visible(words));
    if (!remedy.isEmpty()) {
      shown(remedy).forEach(line -> console.out().println("     " + console.style().dim(line)));
    }
  }

  @Override
  public String ask(String question) throws IOException {
    return line(question, null);
  }

  @Override
  public String askSecret(String question) throws IOException {
    return line(question, '*');
  }

  private String line(String question, @Nullable Character mask) throws IOException {
    String prompt = "   " + Sanitizer.visible(question) + ": ";
    if (reader == null) {
      console.out().println(prompt);
      String line = lines.readLine();
      if (line == null) {
        throw new EOFException("nobody answers");
      }
      return line.strip();
    }
    try {
      reader.getVariables().put(LineReader.DISABLE_HISTORY, mask != null);
      return reader.readLine(prompt, mask).strip();
    } catch (EndOfFileException | UserInterruptException e) {
      throw new EOFException("nobody answers");
    }
  }

  private List<String> shown(String words) {
    return Wrapping.lines(
        Sanitizer.visible(words), Math.max(20, Math.min(100, console.columns()) - 3));
  }

  @Override
  public void close() throws IOException {
    if (terminal != null) {
      terminal.close();
    }
  }
}
