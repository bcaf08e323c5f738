package dev.reckon.adapters.web;

import dev.reckon.core.store.SavedComputation.Parameter;

/** A field for the value of a program's parameter, by its type. */
final class ValueField {
  private ValueField() {}

  static Html of(Parameter parameter) {
    String id = "p-" + parameter.name();
    Element input =
        Html.el("input")
            .attr("id", id)
            .attr("data-parameter", parameter.name())
            .attr("value", parameter.defaultValue());
    switch (parameter.type()) {
      case INTEGER -> input.attr("type", "number").attr("step", "1").flag("required", true);
      case NUMBER -> input.attr("type", "number").attr("step", "any").flag("required", true);
      case BOOLEAN ->
          input.attr("type", "checkbox").flag("checked", parameter.defaultValue().equals("true"));
      case TEXT -> input.attr("type", "text").attr("maxlength", 1_000);
    }
    return Html.el("div", "field")
        .add(Html.el("label").attr("for", id).text(parameter.name().replace('_', ' ')), input);
  }
}
