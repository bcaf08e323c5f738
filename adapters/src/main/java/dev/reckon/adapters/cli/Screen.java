package dev.reckon.adapters.cli;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.io.PrintStream;
import java.util.List;

/** Writes replies for people. Text of others is made harmless for the terminal that it goes to. */
final class Screen {
  private static final int WIDEST = 100;

  private final Console console;
  private final PrintStream out;
  private final Ink ink;
  private final int width;

  Screen(Console console) {
    this.console = console;
    this.out = console.out();
    this.ink = console.ink();
    this.width = Math.min(WIDEST, console.columns());
  }

  /** A whole reply. */
  void show(Reply reply) {
    headline(reply.kind(), reply.headline());
    reply.blocks().forEach(this::show);
  }

  /** The sign of what a reply is, and its first line. */
  void headline(Reply.Kind kind, String text) {
    String sign =
        switch (kind) {
          case VERIFIED -> ink.green("✓");
          case PLAIN_YES -> ink.yellow("✓");
          case UNVERIFIED -> ink.yellow("~");
          case NOT_JUDGED -> ink.blue("•");
          case FAILED, MODEL_ERROR, REFUSED -> ink.red("✗");
          case ASKED -> ink.cyan("?");
          case DECLINED -> ink.magenta("–");
          case OVER_BUDGET -> ink.yellow("!");
          case CANCELLED -> ink.dim("■");
          case WORKING -> ink.dim("…");
          case NOTICE -> "";
        };
    List<String> lines = Wrapping.lines(console.shown(text), width - 2);
    for (int i = 0; i < lines.size(); i++) {
      String margin = sign.isEmpty() ? "" : i == 0 ? sign + " " : "  ";
      out.println(margin + ink.bold(lines.get(i)));
    }
  }

  /** One part of a reply. */
  void show(Block block) {
    switch (block) {
      case Block.Text(String text) -> text(text);
      case Block.Output(String text, long dropped) -> output(text, dropped);
      case Block.Table(List<String> header, List<List<String>> rows) -> {
        out.println();
        new TextTable(header, rows, ink).lines(width).forEach(out::println);
      }
      case Block.Code(String source, boolean attached) -> {
        if (attached) {
          footer("The code, %,d lines: say \"code\" to see it.".formatted(source.lines().count()));
        } else {
          code(source);
        }
      }
      case Block.File(String ignored, String name, long bytes) ->
          out.println(
              "  " + ink.dim("file ") + console.shown(name) + ink.dim(" · " + Endings.size(bytes)));
      case Block.Footer(String text) -> footer(text);
    }
  }

  void text(String text) {
    Wrapping.lines(console.shown(text), width).forEach(out::println);
  }

  void output(String text, long droppedBytes) {
    out.println();
    console.shown(text).stripTrailing().lines().forEach(line -> out.println("  " + line));
    if (droppedBytes > 0) {
      out.println(ink.dim("  … and " + Endings.size(droppedBytes) + " more that was not kept"));
    }
  }

  void code(String source) {
    out.println();
    String margin = ink.dim("│ ");
    PythonInk.painted(console.shown(source).strip(), ink)
        .lines()
        .forEach(line -> out.println("  " + margin + line));
  }

  void footer(String text) {
    out.println();
    Wrapping.lines(console.shown(text), width).forEach(line -> out.println(ink.dim(line)));
  }

  void blank() {
    out.println();
  }
}
