package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Language;
import dev.reckon.core.surface.render.ButtonLayout;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A button of a reply: what it does and the conversation it belongs to, in words that survive a
 * restart.
 *
 * @param action what pressing it asks for
 * @param conversation the id of the conversation
 */
record ButtonData(Action action, String conversation) {
  /** Begins the action id of every element that Reckon makes. */
  static final String ACTION_PREFIX = "reckon.";

  /** Slack takes five options in an overflow menu. */
  private static final int IN_MENU = 5;

  /** One block of buttons, or none when there is nothing to press. */
  static Optional<ObjectNode> block(ButtonLayout layout, SlackTarget place) {
    if (layout.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", "actions");
    ArrayNode elements = block.putArray("elements");
    int suggestion = 0;
    for (Action action : layout.main()) {
      if (action.verb() == Verb.SUGGESTION) {
        suggestion++;
      }
      elements.add(element(action, place, suggestion, layout.language()));
    }
    layout.small().forEach(action -> elements.add(element(action, place, 0, layout.language())));
    if (!layout.more().isEmpty()) {
      List<Action> more = layout.more();
      elements.add(menu(more.subList(0, Math.min(more.size(), IN_MENU)), place, layout.language()));
    }
    return Optional.of(block);
  }

  private static ObjectNode element(
      Action action, SlackTarget place, int suggestion, Language language) {
    String unique = action.verb() == Verb.SUGGESTION ? "." + suggestion : "";
    ObjectNode button =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "button")
            .put("action_id", ACTION_PREFIX + action.verb().name() + unique)
            .put("value", new ButtonData(action, place.conversation()).value());
    button.set("text", label(action.verb(), place, suggestion, language));
    switch (action.verb()) {
      case CANCEL -> button.put("style", "danger");
      case CONFIRM, RERUN_EDITED -> button.put("style", "primary");
      default -> {}
    }
    return button;
  }

  private static ObjectNode menu(List<Action> actions, SlackTarget place, Language language) {
    ObjectNode menu =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "overflow")
            .put("action_id", ACTION_PREFIX + "more");
    ArrayNode options = menu.putArray("options");
    for (Action action : actions) {
      ObjectNode option = options.addObject();
      option.set("text", label(action.verb(), place, 0, language));
      option.put("value", new ButtonData(action, place.conversation()).value());
    }
    return menu;
  }

  private static ObjectNode label(Verb verb, SlackTarget place, int suggestion, Language language) {
    boolean choose = verb == Verb.SHARE && place.audience() == SlackTarget.Audience.DIRECT;
    String words =
        choose
            ? Label.BUTTON_SHARE_CHOOSE.in(language)
            : ButtonLayout.label(verb, suggestion, language);
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "plain_text")
        .put("text", words)
        .put("emoji", true);
  }

  /** What Slack hands back when it is pressed; at most 150 characters fit into a menu. */
  String value() {
    return action.verb() + " " + action.turn() + " " + conversation;
  }

  /** What was pressed: a button, or an entry of a menu. */
  static Optional<ButtonData> of(BlockActionPayload.Action pressed) {
    String value =
        pressed.getSelectedOption() == null
            ? pressed.getValue()
            : pressed.getSelectedOption().getValue();
    return of(Objects.requireNonNullElse(value, ""));
  }

  static Optional<ButtonData> of(String value) {
    String[] parts = value.split(" ", 3);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ButtonData(new Action(Verb.valueOf(parts[0]), Long.parseLong(parts[1])), parts[2]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
