package dev.reckon.adapters.telegram;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.surface.render.ButtonLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/** The buttons under a message: the main ones in a row, below them the small ones and the menu. */
final class InlineKeyboard {
  private static final int PER_ROW = 3;

  private InlineKeyboard() {}

  /** The keyboard, or null for no buttons, as the library wants it. */
  static @Nullable InlineKeyboardMarkup keyboard(ButtonLayout layout) {
    if (layout.isEmpty()) {
      return null;
    }
    List<InlineKeyboardRow> rows = rows(layout.main());
    InlineKeyboardRow small = new InlineKeyboardRow();
    layout.small().forEach(action -> small.add(button(action, 0)));
    if (!layout.more().isEmpty()) {
      small.add(button(Label.BUTTON_MORE.text(), ButtonData.more(layout.more())));
    }
    if (!small.isEmpty()) {
      rows.add(small);
    }
    return InlineKeyboardMarkup.builder().keyboard(rows).build();
  }

  /** The keyboard with what was behind the menu in its place. */
  static InlineKeyboardMarkup opened(InlineKeyboardMarkup closed, List<Action> more) {
    List<InlineKeyboardRow> rows = new ArrayList<>();
    for (InlineKeyboardRow row : closed.getKeyboard()) {
      InlineKeyboardRow kept = new InlineKeyboardRow();
      row.stream()
          .filter(button -> ButtonData.parseMore(button.getCallbackData()).isEmpty())
          .forEach(kept::add);
      if (!kept.isEmpty()) {
        rows.add(kept);
      }
    }
    rows.addAll(rows(more));
    return InlineKeyboardMarkup.builder().keyboard(rows).build();
  }

  private static List<InlineKeyboardRow> rows(List<Action> actions) {
    List<InlineKeyboardRow> rows = new ArrayList<>();
    InlineKeyboardRow row = new InlineKeyboardRow();
    int suggestion = 0;
    for (Action action : actions) {
      boolean example = Greeting.example(action).isPresent();
      if (row.size() == PER_ROW || (example && !row.isEmpty())) {
        rows.add(row);
        row = new InlineKeyboardRow();
      }
      suggestion += action.verb() == Action.Verb.SUGGESTION ? 1 : 0;
      row.add(button(action, suggestion));
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    return rows;
  }

  private static InlineKeyboardButton button(Action action, int suggestion) {
    Optional<String> example = Greeting.example(action);
    return button(
        example.orElseGet(() -> ButtonLayout.label(action.verb(), suggestion)),
        ButtonData.of(action));
  }

  private static InlineKeyboardButton button(String label, String data) {
    return InlineKeyboardButton.builder().text(label).callbackData(data).build();
  }
}
