package dev.reckon.adapters.cli;

import dev.reckon.adapters.setup.Dialogue;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.TerminalCells;
import io.nayuki.qrcodegen.QrCode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
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
  private static final String MARGIN = "   ";
  private static final String ST = "\u001b\\";

  /** The white border that a camera needs around a code, in modules. */
  private static final int QUIET = 4;

  /** Two modules above each other, dark ones as the ink: none, the lower, the upper, both. */
  private static final char[] HALVES = {' ', '▄', '▀', '█'};

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
    shown(words).forEach(line -> console.out().println(MARGIN + line));
  }

  /** By the sequence OSC 8: terminals that do not know it show the text alone. */
  @Override
  public void link(String shown, URI behind) {
    String text = Sanitizer.visible(shown);
    boolean linked = console.style().colour();
    console
        .out()
        .println(
            MARGIN
                + (linked
                    ? "\u001b]8;;" + behind.toASCIIString() + ST + text + "\u001b]8;;" + ST
                    : text));
  }

  @Override
  public void code(URI address) {
    QrCode code = QrCode.encodeText(address.toASCIIString(), QrCode.Ecc.LOW);
    if (MARGIN.length() + code.size + 2 * QUIET > console.columns()) {
      return;
    }
    console.out().println();
    for (int y = -QUIET; y < code.size + QUIET; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = -QUIET; x < code.size + QUIET; x++) {
        int dark = (code.getModule(x, y) ? 2 : 0) + (code.getModule(x, y + 1) ? 1 : 0);
        // Without colours most windows are dark, and what is drawn there is light.
        line.append(HALVES[console.style().colour() ? dark : 3 - dark]);
      }
      console.out().println(MARGIN + console.style().paper(line.toString()));
    }
    console.out().println();
  }

  @Override
  public void good(String words) {
    marked(console.style().green("✓ "), words);
  }

  @Override
  public void wrong(String words, String remedy) {
    marked(console.style().red("✗ "), words);
    if (!remedy.isEmpty()) {
      lines(remedy, 5)
          .forEach(line -> console.out().println(MARGIN + "  " + console.style().dim(line)));
    }
  }

  private void marked(String mark, String words) {
    String before = mark;
    for (String line : lines(words, 5)) {
      console.out().println(MARGIN + before + line);
      before = "  ";
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
    List<String> asked = shown(question + ":");
    asked.subList(0, asked.size() - 1).forEach(line -> console.out().println(MARGIN + line));
    String prompt = MARGIN + asked.getLast() + " ";
    if (reader == null) {
      console.out().println(prompt.stripTrailing());
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
    return lines(words, MARGIN.length());
  }

  /** The lines beside a margin. */
  private List<String> lines(String words, int margin) {
    return TerminalCells.wrapped(
        Sanitizer.visible(words), Math.max(15, Math.min(100, console.columns()) - margin));
  }

  @Override
  public void close() throws IOException {
    if (terminal != null) {
      terminal.close();
    }
  }
}
