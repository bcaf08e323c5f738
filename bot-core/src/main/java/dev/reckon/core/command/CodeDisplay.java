package dev.reckon.core.command;

import java.util.Locale;

/** How an answer shows its code. */
public enum CodeDisplay {
  INLINE,
  ATTACHED,
  /** Not at all; a button shows it. */
  OFF;

  /** By its name in {@link Preference#CODE}. */
  public static CodeDisplay named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
