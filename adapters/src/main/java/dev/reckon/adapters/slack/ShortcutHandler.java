package dev.reckon.adapters.slack;

import com.slack.api.app_backend.interactive_components.payload.MessageShortcutPayload;
import com.slack.api.bolt.context.builtin.MessageShortcutContext;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.File;
import com.slack.api.model.Message;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the shortcuts of a message: run the code in it, or compute with its files. */
final class ShortcutHandler {
  static final String RUN_CODE = "reckon.run_code";
  static final String COMPUTE = "reckon.compute";

  private static final Logger LOG = LoggerFactory.getLogger(ShortcutHandler.class);

  private final InteractionContext interaction;

  ShortcutHandler(InteractionContext interaction) {
    this.interaction = interaction;
  }

  Response runCode(MessageShortcutPayload payload, MessageShortcutContext context) {
    SlackIds identities = interaction.identities();
    SlackTarget place = place(payload);
    String text =
        TypedText.typed(
            Objects.requireNonNullElse(payload.getMessage().getText(), ""),
            identities.workspace().bot());
    if (text.isEmpty()) {
      interaction.tell(place, "There is no code in this message.");
      return context.ack();
    }
    try {
      interaction.receive(
          identities.delivery("shortcut", place.channel(), payload.getTriggerId()),
          new ConversationId(place.conversation()),
          identities.person(
              payload.getUser().getId(),
              Objects.requireNonNullElse(payload.getUser().getTeamId(), "")),
          place.address(),
          new Content.Text("run\n```python\n" + TypedText.code(text) + "\n```", false),
          files(payload.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a shortcut could not be stored", e);
      interaction.tell(place, InteractionContext.NOT_STORED);
    }
    return context.ack();
  }

  Response compute(MessageShortcutPayload payload, MessageShortcutContext context) {
    SlackTarget place = place(payload);
    FormContext form = FormContext.request(place, files(payload.getMessage()));
    interaction.afterwards(
        "opening the form for a request",
        place,
        () -> interaction.api().open(payload.getTriggerId(), Forms.request(form, "", List.of())));
    return context.ack();
  }

  private SlackTarget place(MessageShortcutPayload payload) {
    String channel = payload.getChannel().getId();
    Message message = payload.getMessage();
    String root = Objects.requireNonNullElse(message.getThreadTs(), payload.getMessageTs());
    ConversationId conversation = interaction.identities().conversation(channel, root);
    return SlackTarget.in(channel, root, payload.getUser().getId(), conversation.value())
        .withResponseUrl(Objects.requireNonNullElse(payload.getResponseUrl(), ""));
  }

  private static List<Attachment> files(Message message) {
    return Objects.requireNonNullElse(message.getFiles(), List.<File>of()).stream()
        .map(FileReference::of)
        .toList();
  }
}
