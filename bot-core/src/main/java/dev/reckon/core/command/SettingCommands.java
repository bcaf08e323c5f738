package dev.reckon.core.command;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.schedule.RecurrenceParser;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Preferences.Scope;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
      return Interpretation.refuse(
          "There is no setting \""
              + name.get()
              + "\""
              + advice(name.get().toLowerCase(Locale.ROOT)));
    }
    Preference preference = found.get();
    String plain = value.toLowerCase(Locale.ROOT);
    if (plain.equals("default")) {
      preferences.clear(scope(preference, incoming), preference.key());
      return Interpretation.notice(preference.key() + " is as configured again.");
    }
    if (!preference.choices().isEmpty() && !preference.choices().contains(plain)) {
      return Interpretation.refuse(
          "%s may be: %s, default."
              .formatted(preference.key(), String.join(", ", preference.choices())));
    }
    if (preference == Preference.TIMEZONE && RecurrenceParser.zone(value).isEmpty()) {
      return Interpretation.refuse(
          "There is no time zone \"%s\". Take a name such as Europe/Berlin, America/New_York or UTC."
              .formatted(value));
    }
    if (value.length() > 40) {
      return Interpretation.refuse(preference.key() + " needs a value of one or two words.");
    }
    preferences.put(
        scope(preference, incoming),
        preference.key(),
        stored(preference, plain),
        incoming.person().id());
    return Interpretation.notice(
        "%s is now %s, for %s."
            .formatted(
                preference.key(),
                preference == Preference.TIMEZONE ? stored(preference, plain) : plain,
                preference.of() == Scope.Of.PERSON ? "you" : "this conversation"));
  }

  private static String advice(String mistyped) {
    return Arrays.stream(Preference.values())
        .map(Preference::key)
        .filter(key -> TypoCheck.near(mistyped, key))
        .findFirst()
        .map(key -> ". Did you mean \"" + key + "\"?")
        .orElse("; \"settings\" lists them.");
  }

  private static String stored(Preference preference, String plain) {
    return switch (preference) {
      case VERIFY -> plain.toUpperCase(Locale.ROOT);
      case TIMEZONE -> RecurrenceParser.zone(plain).map(ZoneId::getId).orElse(plain);
      default -> plain;
    };
  }

  private Interpretation overview(Incoming incoming) {
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
                        one.choices().isEmpty() ? "any" : String.join(", ", one.choices()),
                        one.meaning()))
            .toList();
    return new Interpretation.Say(
        new Reply(
            0,
            Reply.Kind.NOTICE,
            "Settings; change one with \"settings NAME VALUE\"",
            List.of(new Block.Table(List.of("name", "now", "choices", "what it is"), rows)),
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
