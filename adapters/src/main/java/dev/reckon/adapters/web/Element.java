package dev.reckon.adapters.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** An element under construction. For use by one thread. */
final class Element implements Html {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Set<String> VOID = Set.of("input", "img", "link", "meta", "br", "hr");

  private final String name;
  private final StringBuilder attributes = new StringBuilder();
  private final List<Html> content = new ArrayList<>();

  Element(String name) {
    this.name = checked(name);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of an element or attribute: " + name);
    }
    return name;
  }

  /** Sets an attribute. */
  Element attr(String attribute, String value) {
    attributes.append(' ').append(checked(attribute)).append("=\"");
    Text.escape(value, attributes);
    attributes.append('"');
    return this;
  }

  /** Sets an attribute to a number. */
  Element attr(String attribute, long value) {
    return attr(attribute, Long.toString(value));
  }

  /** Sets an attribute that has no value, if wanted. */
  Element flag(String attribute, boolean wanted) {
    if (wanted) {
      attributes.append(' ').append(checked(attribute));
    }
    return this;
  }

  /** Adds text. */
  Element text(String text) {
    content.add(new Text(text));
    return this;
  }

  /** Adds pieces. */
  Element add(Html... parts) {
    content.addAll(List.of(parts));
    return this;
  }

  /** Adds pieces. */
  Element add(List<? extends Html> parts) {
    content.addAll(parts);
    return this;
  }

  @Override
  public void appendTo(StringBuilder out) {
    out.append('<').append(name).append(attributes).append('>');
    if (!VOID.contains(name)) {
      content.forEach(part -> part.appendTo(out));
      out.append("</").append(name).append('>');
    }
  }
}
