package dev.reckon.adapters.cli;

import dev.reckon.core.surface.render.Sanitizer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams, and whether they are terminals.
 *
 * @param in standard input
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param inIsTerminal whether a person types there
 * @param outIsTerminal whether a person reads there
 * @param errIsTerminal whether a person reads there
 * @param columns of the terminal
 * @param colour whether colours are wanted
 * @param pictures how the terminal shows pictures
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int columns,
    boolean colour,
    PictureProtocol pictures) {
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  /** One that shows no pictures. */
  public Console(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean inIsTerminal,
      boolean outIsTerminal,
      boolean errIsTerminal,
      int columns,
      boolean colour) {
    this(
        in,
        out,
        err,
        inIsTerminal,
        outIsTerminal,
        errIsTerminal,
        columns,
        colour,
        PictureProtocol.NONE);
  }

  /**
   * The process's own, as the launcher describes them by {@code reckon.terminal} (which of 0, 1 and
   * 2 are terminals) and {@code reckon.columns}. NO_COLOR is honoured.
   */
  public static Console system(Properties properties, UnaryOperator<@Nullable String> environment) {
    String noColor = environment.apply("NO_COLOR");
    String terminals = properties.getProperty("reckon.terminal", "");
    int columns = Integer.parseInt(properties.getProperty("reckon.columns", "0"));
    return new Console(
        System.in,
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        terminals.contains("0"),
        terminals.contains("1"),
        terminals.contains("2"),
        columns <= 0 ? USUAL_COLUMNS : Math.max(FEWEST_COLUMNS, columns),
        (noColor == null || noColor.isEmpty()) && !"dumb".equals(environment.apply("TERM")),
        terminals.contains("1") ? PictureProtocol.of(environment) : PictureProtocol.NONE);
  }

  /** The same in a window of that width. */
  Console withColumns(int width) {
    return new Console(
        in,
        out,
        err,
        inIsTerminal,
        outIsTerminal,
        errIsTerminal,
        Math.max(FEWEST_COLUMNS, width),
        colour,
        pictures);
  }

  /** The same, written to another place. */
  Console withOut(PrintStream other) {
    return new Console(
        in, other, err, inIsTerminal, outIsTerminal, errIsTerminal, columns, colour, pictures);
  }

  /** How to write for standard output. */
  public TextStyle style() {
    return new TextStyle(outIsTerminal && colour);
  }

  /** How to write for standard error. */
  public TextStyle errorStyle() {
    return new TextStyle(errIsTerminal && colour);
  }

  /** Hostile text as it is where no terminal would obey it, and harmless otherwise. */
  String shown(String text) {
    return outIsTerminal ? Sanitizer.visible(text) : text;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
