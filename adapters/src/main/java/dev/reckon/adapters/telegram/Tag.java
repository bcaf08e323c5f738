package dev.reckon.adapters.telegram;

/**
 * One of Telegram's HTML tags around a text.
 *
 * @param open written before, such as {@code <b>}
 * @param close written after, such as {@code </b>}
 */
record Tag(String open, String close) {
  static final Tag BOLD = new Tag("<b>", "</b>");
  static final Tag ITALIC = new Tag("<i>", "</i>");
  static final Tag PRE = new Tag("<pre>", "</pre>");
  static final Tag PYTHON = new Tag("<pre><code class=\"language-python\">", "</code></pre>");
  static final Tag FOLDED = new Tag("<blockquote expandable>", "</blockquote>");

  /** Names a person, so that they are notified, whether or not they have a username. */
  static Tag mention(long user) {
    return new Tag("<a href=\"tg://user?id=" + user + "\">", "</a>");
  }
}
