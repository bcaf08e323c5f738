package dev.reckon.adapters.web;

import dev.reckon.core.command.ActionForms;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Language;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.surface.render.ButtonLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws the buttons below a message. */
final class MessageButtons {
  private MessageButtons() {}

  /**
   * The buttons, and the link to the page of a turn that has a result.
   *
   * @param turn the turn, where the visitor may see it
   */
  static Html of(ButtonLayout buttons, Optional<TurnRecord> turn) {
    List<Html> drawn = new ArrayList<>();
    int suggestion = 0;
    for (Action action : buttons.main()) {
      if (action.verb() == Action.Verb.SUGGESTION) {
        suggestion++;
      }
      drawn.add(press(action, suggestion, buttons.language()));
    }
    buttons.small().forEach(action -> drawn.add(press(action, 0, buttons.language())));
    List<Action> more =
        buttons.more().stream().filter(action -> action.verb() != Action.Verb.SHARE).toList();
    if (!more.isEmpty()) {
      drawn.add(
          Html.el("details", "more")
              .add(
                  Html.el("summary").attr("aria-label", "More").text(Label.BUTTON_MORE.text()),
                  Html.el("div", "menu")
                      .add(
                          more.stream()
                              .map(action -> press(action, 0, buttons.language()))
                              .toList())));
    }
    turn.filter(it -> it.result() != null)
        .ifPresent(
            it -> drawn.add(Html.el("a", "open").attr("href", "/c/" + it.id()).text("Open page")));
    return drawn.isEmpty() ? Html.none() : Html.el("div", "buttons").add(drawn);
  }

  private static Element press(Action action, int suggestion, Language language) {
    String label = ButtonLayout.label(action.verb(), suggestion, language);
    Element button =
        Html.el("button", "press")
            .attr("type", "button")
            .attr("data-verb", action.verb().name())
            .attr("data-turn", action.turn());
    if (action.verb() == Action.Verb.SAVE || action.verb() == Action.Verb.WRONG) {
      ActionForms.of(action.verb(), "").ifPresent(form -> FormFields.describe(button, form));
    }
    return switch (action.verb()) {
      case GOOD, WRONG -> {
        boolean good = action.verb() == Action.Verb.GOOD;
        String meaning = good ? "A good answer" : "A wrong answer";
        yield button
            .attr("aria-label", meaning)
            .attr("title", meaning)
            .attr("data-label", label)
            .add(Icons.thumb(good));
      }
      default -> button.text(label);
    };
  }
}
