package dev.reckon.adapters.web;

import dev.reckon.core.message.Reply;

/** Small drawings in the colour of the text, since not every machine has a font with such signs. */
final class Icons {
  private static final String CIRCLE = "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z";
  private static final String TRIANGLE = "M12 4L2.8 20h18.4z";

  private Icons() {}

  /** The sign of a kind of reply; nothing for a notice. */
  static Html of(Reply.Kind kind) {
    return switch (kind) {
      case WORKING -> Html.el("span", "spinner").attr("aria-hidden", "true");
      case VERIFIED -> icon(CIRCLE + "M8 12.2l2.8 2.8L16 9.4");
      case PLAIN_YES -> icon("M6 12.2l4 4L18 8");
      case UNVERIFIED -> icon(TRIANGLE + "M12 10v4.5M12 17v.6");
      case NOT_JUDGED -> icon("M8 5.5v13l10.5-6.5z");
      case FAILED -> icon(CIRCLE + "M9 9l6 6M15 9l-6 6");
      case ASKED -> icon(CIRCLE + "M9.6 9.6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8M12 16.6v.5");
      case DECLINED -> icon(CIRCLE + "M12 11v5.5M12 7.6v.5");
      case OVER_BUDGET ->
          icon(
              CIRCLE
                  + "M14.6 9.2c-.6-.8-1.5-1.2-2.6-1.2c-1.5 0-2.6.8-2.6 2s1 1.7"
                  + " 2.6 2s2.7.8 2.7 2.1s-1.2 2-2.7 2c-1.2 0-2.2-.5-2.8-1.3M12 6.5v11");
      case CANCELLED -> icon("M7 7h10v10H7z");
      case MODEL_ERROR -> icon("M9 3v5M15 3v5M6.5 8h11v3a5.5 5.5 0 0 1-11 0zM12 16.5v4.5");
      case REFUSED -> icon(CIRCLE + "M7.5 12h9");
      case NOTICE -> Html.none();
    };
  }

  /** A paper clip. */
  static Html clip() {
    return icon(
        "M20 11.5l-8.2 8.2a5 5 0 0 1-7-7l8.7-8.7a3.3 3.3 0 0 1 4.7 4.7l-8.6 8.6"
            + "a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7");
  }

  /** A thumb, up or down. */
  static Html thumb(boolean up) {
    return icon(
        up
            ? "M7 11l4-8c1.6 0 2.5 1 2.5 2.5V9h5a1.8 1.8 0 0 1 1.8 2.2l-1.4 7"
                + "A2 2 0 0 1 17 20H7zM3.5 11H7v9H3.5z"
            : "M7 13l4 8c1.6 0 2.5-1 2.5-2.5V15h5a1.8 1.8 0 0 0 1.8-2.2l-1.4-7"
                + "A2 2 0 0 0 17 4H7zM3.5 4H7v9H3.5z");
  }

  /** What is met, and what is not. */
  static Html mark(boolean met) {
    return icon(met ? "M5 12.5l4.5 4.5L19 7" : "M6.5 6.5l11 11M17.5 6.5l-11 11");
  }

  private static Element icon(String path) {
    return Html.el("svg", "icon")
        .attr("viewbox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .add(Html.el("path").attr("d", path));
  }
}
