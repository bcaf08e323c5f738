package dev.reckon.core.label;

import dev.reckon.core.message.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The texts of one language. Immutable, and safe for use by any number of threads. */
public final class Labels {
  private static final Map<Language, Labels> ALL = all();

  private final Map<Label, String> texts;
  private final Locale locale;

  private Labels(Map<Label, String> texts, Locale locale) {
    this.texts = new EnumMap<>(texts);
    this.locale = locale;
  }

  private static Map<Language, Labels> all() {
    Map<Language, Labels> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, read(bundle(language), language.locale()));
    }
    return all;
  }

  /** Where a language's texts are, beside this class. */
  static String bundle(Language language) {
    return language == Language.ENGLISH
        ? "labels.properties"
        : "labels_" + language.tag() + ".properties";
  }

  static Labels of(Language language) {
    return Objects.requireNonNull(ALL.get(language));
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
