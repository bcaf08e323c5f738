package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.store.Preferences.Scope.Of;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A setting of a person or a conversation. */
public enum Preference {
  CODE(Of.PERSON, Label.SETTING_CODE, "inline attached off"),
  VERIFY(Of.CONVERSATION, Label.SETTING_VERIFY, "auto judge twice off"),
  LANGUAGE(Of.PERSON, Label.SETTING_LANGUAGE, ""),
  ATTENTION(Of.CONVERSATION, Label.SETTING_ATTENTION, "all mentions mute"),
  TIMEZONE(Of.CHANNEL, Label.SETTING_TIMEZONE, "");

  private final Of of;
  private final Label meaning;
  private final String choices;

  Preference(Of of, Label meaning, String choices) {
    this.of = of;
    this.meaning = meaning;
    this.choices = choices;
  }

  /** The name under which it is typed and stored. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whose it is. */
  public Of of() {
    return of;
  }

  /** What it is, in a few words. */
  public String meaning(Language language) {
    return meaning.in(language);
  }

  /** The values it may have; none when any word will do. */
  public List<String> choices() {
    return choices.isEmpty() ? List.of() : List.of(choices.split(" "));
  }

  /** The preference of that name. */
  public static Optional<Preference> named(String name) {
    return Arrays.stream(values()).filter(one -> one.key().equals(name)).findFirst();
  }
}
