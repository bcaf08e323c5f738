package dev.reckon.core.command;

import dev.reckon.core.store.Preferences.Scope.Of;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A setting of a person or a conversation. */
public enum Preference {
  CODE(Of.PERSON, "how your answers show their code", "inline attached off"),
  VERIFY(Of.CONVERSATION, "how answers here are checked", "auto judge twice off"),
  LANGUAGE(Of.PERSON, "the language of your answers", ""),
  ATTENTION(Of.CONVERSATION, "which messages here are for Reckon", "all mentions mute"),
  TIMEZONE(Of.CHANNEL, "the time zone of schedules that are made here", "");

  private final Of of;
  private final String meaning;
  private final String choices;

  Preference(Of of, String meaning, String choices) {
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
  public String meaning() {
    return meaning;
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
