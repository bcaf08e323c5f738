package dev.reckon.adapters.web;

/** A button that changes something: a form that works without scripts and carries one value. */
final class PostForm {
  private PostForm() {}

  /**
   * A form with one button.
   *
   * @param action where it is sent
   * @param field the name of the value that it carries
   * @param label of the button
   */
  static Element of(Visitor visitor, String action, String field, String value, String label) {
    return Html.el("form")
        .attr("method", "post")
        .attr("action", action)
        .add(
            Page.token(visitor),
            Html.el("input").attr("type", "hidden").attr("name", field).attr("value", value),
            Html.el("button").attr("type", "submit").text(label));
  }
}
