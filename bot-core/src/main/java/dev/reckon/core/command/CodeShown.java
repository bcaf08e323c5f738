package dev.reckon.core.command;

import java.util.Locale;

/** How an answer carries its code. */
public enum CodeShown {
  INLINE,
  ATTACHED,
  /** Not at all; a button shows it. */
  OFF;

  /** By its name in {@link Preference#CODE}. */
  public static CodeShown named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
