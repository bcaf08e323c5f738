package dev.reckon.files.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tables of many shapes, each with what a person sees in it. */
public record Shape(
    String name,
    char delimiter,
    int before,
    int header,
    int columns,
    int rows,
    int footers,
    String text) {

  /** All of {@code shapes.txt}. */
  public static List<Shape> all() throws IOException {
    List<Shape> shapes = new ArrayList<>();
    try (InputStream in = Objects.requireNonNull(Shape.class.getResourceAsStream("shapes.txt"))) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String block : all.substring(all.indexOf("\n=== ") + 5).split("\n=== ", -1)) {
        shapes.add(parse(block));
      }
    }
    return shapes;
  }

  private static Shape parse(String block) {
    int end = block.indexOf('\n');
    String[] head = block.substring(0, end).split(" \\| ", -1);
    StringBuilder text = new StringBuilder();
    for (String line : block.substring(end + 1).stripTrailing().split("\n", -1)) {
      int times = 1;
      String kept = line;
      int repeat = line.lastIndexOf(" @");
      if (repeat > 0) {
        times = Integer.parseInt(line.substring(repeat + 2));
        kept = line.substring(0, repeat);
      }
      for (int i = 0; i < times; i++) {
        text.append(unescaped(kept)).append('\n');
      }
    }
    int cut = text.indexOf("\\e");
    String whole = cut < 0 ? text.toString() : text.substring(0, cut);
    return new Shape(
        head[0],
        delimiter(head[1]),
        Integer.parseInt(head[2]),
        Integer.parseInt(head[3]),
        Integer.parseInt(head[4]),
        Integer.parseInt(head[5]),
        Integer.parseInt(head[6]),
        whole);
  }

  private static char delimiter(String name) {
    return switch (name) {
      case "NONE" -> '\0';
      case "SPACE" -> ' ';
      default -> unescaped(name).charAt(0);
    };
  }

  private static String unescaped(String line) {
    return line.replace("\\t", "\t").replace("\\r", "\r").replace("\\u0001", "\u0001");
  }
}
