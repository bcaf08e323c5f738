package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import java.util.Locale;
import java.util.Optional;

/**
 * What a button carries: the verb and the turn's id, {@code again:17}. Telegram takes 64 bytes, and
 * hands it back to anyone who can write a request, so it holds no state.
 */
final class ButtonData {
  private ButtonData() {}

  static String of(Action action) {
    return action.verb().name().toLowerCase(Locale.ROOT) + ":" + action.turn();
  }

  /** The action, or empty for data that no button of ours carries. */
  static Optional<Action> parse(String data) {
    int colon = data.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Action(
              Verb.valueOf(data.substring(0, colon).toUpperCase(Locale.ROOT)),
              Long.parseLong(data.substring(colon + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
