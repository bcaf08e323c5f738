package dev.reckon.adapters.web;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.reckon.core.surface.render.Excerpt;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.List;

/** Two texts line by line: what both have, what only the older has, what only the newer has. */
final class LineDiff {
  /** Beyond that many lines the time for finding equal ones is not spent. */
  private static final int MOST = 1_500;

  /** What is shown of a text that is the same in both. */
  private static final Excerpt.Limit SAME = new Excerpt.Limit(200, 20_000);

  /** Equal lines that are shown on each side of a difference. */
  private static final int AROUND = 3;

  private LineDiff() {}

  /** The lines with marks that can be seen and heard. */
  static Html view(String older, String newer) {
    List<String> before = Sanitizer.visible(older).strip().lines().toList();
    List<String> after = Sanitizer.visible(newer).strip().lines().toList();
    if (before.equals(after)) {
      return Html.all(
          Html.el("p", "note").text("The same in both."),
          Html.el("pre", "output")
              .attr("tabindex", 0)
              .text(Excerpt.of(String.join("\n", after), SAME).shown()));
    }
    if (before.size() > MOST || after.size() > MOST) {
      return Html.el("p", "note")
          .text(
              "They differ. With %d and %d lines they are too long to be compared line by line."
                  .formatted(before.size(), after.size()));
    }
    Element box = Html.el("div", "diff").attr("tabindex", 0);
    int next = 0;
    int around = 0; // no difference stands before the first lines
    for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
      int from = delta.getSource().getPosition();
      equal(box, before.subList(next, from), around, AROUND);
      delta.getSource().getLines().forEach(line -> box.add(Html.el("del").text("− " + line)));
      delta.getTarget().getLines().forEach(line -> box.add(Html.el("ins").text("+ " + line)));
      next = from + delta.getSource().size();
      around = AROUND;
    }
    equal(box, before.subList(next, before.size()), around, 0);
    return box;
  }

  /** Lines that both have: so many at each end, and how many are left out between. */
  private static void equal(Element box, List<String> lines, int first, int last) {
    int head = Math.min(lines.size(), first);
    int tail = Math.max(head, lines.size() - last);
    boolean isShort = tail - head <= 1;
    both(box, lines.subList(0, isShort ? tail : head));
    if (!isShort) {
      box.add(Html.el("span", "left-out").text("  … %d equal lines".formatted(tail - head)));
    }
    both(box, lines.subList(tail, lines.size()));
  }

  private static void both(Element box, List<String> lines) {
    lines.forEach(line -> box.add(Html.el("span", "both").text("  " + line)));
  }
}
