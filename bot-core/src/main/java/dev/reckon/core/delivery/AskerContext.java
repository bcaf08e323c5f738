package dev.reckon.core.delivery;

import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says when and where somebody asks, so that "today" and "this month" mean what they mean to that
 * person. What a platform tells is hostile text: only what parses is used.
 *
 * @param zone for people whose platform tells no time zone
 * @param locale for people whose platform tells none
 */
public record AskerContext(ZoneId zone, Locale locale) {
  /** For where nobody configured anything. */
  public static final AskerContext UTC = new AskerContext(ZoneOffset.UTC, Locale.ENGLISH);

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEEE, uuuu-MM-dd, HH:mm", Locale.ENGLISH);

  /** One sentence for the model, with the date at which the message was sent. */
  String of(Incoming incoming) {
    Person person = incoming.person();
    ZoneId there = zone(person.timeZone()).orElse(zone);
    Locale language = locale(person.locale()).orElse(locale);
    return sentence(incoming.sentAt(), there, language);
  }

  private static String sentence(Instant sent, ZoneId zone, Locale locale) {
    ZonedDateTime then = sent.atZone(zone);
    return "It is "
        + WHEN.format(then)
        + " in the time zone "
        + zone.getId()
        + " of the person who asks, whose locale is "
        + locale.toLanguageTag()
        + ".";
  }

  private static Optional<ZoneId> zone(@Nullable String name) {
    try {
      return name == null || name.isBlank() ? Optional.empty() : Optional.of(ZoneId.of(name));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Locale> locale(@Nullable String tag) {
    try {
      return tag == null || tag.isBlank()
          ? Optional.empty()
          : Optional.of(new Locale.Builder().setLanguageTag(tag.replace('_', '-')).build());
    } catch (IllformedLocaleException _) {
      return Optional.empty();
    }
  }
}
