package dev.reckon.adapters.web;

import dev.reckon.core.surface.render.PythonSpans;
import java.util.List;

/** Python source in colours. */
final class CodeView {
  private CodeView() {}

  /** A box with the program. */
  static Element box(String source) {
    return Html.el("pre", "code").attr("tabindex", 0).add(Html.el("code").add(spans(source)));
  }

  /** The program's text in spans of what it is made of. */
  static List<Html> spans(String source) {
    return PythonSpans.of(source).stream().map(CodeView::span).toList();
  }

  private static Html span(PythonSpans.Span span) {
    return switch (span.kind()) {
      case COMMENT -> Html.el("span", "c").text(span.text());
      case STRING -> Html.el("span", "s").text(span.text());
      case KEYWORD -> Html.el("span", "k").text(span.text());
      case NUMBER -> Html.el("span", "n").text(span.text());
      case OTHER -> Html.text(span.text());
    };
  }
}
