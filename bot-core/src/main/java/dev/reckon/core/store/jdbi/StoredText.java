package dev.reckon.core.store.jdbi;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Text as every store can hold it. PostgreSQL has no place for U+0000, and a surrogate without its
 * partner has no UTF-8; each of them is kept as U+FFFD, on every database, so that the same text is
 * stored, found and copied everywhere.
 */
final class StoredText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final String ESCAPED_NUL = "\\u0000";

  private StoredText() {}

  /** Text without U+0000 and lone surrogates; the same object where there is none. */
  static String clean(String text) {
    int first = firstBad(text, 0);
    if (first < 0) {
      return text;
    }
    StringBuilder cleaned = new StringBuilder(text);
    for (int at = first; at >= 0; at = firstBad(text, at + 1)) {
      cleaned.setCharAt(at, REPLACEMENT);
    }
    return cleaned.toString();
  }

  /** A JSON text in which no string holds U+0000 or a lone surrogate, escaped or not. */
  static String cleanJson(String json) {
    if (!json.contains(ESCAPED_NUL)) {
      return clean(json);
    }
    StringBuilder cleaned = new StringBuilder(json.length());
    int at = 0;
    while (at < json.length()) {
      if (json.startsWith(ESCAPED_NUL, at)) {
        cleaned.append(REPLACEMENT);
        at += ESCAPED_NUL.length();
      } else {
        // A backslash and what it escapes stay together, so that an escaped backslash escapes
        // nothing.
        int next = Math.min(json.length(), at + (json.charAt(at) == '\\' ? 2 : 1));
        cleaned.append(json, at, next);
        at = next;
      }
    }
    return clean(cleaned.toString());
  }

  /** The next index of a char that cannot be stored, or -1. */
  private static int firstBad(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return i;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** Cleans every text that a statement is given. */
  static final class Arguments extends AbstractArgumentFactory<String> {
    Arguments() {
      super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
      String cleaned = clean(value);
      return (position, statement, context) -> statement.setString(position, cleaned);
    }
  }
}
