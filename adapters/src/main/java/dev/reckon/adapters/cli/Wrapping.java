package dev.reckon.adapters.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks prose into lines that fit. */
final class Wrapping {
  private Wrapping() {}

  /** The text's lines, none longer than the width unless a single word is. */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" ", -1)) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
