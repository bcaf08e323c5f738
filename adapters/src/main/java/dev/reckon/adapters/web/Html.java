package dev.reckon.adapters.web;

import java.util.List;

/**
 * A piece of a page. Text and attribute values are escaped by the two classes that write them, so
 * that nothing which is put into a page can become markup.
 */
sealed interface Html permits Html.Text, Html.Fragment, Element {
  /** Nothing. */
  static Html none() {
    return new Fragment(List.of());
  }

  /** Adds the markup. */
  void appendTo(StringBuilder out);

  /** The markup as text. */
  default String markup() {
    StringBuilder out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }

  /** Text, whatever is in it. */
  static Html text(String text) {
    return new Text(text);
  }

  /** Several pieces, one after the other. */
  static Html all(List<? extends Html> parts) {
    return new Fragment(parts);
  }

  /** Several pieces, one after the other. */
  static Html all(Html... parts) {
    return new Fragment(List.of(parts));
  }

  /** An element without content and attributes yet. */
  static Element el(String name) {
    return new Element(name);
  }

  /** An element of that class, for style sheets. */
  static Element el(String name, String cssClass) {
    return new Element(name).attr("class", cssClass);
  }

  /** A part of a page under a title. */
  static Element section(String title, Html content) {
    return el("section").add(el("h2").text(title), content);
  }

  /** Escaped text. */
  record Text(String text) implements Html {
    @Override
    public void appendTo(StringBuilder out) {
      escape(text, out);
    }

    /** Writes text so that it is neither markup nor the end of an attribute. */
    static void escape(String text, StringBuilder out) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '&' -> out.append("&amp;");
          case '<' -> out.append("&lt;");
          case '>' -> out.append("&gt;");
          case '"' -> out.append("&quot;");
          case '\'' -> out.append("&#39;");
          default -> out.append(c);
        }
      }
    }
  }

  /** Pieces in their order. */
  record Fragment(List<? extends Html> parts) implements Html {
    public Fragment {
      parts = List.copyOf(parts);
    }

    @Override
    public void appendTo(StringBuilder out) {
      parts.forEach(part -> part.appendTo(out));
    }
  }
}
