package dev.reckon.core.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The languages that Reckon speaks: English, and the eleven others that most of the people who use
 * Slack and Telegram read (by speakers after Ethnologue 2025, with German and Japanese in the place
 * of Urdu and Nigerian Pidgin). Stored and sent as its tag.
 */
public enum Language {
  ENGLISH("en", "English"),
  CHINESE("zh", "中文"),
  HINDI("hi", "हिन्दी"),
  SPANISH("es", "Español"),
  FRENCH("fr", "Français"),
  ARABIC("ar", "العربية"),
  BENGALI("bn", "বাংলা"),
  PORTUGUESE("pt", "Português"),
  RUSSIAN("ru", "Русский"),
  GERMAN("de", "Deutsch"),
  JAPANESE("ja", "日本語"),
  INDONESIAN("id", "Bahasa Indonesia");

  private final String tag;
  private final String own;

  Language(String tag, String own) {
    this.tag = tag;
    this.own = own;
  }

  /** The language's BCP 47 tag, two letters. */
  @JsonValue
  public String tag() {
    return tag;
  }

  /** What its speakers call it. */
  public String own() {
    return own;
  }

  /** Numbers have the digits of the output that they are shown with. */
  public Locale locale() {
    return Locale.forLanguageTag(tag + "-u-nu-latn");
  }

  /** The language that was stored; English for what this version does not know. */
  @JsonCreator
  public static Language stored(@Nullable String tag) {
    return of(tag).orElse(ENGLISH);
  }

  /** Leaves English out of JSON, as what was stored before there were languages. */
  public static final class Unsaid {
    @Override
    public boolean equals(@Nullable Object value) {
      return value == null || value == ENGLISH;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** The language of a locale such as {@code de-DE} or {@code pt_BR}, if Reckon speaks it. */
  public static Optional<Language> of(@Nullable String locale) {
    if (locale == null) {
      return Optional.empty();
    }
    String language = locale.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    String tag = language.equals("in") ? "id" : language;
    return Arrays.stream(values()).filter(one -> one.tag.equals(tag)).findFirst();
  }

  /** The language that somebody names: by tag, in English or as its speakers call it. */
  public static Optional<Language> named(String name) {
    String plain = name.strip();
    return Arrays.stream(values())
        .filter(
            one ->
                plain.equalsIgnoreCase(one.tag)
                    || plain.equalsIgnoreCase(one.name())
                    || plain.equalsIgnoreCase(one.own))
        .findFirst();
  }
}
