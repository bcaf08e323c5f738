package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.delivery.SurfaceQueries.Overview;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a person's home tab: what Reckon does, what they asked last, the team's saved computations,
 * what is left of their budgets, and their settings. Slack takes 100 blocks.
 */
final class HomeTab {
  /** Begins the action id of everything that is pressed there. */
  static final String ACTION = ButtonData.ACTION_PREFIX + "home.";

  static final String ASK = ACTION + "ask";
  static final String AGAIN = ACTION + "again.";
  static final String SAVED = ACTION + "saved.";
  static final String SETTING = ACTION + "setting.";

  /** Slack takes 2,000 characters in a button's value. */
  private static final int VALUE_CHARACTERS = 1_900;

  private static final int LINE_CHARACTERS = 200;
  private static final int MOST_SAVED = 20;

  private HomeTab() {}

  /** The view for somebody whom the policy keeps out: why, and nothing to press. */
  static String refused(String reason, String channel) {
    ObjectNode view = empty(channel);
    line(view.withArray("blocks"), reason);
    return view.toString();
  }

  private static ObjectNode empty(String channel) {
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("type", "home");
    view.put("private_metadata", channel);
    header(view.putArray("blocks"), "Reckon answers by computing");
    return view;
  }

  /**
   * The view.
   *
   * @param channel the person's direct message with Reckon, where answers go
   */
  static String view(Overview overview, String channel) {
    ObjectNode view = empty(channel);
    ArrayNode blocks = view.withArray("blocks");
    line(
        blocks,
        "Ask in plain words, with files where they matter. Reckon writes a program, runs it in a"
            + " sandbox, checks the result, and shows you all three.");
    ArrayNode ask = blocks.addObject().put("type", "actions").putArray("elements");
    ask.add(button(ASK, "Ask something", "ask").put("style", "primary"));
    ask.add(button(AGAIN + "example", "Try an example", "average of 3, 5 and 8"));
    ask.add(button(AGAIN + "help", "All commands", "help"));
    requests(blocks, overview.requests());
    saved(blocks, overview.saved());
    header(blocks, "What you have left");
    line(
        blocks,
        overview.left().isEmpty()
            ? "No budget limits you here."
            : String.join("\n", overview.left()));
    settings(blocks, overview.settings());
    return view.toString();
  }

  private static void requests(ArrayNode blocks, List<Overview.Asked> requests) {
    header(blocks, "Your recent computations");
    if (requests.isEmpty()) {
      line(blocks, "None yet.");
    }
    int number = 0;
    for (Overview.Asked asked : requests) {
      number++;
      String text =
          "%s\n%s, %s"
              .formatted(
                  oneLine(asked.request()),
                  asked.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  asked.at().toString().substring(0, 10));
      ObjectNode section = section(blocks, text);
      if (asked.request().length() <= VALUE_CHARACTERS) {
        section.set("accessory", button(AGAIN + number, "Ask again", asked.request()));
      }
    }
  }

  private static void saved(ArrayNode blocks, List<SavedComputation> saved) {
    header(blocks, "Saved by your team");
    if (saved.isEmpty()) {
      line(blocks, "Nothing yet. Under an answer, press \"Save as…\" to keep its program.");
    }
    for (SavedComputation one : saved.subList(0, Math.min(MOST_SAVED, saved.size()))) {
      List<String> about = new ArrayList<>();
      about.add(one.name() + ": " + oneLine(one.request()));
      about.add("saved by " + oneLine(one.savedByName()) + ", " + oneLine(one.status()));
      if (!one.columns().isEmpty()) {
        about.add("needs a table with " + oneLine(String.join(", ", one.columns())));
      }
      section(blocks, String.join("\n", about))
          .set("accessory", button(SAVED + one.name(), "Run", one.name()));
    }
    if (saved.size() > MOST_SAVED) {
      line(blocks, "%d more: type \"list\".".formatted(saved.size() - MOST_SAVED));
    }
  }

  private static void settings(ArrayNode blocks, List<Overview.Setting> settings) {
    header(blocks, "Your settings");
    for (Overview.Setting setting : settings) {
      ObjectNode section =
          section(
              blocks,
              "%s: %s\n%s"
                  .formatted(setting.name(), oneLine(setting.now()), oneLine(setting.meaning())));
      if (!setting.choices().isEmpty()) {
        section.set("accessory", choices(setting));
      }
    }
    line(blocks, "To change one, type \"settings NAME VALUE\" in a message to Reckon.");
  }

  private static ObjectNode choices(Overview.Setting setting) {
    ObjectNode select =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "static_select")
            .put("action_id", SETTING + setting.name());
    select.set("placeholder", RichText.plain("Change"));
    ArrayNode options = select.putArray("options");
    for (String choice : setting.choices()) {
      option(options, setting.name(), choice);
    }
    option(options, setting.name(), "default");
    return select;
  }

  private static void option(ArrayNode options, String setting, String choice) {
    ObjectNode option = options.addObject().put("value", setting + " " + choice);
    option.set("text", RichText.plain(choice));
  }

  private static ObjectNode button(String action, String label, String value) {
    ObjectNode button =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "button")
            .put("action_id", action)
            .put("value", value);
    button.set("text", RichText.plain(label));
    return button;
  }

  private static void header(ArrayNode blocks, String text) {
    blocks.addObject().put("type", "header").set("text", RichText.plain(text));
  }

  private static void line(ArrayNode blocks, String text) {
    section(blocks, text);
  }

  private static ObjectNode section(ArrayNode blocks, String text) {
    ObjectNode section = blocks.addObject().put("type", "section");
    section.set("text", RichText.plain(text));
    return section;
  }

  private static String oneLine(String text) {
    return Truncation.cut(Sanitizer.oneLine(text), LINE_CHARACTERS);
  }
}
