package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.schedule.RecurrenceParser;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Preferences.Scope;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Commands that change settings. */
final class SettingCommands {
  private final Preferences preferences;

  SettingCommands(Preferences preferences) {
    this.preferences = preferences;
  }

  Interpretation setting(Incoming incoming, Optional<String> name, String value) {
    if (name.isEmpty()) {
      return overview(incoming);
    }
    Optional<Preference> found = Preference.named(name.get());
    if (found.isEmpty()) {
      return Interpretation.refuse(unknown(incoming, name.get()));
    }
    Preference preference = found.get();
    String plain = value.toLowerCase(Locale.ROOT);
    if (plain.equals("default")) {
      preferences.clear(scope(preference, incoming), preference.key());
      return Interpretation.notice(incoming, Label.SETTINGS_STANDARD, preference.key());
    }
    if (!preference.choices().isEmpty() && !preference.choices().contains(plain)) {
      return Interpretation.refuse(
          incoming,
          Label.SETTINGS_CHOICES,
          preference.key(),
          String.join(", ", preference.choices()));
    }
    if (preference == Preference.TIMEZONE && RecurrenceParser.zone(value).isEmpty()) {
      return Interpretation.refuse(incoming, Label.SETTINGS_NO_ZONE, value);
    }
    if (value.length() > 40) {
      return Interpretation.refuse(incoming, Label.SETTINGS_TOO_LONG, preference.key());
    }
    preferences.put(
        scope(preference, incoming),
        preference.key(),
        stored(preference, plain),
        incoming.person().id());
    return Interpretation.notice(
        incoming.in(spoken(incoming, preference, plain)),
        preference.of() == Scope.Of.PERSON ? Label.SETTINGS_NOW_PERSON : Label.SETTINGS_NOW_HERE,
        preference.key(),
        preference == Preference.TIMEZONE ? stored(preference, plain) : plain);
  }

  /** Who sets another language is told in it. */
  private static Language spoken(Incoming incoming, Preference preference, String value) {
    return preference == Preference.LANGUAGE
        ? Language.named(value).orElse(incoming.language())
        : incoming.language();
  }

  private static String unknown(Incoming incoming, String name) {
    Language language = incoming.language();
    return Arrays.stream(Preference.values())
        .map(Preference::key)
        .filter(key -> TypoCheck.near(name.toLowerCase(Locale.ROOT), key))
        .findFirst()
        .map(key -> Label.SETTINGS_UNKNOWN_NEAR.in(language, name, key))
        .orElseGet(() -> Label.SETTINGS_UNKNOWN.in(language, name));
  }

  private static String stored(Preference preference, String plain) {
    return switch (preference) {
      case VERIFY -> plain.toUpperCase(Locale.ROOT);
      case TIMEZONE -> RecurrenceParser.zone(plain).map(ZoneId::getId).orElse(plain);
      default -> plain;
    };
  }

  private Interpretation overview(Incoming incoming) {
    Language language = incoming.language();
    List<List<String>> rows =
        Arrays.stream(Preference.values())
            .map(
                one ->
                    List.of(
                        one.key(),
                        preferences
                            .get(scope(one, incoming), one.key())
                            .map(value -> value.toLowerCase(Locale.ROOT))
                            .orElse("default"),
                        one.choices().isEmpty()
                            ? Label.LIST_ANY.in(language)
                            : String.join(", ", one.choices()),
                        one.meaning(language)))
            .toList();
    return new Interpretation.Say(
        new Reply(
            0,
            Reply.Kind.NOTICE,
            Label.SETTINGS_HEADLINE.in(incoming.language()),
            List.of(
                new Block.Table(
                    Stream.of(
                            Label.FILES_NAME,
                            Label.LIST_NOW,
                            Label.LIST_CHOICES,
                            Label.LIST_MEANING)
                        .map(label -> label.in(language))
                        .toList(),
                    rows)),
            List.of()));
  }

  private static Scope scope(Preference preference, Incoming incoming) {
    return switch (preference.of()) {
      case PERSON -> new Scope(Scope.Of.PERSON, incoming.person().id());
      case CONVERSATION -> new Scope(Scope.Of.CONVERSATION, incoming.conversation().value());
      case CHANNEL -> new Scope(Scope.Of.CHANNEL, incoming.address().channel());
      case TEAM -> new Scope(Scope.Of.TEAM, incoming.team().id());
    };
  }
}
