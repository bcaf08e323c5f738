package dev.reckon.adapters.cli;

import java.util.Base64;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a terminal shows a PNG file among its text. The terminal decodes it; nothing is decoded here.
 * Sixel is not among them: it would need decoded pixels.
 */
public enum PictureProtocol {
  /** The terminal shows text only, or is not known to show more. */
  NONE,
  /** Kitty's graphics protocol; also Ghostty and Konsole. */
  KITTY,
  /** iTerm2's inline images; also WezTerm and mintty. */
  ITERM2;

  /** What the Kitty protocol takes in one escape sequence. */
  private static final int CHUNK = 4_096;

  /**
   * What the terminal says of itself in the environment; inside tmux and screen nothing is shown.
   */
  public static PictureProtocol of(UnaryOperator<@Nullable String> environment) {
    String term = value(environment, "TERM");
    String program = value(environment, "TERM_PROGRAM");
    if (!value(environment, "TMUX").isEmpty()
        || term.startsWith("screen")
        || term.startsWith("tmux")
        || term.equals("dumb")) {
      return NONE;
    }
    return switch (program) {
      case "iTerm.app", "WezTerm", "mintty" -> ITERM2;
      case "ghostty" -> KITTY;
      default ->
          term.equals("xterm-kitty")
                  || term.equals("xterm-ghostty")
                  || !value(environment, "KITTY_WINDOW_ID").isEmpty()
                  || konsole(value(environment, "KONSOLE_VERSION"))
              ? KITTY
              : NONE;
    };
  }

  /** Konsole knows the protocol since version 22.04, which it writes as 220400. */
  private static boolean konsole(String version) {
    return version.matches("\\d{6}") && Integer.parseInt(version) >= 220_400;
  }

  private static String value(UnaryOperator<@Nullable String> environment, String name) {
    String value = environment.apply(name);
    return value == null ? "" : value;
  }

  /**
   * The escape sequences that show a picture; empty where none is shown.
   *
   * @param columns how wide it is shown
   */
  String drawn(byte[] png, int columns) {
    return switch (this) {
      case NONE -> "";
      case KITTY -> kitty(Base64.getEncoder().encodeToString(png), columns);
      case ITERM2 ->
          "\u001b]1337;File=size=%d;inline=1;width=%d;preserveAspectRatio=1:%s\u0007"
              .formatted(png.length, columns, Base64.getEncoder().encodeToString(png));
    };
  }

  /** In pieces; {@code q=2} keeps the terminal from answering into what is typed next. */
  private static String kitty(String data, int columns) {
    StringBuilder sequences = new StringBuilder();
    for (int at = 0; at < data.length(); at += CHUNK) {
      int end = Math.min(data.length(), at + CHUNK);
      sequences.append("\u001b_G");
      if (at == 0) {
        sequences.append("a=T,f=100,q=2,c=").append(columns).append(',');
      }
      sequences.append("m=").append(end < data.length() ? 1 : 0).append(';');
      sequences.append(data, at, end).append("\u001b\\");
    }
    return sequences.toString();
  }
}
