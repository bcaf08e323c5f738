package dev.reckon.adapters.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.response.Response;
import dev.reckon.core.delivery.SurfaceQueries.ButtonForm;
import dev.reckon.core.form.Form;
import dev.reckon.core.form.FormField;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buttons. Those that need something typed, or only show something, open a modal; the others are
 * taken in. What a button means stands in its value, so it works after a restart.
 */
final class BlockActionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(BlockActionHandler.class);

  private final InteractionContext interaction;

  BlockActionHandler(InteractionContext interaction) {
    this.interaction = interaction;
  }

  Response handle(BlockActionPayload payload, ActionContext context) {
    Optional<ButtonData> pressed =
        payload.getActions().stream().findFirst().flatMap(ButtonData::of);
    if (pressed.isEmpty()) {
      LOG.info("a button with an unknown value was pressed");
      return context.ack();
    }
    ButtonData button = pressed.get();
    SlackTarget place = place(payload, button);
    if (!interaction.belongs(button.action(), button.conversation())) {
      LOG.info("a button of another workspace, or of a deleted answer, was pressed");
      interaction.tell(place, InteractionContext.NO_SUCH_ANSWER);
      return context.ack();
    }
    Person person =
        interaction
            .identities()
            .person(
                payload.getUser().getId(),
                Objects.requireNonNullElse(payload.getUser().getTeamId(), ""));
    switch (button.action().verb()) {
      case SHOW_CODE, EDIT, SAVE, WRONG -> openForm(payload, button.action(), place, person);
      case SHARE -> share(payload, button, place, person);
      case CANCEL, AGAIN, SHOW_EVIDENCE, CHART, GOOD, CONFIRM, RERUN_EDITED, SUGGESTION ->
          receive(payload, button, place, person);
    }
    return context.ack();
  }

  private static SlackTarget place(BlockActionPayload payload, ButtonData button) {
    BlockActionPayload.Container container = payload.getContainer();
    String channel = payload.getChannel().getId();
    String thread = Objects.requireNonNullElse(container.getThreadTs(), "");
    boolean startsThread = thread.isEmpty() && !container.isEphemeral();
    return SlackTarget.in(
            channel,
            startsThread ? container.getMessageTs() : thread,
            payload.getUser().getId(),
            button.conversation())
        .withResponseUrl(Objects.requireNonNullElse(payload.getResponseUrl(), ""));
  }

  private void receive(
      BlockActionPayload payload, ButtonData button, SlackTarget place, Person person) {
    interaction.receive(
        interaction.identities().delivery("press", place.channel(), payload.getTriggerId()),
        new ConversationId(button.conversation()),
        person,
        place.address(),
        new Content.Pressed(button.action(), ""),
        List.of());
  }

  private void share(
      BlockActionPayload payload, ButtonData button, SlackTarget place, Person person) {
    if (SlackIds.isDirect(place.channel())) {
      FormContext form = FormContext.button(place, button.action());
      open(payload.getTriggerId(), place, Forms.share(form));
    } else {
      receive(payload, button, place.withThread("").to(SlackTarget.Audience.SHARED), person);
    }
  }

  private void openForm(
      BlockActionPayload payload, Action action, SlackTarget place, Person person) {
    switch (interaction.identities().queries().form(action, person)) {
      case ButtonForm.Refused refused -> interaction.tell(place, refused.reason());
      case ButtonForm.Open(Form form) -> {
        FormField first = form.fields().getFirst();
        if (first.type() == FormField.Type.CODE && !FormModal.fits(first.initial())) {
          interaction.tell(
              place, "This code is too long for a form. Type \"code\" to get it as a file.");
          return;
        }
        open(
            payload.getTriggerId(),
            place,
            action.verb() == Action.Verb.SHOW_CODE
                ? FormModal.code(form)
                : FormModal.draw(
                    form, Forms.CALLBACK, FormContext.button(place, action).metadata()));
      }
    }
  }

  private void open(String trigger, SlackTarget place, String view) {
    interaction.afterwards("opening a form", place, () -> interaction.api().open(trigger, view));
  }
}
