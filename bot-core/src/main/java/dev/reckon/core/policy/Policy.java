package dev.reckon.core.policy;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules in force: a checked value for every {@link PolicyKey}. Immutable.
 *
 * <p>An accessor that does not fit its key's kind is a programming error and throws.
 */
public final class Policy {
  /** Every key at its standard value. */
  public static final Policy STANDARD = new Policy(Map.of());

  private static final int LONGEST_VALUE = 10_000;

  private final Map<PolicyKey, Object> values;

  private Policy(Map<PolicyKey, Object> given) {
    Map<PolicyKey, Object> all = new EnumMap<>(PolicyKey.class);
    for (PolicyKey key : PolicyKey.values()) {
      Object value = given.get(key);
      all.put(key, value == null ? parse(key, key.standard()) : value);
    }
    values = Collections.unmodifiableMap(all);
  }

  /**
   * The same with one value changed.
   *
   * @param text as it is typed: names separated by commas or blanks, {@code true} or {@code false}
   *     (or {@code on} and {@code off}), a number
   * @throws IllegalArgumentException if it cannot be read; the message is for people
   */
  public Policy with(PolicyKey key, String text) {
    Map<PolicyKey, Object> changed = new EnumMap<>(values);
    changed.put(key, parse(key, text));
    return new Policy(changed);
  }

  /** The value as it would be typed. */
  public String text(PolicyKey key) {
    return switch (value(key)) {
      case Set<?> names -> names.stream().map(Object::toString).collect(Collectors.joining(", "));
      case BigDecimal usd -> usd.toPlainString();
      case Object other -> other.toString();
    };
  }

  Set<String> names(PolicyKey key) {
    Set<String> names = new LinkedHashSet<>();
    ((Set<?>) value(key)).forEach(name -> names.add((String) name));
    return names;
  }

  boolean lists(PolicyKey key, String id) {
    return ((Set<?>) value(key)).contains(id);
  }

  /** Whether people may ask in chats that Reckon is not in. */
  public boolean allowsGuestChats() {
    return flag(PolicyKey.GUEST_CHATS);
  }

  boolean flag(PolicyKey key) {
    return (Boolean) value(key);
  }

  /** The value of a key that counts. */
  public long count(PolicyKey key) {
    return (Long) value(key);
  }

  /** The value of a key in US dollars. */
  public double usd(PolicyKey key) {
    return ((BigDecimal) value(key)).doubleValue();
  }

  /** Where days and months of budgets begin. */
  public ZoneId zone() {
    return (ZoneId) value(PolicyKey.TIME_ZONE);
  }

  /** Whom a refusal in that language says to ask: as configured, or else in that language. */
  public String contact(Language language) {
    String contact = (String) value(PolicyKey.CONTACT);
    return contact.equals(PolicyKey.CONTACT.standard())
        ? Label.REFUSED_CONTACT.in(language)
        : contact;
  }

  private Object value(PolicyKey key) {
    return Objects.requireNonNull(values.get(key));
  }

  private static Object parse(PolicyKey key, String raw) {
    String text = raw.strip();
    if (text.length() > LONGEST_VALUE) {
      throw problem(key, "a value of at most " + LONGEST_VALUE + " characters", "a longer one");
    }
    return switch (key.kind()) {
      case NAMES ->
          Arrays.stream(text.split("[,\\s]+"))
              .filter(name -> !name.isEmpty())
              .collect(
                  Collectors.collectingAndThen(
                      Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
      case FLAG ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw problem(key, "true or false", text);
          };
      case COUNT -> {
        if (!text.matches("\\d{1,9}")
            || (key == PolicyKey.RUNNING_PER_PERSON && text.equals("0"))) {
          throw problem(key, "a whole number", text);
        }
        yield Long.valueOf(text);
      }
      case USD -> {
        if (!text.matches("\\d{1,7}(\\.\\d{1,6})?")) {
          throw problem(key, "an amount in US dollars such as 2.50", text);
        }
        yield new BigDecimal(text);
      }
      case TEXT -> {
        if (text.isEmpty() || text.lines().count() > 1) {
          throw problem(key, "one line of words", text);
        }
        yield text;
      }
      case ZONE -> {
        try {
          yield ZoneId.of(text);
        } catch (DateTimeException _) {
          throw problem(key, "a time zone such as Europe/Berlin", text);
        }
      }
    };
  }

  private static IllegalArgumentException problem(PolicyKey key, String wanted, String text) {
    return new IllegalArgumentException(
        "policy.%s takes %s, not \"%s\".".formatted(key.key(), wanted, text));
  }
}
