package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.assistant.SuggestedPrompt;
import dev.reckon.core.delivery.SurfaceQueries.Overview;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Answers what happens in Slack's own windows around a conversation: a person opens the home tab or
 * the messages, or presses Slack's stop button.
 */
final class AgentView {
  /** Slack shows four prompts; half of them are kept for each kind. */
  private static final int PROMPTS = 4;

  private static final int TITLE_CHARACTERS = 70;

  /** Longer requests come back cut. */
  private static final int LONGEST_PROMPT = 1_000;

  private final InteractionContext interaction;
  private final WorkspaceSurface surface;

  AgentView(InteractionContext interaction, WorkspaceSurface surface) {
    this.interaction = interaction;
    this.surface = surface;
  }

  /** The conversation of a thread in which something is streamed. */
  Optional<ConversationId> streamed(String channel, String root) {
    return surface.streamed(channel, root);
  }

  /** Takes an event; what it asks of Slack is done after the acknowledgement. */
  void told(JsonNode event) {
    String channel = event.path("channel").asText();
    String user = event.path("user").asText();
    switch (event.path("type").asText()) {
      case "agent_session_stopped" -> {
        String thread = event.path("thread_ts").asText();
        interaction.quietly("leaving the state of work", () -> surface.release(channel, thread));
      }
      case "app_home_opened" -> {
        if (event.path("tab").asText().equals("messages")) {
          interaction.quietly("suggesting requests", () -> suggest(user, channel));
        } else {
          interaction.quietly("showing the home tab", () -> show(user, channel));
        }
      }
      default -> {}
    }
  }

  private void show(String user, String channel) throws SlackFailure {
    interaction.api().publish(user, HomeTab.view(overview(user), channel));
  }

  private void suggest(String user, String channel) throws SlackFailure {
    interaction.api().suggest(channel, prompts(overview(user)));
  }

  private Overview overview(String user) {
    SlackIds identities = interaction.identities();
    return identities
        .queries()
        .overview(identities.person(user, ""), identities.workspace().team());
  }

  /** What the person asked last and the team saved; a first example where there is neither. */
  static List<SuggestedPrompt> prompts(Overview overview) {
    List<SuggestedPrompt> saved =
        overview.saved().stream()
            .map(one -> prompt("Run " + one.name() + ": " + one.request(), called(one)))
            .toList();
    List<SuggestedPrompt> asked =
        overview.requests().stream()
            .filter(one -> one.request().length() <= LONGEST_PROMPT)
            .map(one -> prompt(one.request(), one.request()))
            .toList();
    int fewAsked = Math.min(asked.size(), PROMPTS / 2);
    int mostSaved = Math.min(saved.size(), PROMPTS - fewAsked);
    List<SuggestedPrompt> prompts =
        new ArrayList<>(asked.subList(0, Math.min(asked.size(), PROMPTS - mostSaved)));
    prompts.addAll(saved.subList(0, mostSaved));
    if (prompts.isEmpty()) {
      prompts.add(prompt("A first computation: average of 3, 5 and 8", "average of 3, 5 and 8"));
      prompts.add(prompt("What can you do?", "help"));
    }
    return prompts;
  }

  private static SuggestedPrompt prompt(String title, String message) {
    return SuggestedPrompt.builder()
        .title(Truncation.cut(Sanitizer.oneLine(title), TITLE_CHARACTERS))
        .message(message)
        .build();
  }

  /** As it is typed, with the values that it has anyway, unless they are too long to be sent. */
  private static String called(SavedComputation saved) {
    String values =
        saved.parameters().stream()
            .flatMap(one -> SavedForm.assignment(one.name(), one.defaultValue()).stream())
            .map(one -> " " + one)
            .collect(Collectors.joining());
    String called = saved.name() + values;
    return called.length() > LONGEST_PROMPT ? saved.name() : called;
  }
}
