package dev.reckon.core.label;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The texts of one language. Immutable, and safe for use by any number of threads. */
public final class Labels {
  static final Labels ENGLISH = read("labels.properties", Locale.ENGLISH);

  private final Map<Label, String> texts;
  private final Locale locale;

  private Labels(Map<Label, String> texts, Locale locale) {
    this.texts = new EnumMap<>(texts);
    this.locale = locale;
  }

  /**
   * Reads a bundle beside this class.
   *
   * @throws IllegalStateException if a text is missing
   */
  private static Labels read(String bundle, Locale locale) {
    Properties properties = properties(bundle);
    Map<Label, String> texts = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      String text = properties.getProperty(label.key());
      if (text == null) {
        throw new IllegalStateException(bundle + " has no text for " + label.key());
      }
      texts.put(label, text);
    }
    return new Labels(texts, locale);
  }

  static Properties properties(String bundle) {
    Properties properties = new Properties();
    try (InputStream in = Labels.class.getResourceAsStream(bundle)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + bundle);
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text with values in their places, by the rules of {@link java.util.Formatter}. */
  public String text(Label label, Object... values) {
    String text = texts.get(label);
    if (text == null) {
      throw new IllegalArgumentException("no text for " + label);
    }
    return String.format(locale, text, values);
  }
}
