package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a button carries: the verb and the turn's id, {@code again:17}, or for the menu the turn's
 * id, a letter for each verb in it and its language, {@code more:17:evh:de}. Telegram takes 64
 * bytes, and hands it back to anyone who can write a request, so it holds no state.
 */
final class ButtonData {
  private static final String MORE = "more";

  private ButtonData() {}

  static String of(Action action) {
    return action.verb().name().toLowerCase(Locale.ROOT) + ":" + action.turn();
  }

  /** What is behind a menu. */
  record Menu(List<Action> actions, Language language) {}

  /** For the button that opens the menu; all actions are of one turn. */
  static String more(List<Action> actions, Language language) {
    StringBuilder data = new StringBuilder(MORE + ":" + actions.getFirst().turn() + ":");
    actions.forEach(action -> data.append(letter(action.verb())));
    return data.append(':').append(language.tag()).toString();
  }

  private static char letter(Verb verb) {
    return switch (verb) {
      case CANCEL -> 'c';
      case AGAIN -> 'a';
      case EDIT -> 'e';
      case SHOW_CODE -> 'p';
      case SHOW_EVIDENCE -> 'v';
      case CHART -> 'd';
      case SAVE -> 's';
      case SHARE -> 'h';
      case GOOD -> 'g';
      case WRONG -> 'w';
      case CONFIRM -> 'y';
      case RERUN_EDITED -> 'r';
      case SUGGESTION -> 'q';
    };
  }

  /** A menu, or empty for data of any other button. Older menus name no language. */
  static Optional<Menu> parseMore(@Nullable String data) {
    String[] parts = data == null ? new String[0] : data.split(":", -1);
    if (parts.length < 3 || parts.length > 4 || !parts[0].equals(MORE)) {
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
      Language language = Language.of(parts.length == 4 ? parts[3] : null).orElse(Language.ENGLISH);
      return actions.isEmpty()
          ? Optional.empty()
          : Optional.of(new Menu(List.copyOf(actions), language));
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
