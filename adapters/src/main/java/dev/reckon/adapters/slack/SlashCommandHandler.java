package dev.reckon.adapters.slack;

import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.context.builtin.SlashCommandContext;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.File;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slash command. With a request, it is taken in and acknowledged with nothing; the message that
 * answers begins a thread. Without one, or when the request speaks of a file, it opens a form,
 * since a command carries no files.
 */
final class SlashCommandHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SlashCommandHandler.class);
  private static final Pattern SPEAKS_OF_A_FILE =
      Pattern.compile(
          "\\b(?:this|these|the attached|attached|my|the uploaded)\\s+(?:\\w+\\s+)?"
              + "(?:csv|tsv|json|xlsx|excel|spreadsheets?|sheets?|files?|zip|attachments?)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final int RECENT = 10;

  private final InteractionContext interaction;

  SlashCommandHandler(InteractionContext interaction) {
    this.interaction = interaction;
  }

  Response handle(SlashCommandPayload command, SlashCommandContext context) {
    SlackIds identities = interaction.identities();
    String once = command.getTriggerId();
    String channel = command.getChannelId();
    String text =
        TypedText.typed(
            Objects.requireNonNullElse(command.getText(), ""), identities.workspace().bot());
    ConversationId conversation = identities.conversation("command", channel, once);
    SlackTarget place =
        SlackTarget.in(channel, "", command.getUserId(), conversation.value())
            .withResponseUrl(Objects.requireNonNullElse(command.getResponseUrl(), ""))
            .withRequest(text);
    boolean needsFile = !SlackIds.isDirect(channel) && SPEAKS_OF_A_FILE.matcher(text).find();
    if (text.isEmpty() || needsFile) {
      openForm(once, place, text);
      return context.ack();
    }
    try {
      interaction.receive(
          identities.delivery("command", channel, once),
          conversation,
          identities.person(
              command.getUserId(), Objects.requireNonNullElse(command.getTeamId(), "")),
          place.address(),
          new Content.Text(text, false),
          List.of());
      return context.ack();
    } catch (RuntimeException e) {
      LOG.error("a command could not be stored", e);
      return context.ack(InteractionContext.NOT_STORED);
    }
  }

  /** Opens the form at once, and adds the person's newest files when Slack has told them. */
  private void openForm(String trigger, SlackTarget place, String text) {
    FormContext form = FormContext.request(place.withRequest(""), List.of());
    interaction.afterwards(
        "opening the form for a request",
        place,
        () -> {
          String view = interaction.api().open(trigger, Forms.request(form, text, List.of()));
          List<File> recent = recentFiles(place.user());
          if (!recent.isEmpty()) {
            interaction.api().update(view, Forms.request(form, text, recent));
          }
        });
  }

  private List<File> recentFiles(String user) {
    try {
      return interaction.api().recentFiles(user, RECENT);
    } catch (SlackFailure e) {
      LOG.info("recent files are not offered: {}", e.getMessage());
      return List.of();
    }
  }
}
