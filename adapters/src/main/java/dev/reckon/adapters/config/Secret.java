package dev.reckon.adapters.config;

/**
 * A key or token. It prints as asterisks, so that it does not reach a log by accident.
 *
 * @param value the secret itself, or empty when none is set
 */
public record Secret(String value) {
  public static final Secret NONE = new Secret("");

  public Secret {
    value = value.strip();
  }

  /** Whether one is set. */
  public boolean isSet() {
    return !value.isEmpty();
  }

  /** The text with every occurrence of this secret taken out. */
  public String redactedFrom(String text) {
    return isSet() ? text.replace(value, "***") : text;
  }

  @Override
  public String toString() {
    return isSet() ? "***" : "(not set)";
  }
}
