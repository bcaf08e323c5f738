package dev.reckon.adapters.telegram;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Language;
import dev.reckon.core.surface.render.ButtonLayout;
import dev.reckon.core.surface.render.TerminalCells;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/** The buttons under a message: the main ones in a row, below them the small ones and the menu. */
final class InlineKeyboard {
  private static final int PER_ROW = 3;

  /** What a phone shows of one row's labels, in the widths of a terminal. */
  private static final int ROW_CELLS = 40;

  private InlineKeyboard() {}

  /** The keyboard, or null for no buttons, as the library wants it. */
  static @Nullable InlineKeyboardMarkup keyboard(ButtonLayout layout) {
    if (layout.isEmpty()) {
      return null;
    }
    List<InlineKeyboardRow> rows = rows(layout.main(), layout.language());
    InlineKeyboardRow small = new InlineKeyboardRow();
    layout.small().forEach(action -> small.add(button(action, 0, layout.language())));
    if (!layout.more().isEmpty()) {
      small.add(
          button(
              Label.BUTTON_MORE.in(layout.language()),
              ButtonData.more(layout.more(), layout.language())));
    }
    if (!small.isEmpty()) {
      rows.add(small);
    }
    return InlineKeyboardMarkup.builder().keyboard(rows).build();
  }

  /** One row of buttons that are the surface's own: what they say, by what they carry. */
  static @Nullable InlineKeyboardMarkup choice(List<Choice> choices) {
    if (choices.isEmpty()) {
      return null;
    }
    InlineKeyboardRow row = new InlineKeyboardRow();
    choices.forEach(choice -> row.add(button(choice.label(), choice.data())));
    return InlineKeyboardMarkup.builder().keyboard(List.of(row)).build();
  }

  /** A button of the surface's own. */
  record Choice(String label, String data) {}

  /** The keyboard with what was behind the menu in its place. */
  static InlineKeyboardMarkup opened(InlineKeyboardMarkup closed, ButtonData.Menu more) {
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
    rows.addAll(rows(more.actions(), more.language()));
    return InlineKeyboardMarkup.builder().keyboard(rows).build();
  }

  private static List<InlineKeyboardRow> rows(List<Action> actions, Language language) {
    List<InlineKeyboardRow> rows = new ArrayList<>();
    InlineKeyboardRow row = new InlineKeyboardRow();
    int suggestion = 0;
    int cells = 0;
    for (Action action : actions) {
      suggestion += action.verb() == Action.Verb.SUGGESTION ? 1 : 0;
      InlineKeyboardButton button = button(action, suggestion, language);
      int width = TerminalCells.width(button.getText());
      if (row.size() == PER_ROW || (cells > 0 && cells + width > ROW_CELLS)) {
        rows.add(row);
        row = new InlineKeyboardRow();
        cells = 0;
      }
      cells += width;
      row.add(button);
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    return rows;
  }

  private static InlineKeyboardButton button(Action action, int suggestion, Language language) {
    return button(
        Greeting.isExample(action)
            ? Label.BUTTON_EXAMPLE.in(language)
            : ButtonLayout.label(action.verb(), suggestion, language),
        ButtonData.of(action));
  }

  private static InlineKeyboardButton button(String label, String data) {
    return InlineKeyboardButton.builder().text(label).callbackData(data).build();
  }
}
