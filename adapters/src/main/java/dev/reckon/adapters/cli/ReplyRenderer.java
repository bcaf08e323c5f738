package dev.reckon.adapters.cli;

import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.DisplayPolicy;
import dev.reckon.core.surface.render.Excerpt.Limit;
import dev.reckon.core.surface.render.ReplyLayout;
import dev.reckon.core.surface.render.ReplyLayout.Part;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.TerminalCells;
import dev.reckon.core.surface.render.Upload;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws replies on the terminal: everything in full, as wide as the window. */
final class ReplyRenderer {
  private static final int WIDEST = 100;
  private static final String INDENT = "  ";
  private static final int CODE_MARGIN = 4;

  /** A chart for a phone needs no more; and none is shown larger than it is. */
  private static final int WIDEST_PICTURE = 70;

  private static final int CELL_PIXELS = 8;

  private final PrintStream out;
  private final TextStyle style;
  private final int width;
  private final int codeCells;
  private final PictureProtocol pictures;
  private final @Nullable ChartFiles charts;

  /** Charts are named only. */
  ReplyRenderer(Console console) {
    this(console, null);
  }

  /**
   * A renderer that shows charts.
   *
   * @param charts where they are; null to name them only
   */
  ReplyRenderer(Console console, @Nullable ChartFiles charts) {
    this.charts = charts;
    this.pictures = console.pictures();
    this.out = console.out();
    this.style = console.style();
    this.width = Math.min(WIDEST, console.columns());
    this.codeCells = console.outIsTerminal() ? console.columns() - CODE_MARGIN : Integer.MAX_VALUE;
  }

  /** A whole reply. */
  void show(Reply reply) {
    Part before = null;
    for (Part part : ReplyLayout.of(reply, policy(), true).parts()) {
      if (before != null && !(before instanceof Part.Note && part instanceof Part.Note)) {
        out.println();
      }
      draw(part);
      before = part;
    }
  }

  private DisplayPolicy policy() {
    return new DisplayPolicy(
        Limit.NONE,
        Limit.NONE,
        Limit.NONE,
        Limit.NONE,
        code -> false,
        Integer.MAX_VALUE,
        new DisplayPolicy.Tables(0, Integer.MAX_VALUE, 0, 0, width - INDENT.length()),
        table -> false,
        Long.MAX_VALUE,
        false,
        true);
  }

  private void draw(Part part) {
    switch (part) {
      case Part.Headline(Reply.Kind kind, String text) -> headline(kind, text);
      case Part.Answer(String text) ->
          TerminalCells.wrapped(text, width).forEach(line -> out.println(style.bold(line)));
      case Part.Status(Reply.Kind kind, String text) -> signed(sign(kind), text, false);
      case Part.Paragraph(String text) -> text(text);
      case Part.Box(String text) -> output(text);
      case Part.Grid(String text) -> grid(text);
      case Part.Drawn drawn -> grid(drawn.text());
      case Part.TableChart chart -> grid(chart.text());
      case Part.Picture picture -> chart(picture);
      case Part.Code(String text) -> code(text);
      case Part.Link(String text, String address) -> note(text + ": " + address);
      case Part.Note(String text) -> note(text);
    }
  }

  /** What a chart shows and where its file is, below the chart where the terminal shows it. */
  private void chart(Part.Picture part) {
    Upload.Picture picture = part.upload();
    String words = picture.caption() + " · ";
    try {
      Optional<ChartFiles.ChartFile> file = charts == null ? Optional.empty() : charts.of(picture);
      if (file.isEmpty()) {
        note(words + part.text());
        return;
      }
      int columns = Math.min(Math.min(width, WIDEST_PICTURE), 1 + picture.width() / CELL_PIXELS);
      String drawn = pictures.drawn(file.get().content(), columns);
      if (!drawn.isEmpty()) {
        out.println(drawn);
      }
      note(words + Sanitizer.visible(file.get().path().toString()));
    } catch (UsageException e) {
      note(words + part.text() + " · " + e.getMessage());
    }
  }

  private void note(String text) {
    TerminalCells.wrapped(text, width).forEach(line -> out.println(style.dim(line)));
  }

  /** The sign of what a reply is, and its first line. */
  void headline(Reply.Kind kind, String text) {
    signed(sign(kind), Sanitizer.visible(text), true);
  }

  private void signed(String sign, String text, boolean bold) {
    List<String> lines = TerminalCells.wrapped(text, width - INDENT.length());
    for (int i = 0; i < lines.size(); i++) {
      String margin = sign.isEmpty() ? "" : i == 0 ? sign + " " : INDENT;
      out.println(margin + (bold ? style.bold(lines.get(i)) : lines.get(i)));
    }
  }

  /**
   * One cell wide, which the emoji of {@link dev.reckon.core.surface.render.StatusSign} are not.
   */
  private String sign(Reply.Kind kind) {
    return switch (kind) {
      case VERIFIED -> style.green("✓");
      case PLAIN_YES -> style.yellow("✓");
      case UNVERIFIED -> style.yellow("~");
      case NOT_JUDGED -> style.blue("•");
      case FAILED, MODEL_ERROR, REFUSED -> style.red("✗");
      case ASKED -> style.cyan("?");
      case DECLINED -> style.magenta("–");
      case OVER_BUDGET -> style.yellow("!");
      case CANCELLED -> style.dim("■");
      case WORKING -> style.dim("…");
      case NOTICE -> "";
    };
  }

  private void grid(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      out.println(INDENT + (i == 0 ? style.bold(line) : i == 1 ? style.dim(line) : line));
    }
  }

  /** Sentences, broken into lines that fit. */
  void text(String text) {
    TerminalCells.wrapped(Sanitizer.visible(text), width).forEach(out::println);
  }

  /** What a program printed. */
  void output(String text) {
    Sanitizer.visible(text).stripTrailing().lines().forEach(line -> out.println(INDENT + line));
  }

  /** Python source, behind a margin; a line that is wider than the window goes on below. */
  void code(String source) {
    String painted = Highlighter.painted(Sanitizer.visible(source).strip(), style);
    for (String line : painted.lines().toList()) {
      String margin = "│ ";
      for (String piece : CodeLines.of(line, codeCells)) {
        out.println(INDENT + style.dim(margin) + piece);
        margin = "┆ ";
      }
    }
  }

  void blank() {
    out.println();
  }
}
