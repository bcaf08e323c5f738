package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers what happens in Slack's own windows around a conversation. */
final class AgentView {
  private final InteractionContext interaction;
  private final SlackSurface surface;

  AgentView(InteractionContext interaction, SlackSurface surface) {
    this.interaction = interaction;
    this.surface = surface;
  }

  /** Takes an event; what it asks of Slack is done after the acknowledgement. */
  void told(JsonNode event) {
    String channel = event.path("channel").asText();
    if (event.path("type").asText().equals("agent_session_stopped")) {
      String thread = event.path("thread_ts").asText();
      interaction.later().execute(() -> surface.release(channel, thread));
    }
  }
}
