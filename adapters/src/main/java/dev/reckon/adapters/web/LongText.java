package dev.reckon.adapters.web;

import dev.reckon.core.surface.render.Excerpt;
import dev.reckon.core.surface.render.Sanitizer;

/** Text that may be too long for a page: its beginning, and where all of it is. */
final class LongText {
  private static final Excerpt.Limit OUTPUT = new Excerpt.Limit(200, 15_000);
  private static final Excerpt.Limit CODE = new Excerpt.Limit(300, 8_000);

  /** Of each attempt that failed, of which a page may have several. */
  private static final Excerpt.Limit FAILED_OUTPUT = new Excerpt.Limit(30, 2_000);

  private static final Excerpt.Limit FAILED_CODE = new Excerpt.Limit(100, 3_000);

  private LongText() {}

  /** What a program printed. */
  static Html output(String text, String whole) {
    return Html.all(output(excerpt(text, OUTPUT)), rest(excerpt(text, OUTPUT), whole));
  }

  /** A program. */
  static Html code(String text, String whole) {
    return Html.all(CodeView.box(excerpt(text, CODE).shown()), rest(excerpt(text, CODE), whole));
  }

  /** What a failed attempt printed. */
  static Html failedOutput(String text) {
    return Html.all(output(excerpt(text, FAILED_OUTPUT)), cut(excerpt(text, FAILED_OUTPUT)));
  }

  /** A failed attempt's program. */
  static Html failedCode(String text) {
    return Html.all(
        CodeView.box(excerpt(text, FAILED_CODE).shown()), cut(excerpt(text, FAILED_CODE)));
  }

  private static Excerpt excerpt(String text, Excerpt.Limit limit) {
    return Excerpt.of(Sanitizer.visible(text).strip(), limit);
  }

  private static Html output(Excerpt excerpt) {
    return Html.el("pre", "output").attr("tabindex", 0).text(excerpt.shown());
  }

  private static Html rest(Excerpt excerpt, String whole) {
    return excerpt.complete()
        ? Html.none()
        : Html.el("p", "note")
            .add(
                Html.text(shown(excerpt) + " "),
                Html.el("a").attr("href", whole).flag("download", true).text("Download all of it"));
  }

  private static Html cut(Excerpt excerpt) {
    return excerpt.complete() ? Html.none() : Html.el("p", "note").text(shown(excerpt));
  }

  private static String shown(Excerpt excerpt) {
    return excerpt.lines() > excerpt.shownLines()
        ? "The first %d of %d lines.".formatted(excerpt.shownLines(), excerpt.lines())
        : "Only the beginning is shown.";
  }
}
