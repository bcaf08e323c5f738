package dev.reckon.adapters.slack;

import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.context.builtin.ViewSubmissionContext;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.reckon.core.command.ActionForms;
import dev.reckon.core.form.Form;
import dev.reckon.core.form.FormField;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles submitted forms. A form is stored before its modal closes; the modal stays open when that
 * fails.
 */
final class SubmissionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SubmissionHandler.class);

  private final InteractionContext interaction;

  SubmissionHandler(InteractionContext interaction) {
    this.interaction = interaction;
  }

  Response handle(ViewSubmissionPayload payload, ViewSubmissionContext context) {
    View view = payload.getView();
    FormContext form = FormContext.of(Objects.requireNonNullElse(view.getPrivateMetadata(), ""));
    SlackTarget place = form.destination();
    Person person =
        interaction
            .identities()
            .person(
                payload.getUser().getId(),
                Objects.requireNonNullElse(payload.getUser().getTeamId(), ""));
    try {
      Optional<Action> action = form.action();
      if (action.isPresent()) {
        if (!interaction.belongs(action.get(), place.conversation())) {
          LOG.info("a form of another workspace, or of a deleted answer, was sent");
          return context.ackWithErrors(
              Map.of(FormModal.firstInput(view), InteractionContext.NO_SUCH_ANSWER));
        }
        pressed(payload, action.get(), place, person);
      } else {
        asked(view, form, place, person);
      }
      return context.ack();
    } catch (RuntimeException e) {
      LOG.error("a form could not be stored", e);
      return context.ackWithErrors(
          Map.of(FormModal.firstInput(view), InteractionContext.NOT_STORED));
    }
  }

  private void asked(View view, FormContext form, SlackTarget place, Person person) {
    SlackIds identities = interaction.identities();
    String text = TypedText.typed(text(view, Forms.REQUEST), identities.workspace().bot());
    List<Attachment> files = new ArrayList<>(form.files());
    FormModal.value(view, Forms.FILES)
        .map(ViewState.Value::getFiles)
        .ifPresent(uploaded -> uploaded.forEach(file -> files.add(FileReference.of(file))));
    FormModal.value(view, Forms.RECENT)
        .map(ViewState.Value::getSelectedOptions)
        .ifPresent(chosen -> chosen.forEach(option -> files.add(recent(option))));
    boolean inThread = !place.thread().isEmpty();
    ConversationId conversation =
        inThread
            ? new ConversationId(place.conversation())
            : identities.conversation("form", place.channel(), view.getId());
    SlackTarget destination =
        new SlackTarget(
            place.channel(),
            place.thread(),
            place.user(),
            conversation.value(),
            text,
            place.responseUrl(),
            place.audience(),
            "");
    interaction.receive(
        identities.delivery("form", place.channel(), view.getId()),
        conversation,
        person,
        destination.address(),
        new Content.Text(text, false),
        files);
  }

  private static Attachment recent(ViewState.SelectedOption option) {
    return new Attachment.Remote(option.getText().getText(), option.getValue(), -1);
  }

  private void pressed(
      ViewSubmissionPayload payload, Action action, SlackTarget place, Person person) {
    View view = payload.getView();
    String input = ActionForms.of(action.verb(), "").map(form -> input(view, form)).orElse("");
    SlackTarget destination = action.verb() == Action.Verb.SHARE ? chosen(payload, place) : place;
    interaction.receive(
        interaction.identities().delivery("form", place.channel(), view.getId()),
        new ConversationId(place.conversation()),
        person,
        destination.address(),
        new Content.Pressed(action, input),
        List.of());
  }

  /** The channel to share to, with an address that Slack gives for it. */
  private static SlackTarget chosen(ViewSubmissionPayload payload, SlackTarget place) {
    String channel =
        FormModal.value(payload.getView(), Forms.CHANNEL)
            .map(ViewState.Value::getSelectedConversation)
            .orElse(place.channel());
    String url =
        Objects.requireNonNullElse(
                payload.getResponseUrls(), List.<ViewSubmissionPayload.ResponseUrl>of())
            .stream()
            .filter(each -> channel.equals(each.getChannelId()))
            .map(ViewSubmissionPayload.ResponseUrl::getResponseUrl)
            .findFirst()
            .orElse("");
    return SlackTarget.in(channel, "", place.user(), place.conversation())
        .withResponseUrl(url)
        .to(SlackTarget.Audience.SHARED);
  }

  private static String input(View view, Form form) {
    FormField field = form.fields().getFirst();
    return field.type() == FormField.Type.CODE
        ? FormModal.enteredCode(view, field.name())
        : text(view, field.name());
  }

  private static String text(View view, String block) {
    return FormModal.value(view, block).map(ViewState.Value::getValue).orElse("");
  }
}
