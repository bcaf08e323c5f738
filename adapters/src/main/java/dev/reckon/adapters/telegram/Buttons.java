package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/** The buttons under a message. */
final class Buttons {
  private static final int PER_ROW = 3;

  private Buttons() {}

  /** The keyboard, or null for no buttons, as the library wants it. */
  static @Nullable InlineKeyboardMarkup keyboard(List<Action> actions) {
    if (actions.isEmpty()) {
      return null;
    }
    List<InlineKeyboardRow> rows = new ArrayList<>();
    InlineKeyboardRow row = new InlineKeyboardRow();
    int suggestion = 0;
    for (Action action : actions) {
      Optional<String> example = Greeting.example(action);
      if (row.size() == PER_ROW || (example.isPresent() && !row.isEmpty())) {
        rows.add(row);
        row = new InlineKeyboardRow();
      }
      boolean suggested = action.verb() == Action.Verb.SUGGESTION;
      suggestion += suggested ? 1 : 0;
      row.add(
          InlineKeyboardButton.builder()
              .text(example.orElse(suggested ? "Ask " + suggestion : label(action.verb())))
              .callbackData(ButtonData.of(action))
              .build());
    }
    rows.add(row);
    return InlineKeyboardMarkup.builder().keyboard(rows).build();
  }

  static String label(Action.Verb verb) {
    return switch (verb) {
      case CANCEL -> "⏹ Cancel";
      case AGAIN -> "🔁 Run again";
      case EDIT -> "✏️ Edit";
      case SHOW_CODE -> "🐍 Code";
      case SHOW_EVIDENCE -> "🔍 Evidence";
      case SAVE -> "💾 Save as…";
      case SHARE -> "📣 Share";
      case GOOD -> "👍 Good";
      case WRONG -> "👎 Wrong";
      case CONFIRM -> "✔️ Confirm";
      case RERUN_EDITED -> "🔁 Run as edited";
      case SUGGESTION -> "Ask";
    };
  }
}
