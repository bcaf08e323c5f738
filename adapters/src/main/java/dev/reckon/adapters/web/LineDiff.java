package dev.reckon.adapters.web;

import dev.reckon.core.surface.render.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/** Two texts line by line: what both have, what only the older has, what only the newer has. */
final class LineDiff {
  /** Beyond that many lines the time for finding equal ones is not spent. */
  private static final int MOST = 1_500;

  private LineDiff() {}

  /** One line and whose it is. */
  record Line(Kind kind, String text) {
    /** Whose a line is. */
    enum Kind {
      BOTH,
      OLDER,
      NEWER
    }
  }

  /** The lines of both in one order; long texts are the older's lines before the newer's. */
  static List<Line> of(List<String> older, List<String> newer) {
    List<Line> lines = new ArrayList<>();
    if (older.size() > MOST || newer.size() > MOST) {
      older.forEach(line -> lines.add(new Line(Line.Kind.OLDER, line)));
      newer.forEach(line -> lines.add(new Line(Line.Kind.NEWER, line)));
      return lines;
    }
    int[][] common = common(older, newer);
    int i = 0;
    int j = 0;
    while (i < older.size() || j < newer.size()) {
      if (i < older.size() && j < newer.size() && older.get(i).equals(newer.get(j))) {
        lines.add(new Line(Line.Kind.BOTH, older.get(i)));
        i++;
        j++;
      } else if (j == newer.size() || (i < older.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(Line.Kind.OLDER, older.get(i)));
        i++;
      } else {
        lines.add(new Line(Line.Kind.NEWER, newer.get(j)));
        j++;
      }
    }
    return lines;
  }

  /** The most lines in common of what follows two places. */
  private static int[][] common(List<String> older, List<String> newer) {
    int[][] common = new int[older.size() + 1][newer.size() + 1];
    for (int i = older.size() - 1; i >= 0; i--) {
      for (int j = newer.size() - 1; j >= 0; j--) {
        common[i][j] =
            older.get(i).equals(newer.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  /** The lines with marks that can be seen and heard. */
  static Html view(String older, String newer) {
    List<String> before = Sanitizer.visible(older).strip().lines().toList();
    List<String> after = Sanitizer.visible(newer).strip().lines().toList();
    if (before.equals(after)) {
      return Html.all(
          Html.el("p", "note").text("The same in both."),
          Html.el("pre", "output").attr("tabindex", 0).text(String.join("\n", after)));
    }
    Element box = Html.el("div", "diff").attr("tabindex", 0);
    for (Line line : of(before, after)) {
      switch (line.kind()) {
        case BOTH -> box.add(Html.el("span", "both").text("  " + line.text()));
        case OLDER -> box.add(Html.el("del").text("− " + line.text()));
        case NEWER -> box.add(Html.el("ins").text("+ " + line.text()));
      }
    }
    return box;
  }
}
