package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A button of a reply: what it does and the conversation it belongs to, in words that survive a
 * restart. Four are in sight, as many as a phone shows on two lines; the others are behind a menu.
 *
 * @param action what pressing it asks for
 * @param conversation the id of the conversation
 */
record Button(Action action, String conversation) {
  /** Begins the action id of every element that Reckon makes. */
  static final String ACTION_PREFIX = "reckon.";

  private static final int IN_SIGHT = 4;

  /** Slack takes five options in an overflow menu. */
  private static final int IN_MENU = 5;

  /** One block of buttons, or none when there is nothing to press. */
  static Optional<ObjectNode> block(List<Action> actions, SlackTarget place) {
    List<Action> ordered = new ArrayList<>(actions);
    if (place.audience() == SlackTarget.Audience.SHARED || isInChannelItself(place)) {
      ordered.removeIf(action -> action.verb() == Verb.SHARE);
    }
    if (ordered.isEmpty()) {
      return Optional.empty();
    }
    boolean isPrivate = place.audience() != SlackTarget.Audience.CHANNEL;
    ordered.sort(Comparator.comparingInt(action -> rank(action.verb(), isPrivate)));
    boolean menu = ordered.size() > IN_SIGHT + 1;
    List<Action> inSight = menu ? ordered.subList(0, IN_SIGHT) : ordered;
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", "actions");
    ArrayNode elements = block.putArray("elements");
    int suggestion = 0;
    for (Action action : inSight) {
      if (action.verb() == Verb.SUGGESTION) {
        suggestion++;
      }
      elements.add(element(action, place, suggestion));
    }
    if (menu) {
      List<Action> rest = ordered.subList(IN_SIGHT, Math.min(ordered.size(), IN_SIGHT + IN_MENU));
      elements.add(menu(rest, place));
    }
    return Optional.of(block);
  }

  /** The message that answers a command stands in the channel: there is nowhere to share it to. */
  private static boolean isInChannelItself(SlackTarget place) {
    return place.audience() == SlackTarget.Audience.CHANNEL && place.thread().isEmpty();
  }

  private static ObjectNode element(Action action, SlackTarget place, int suggestion) {
    String unique = action.verb() == Verb.SUGGESTION ? "." + suggestion : "";
    ObjectNode button =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "button")
            .put("action_id", ACTION_PREFIX + action.verb().name() + unique)
            .put("value", new Button(action, place.conversation()).value());
    button.set("text", label(action.verb(), place, suggestion));
    switch (action.verb()) {
      case CANCEL -> button.put("style", "danger");
      case CONFIRM, RERUN_EDITED -> button.put("style", "primary");
      default -> {}
    }
    return button;
  }

  private static ObjectNode menu(List<Action> actions, SlackTarget place) {
    ObjectNode menu =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "overflow")
            .put("action_id", ACTION_PREFIX + "more");
    ArrayNode options = menu.putArray("options");
    for (Action action : actions) {
      ObjectNode option = options.addObject();
      option.set("text", label(action.verb(), place, 0));
      option.put("value", new Button(action, place.conversation()).value());
    }
    return menu;
  }

  private static ObjectNode label(Verb verb, SlackTarget place, int suggestion) {
    String words =
        switch (verb) {
          case CANCEL -> "Cancel";
          case AGAIN -> "Run again";
          case EDIT -> "Edit and run";
          case SHOW_CODE -> "Show code";
          case SHOW_EVIDENCE -> "Show evidence";
          case SAVE -> "Save as\u2026";
          case SHARE ->
              place.audience() == SlackTarget.Audience.DIRECT
                  ? "Share to a channel\u2026"
                  : "Share to channel";
          case GOOD -> "\ud83d\udc4d Good";
          case WRONG -> "\ud83d\udc4e Wrong";
          case CONFIRM -> "Yes, do it";
          case RERUN_EDITED -> "Run again with the change";
          case SUGGESTION -> "Ask " + suggestion;
        };
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "plain_text")
        .put("text", words)
        .put("emoji", true);
  }

  private static int rank(Verb verb, boolean isPrivate) {
    return switch (verb) {
      case CANCEL, CONFIRM, RERUN_EDITED, SUGGESTION -> 0;
      case SHARE -> isPrivate ? 1 : 8;
      case SHOW_CODE -> 2;
      case EDIT -> 3;
      case AGAIN -> 4;
      case WRONG -> 5;
      case SHOW_EVIDENCE -> 6;
      case SAVE -> 7;
      case GOOD -> 9;
    };
  }

  /** What Slack hands back when it is pressed; at most 150 characters fit into a menu. */
  String value() {
    return action.verb() + " " + action.turn() + " " + conversation;
  }

  static Optional<Button> of(String value) {
    String[] parts = value.split(" ", 3);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Button(new Action(Verb.valueOf(parts[0]), Long.parseLong(parts[1])), parts[2]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
