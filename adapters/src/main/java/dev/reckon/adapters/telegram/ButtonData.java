package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a button carries: the verb and the turn's id, {@code again:17}, or for the menu the turn's
 * id and a letter for each verb in it, {@code more:17:evh}. Telegram takes 64 bytes, and hands it
 * back to anyone who can write a request, so it holds no state.
 */
final class ButtonData {
  private static final String MORE = "more";

  private ButtonData() {}

  static String of(Action action) {
    return action.verb().name().toLowerCase(Locale.ROOT) + ":" + action.turn();
  }

  /** For the button that opens the menu; all actions are of one turn. */
  static String more(List<Action> actions) {
    StringBuilder data = new StringBuilder(MORE + ":" + actions.getFirst().turn() + ":");
    actions.forEach(action -> data.append(letter(action.verb())));
    return data.toString();
  }

  private static char letter(Verb verb) {
    return switch (verb) {
      case CANCEL -> 'c';
      case AGAIN -> 'a';
      case EDIT -> 'e';
      case SHOW_CODE -> 'p';
      case SHOW_EVIDENCE -> 'v';
      case SAVE -> 's';
      case SHARE -> 'h';
      case GOOD -> 'g';
      case WRONG -> 'w';
      case CONFIRM -> 'y';
      case RERUN_EDITED -> 'r';
      case SUGGESTION -> 'q';
    };
  }

  /** The actions of a menu, or empty for data of any other button. */
  static Optional<List<Action>> parseMore(@Nullable String data) {
    String[] parts = data == null ? new String[0] : data.split(":", -1);
    if (parts.length != 3 || !parts[0].equals(MORE)) {
      return Optional.empty();
    }
    try {
      long turn = Long.parseLong(parts[1]);
      List<Action> actions = new ArrayList<>();
      for (char letter : parts[2].toCharArray()) {
        Stream.of(Verb.values())
            .filter(verb -> letter(verb) == letter)
            .forEach(verb -> actions.add(new Action(verb, turn)));
      }
      return actions.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(actions));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
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
