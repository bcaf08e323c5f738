package dev.reckon.adapters.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.context.builtin.ViewSubmissionContext;
import com.slack.api.bolt.response.Response;
import dev.reckon.core.delivery.SurfaceQueries.Overview;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.SavedComputation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people press in their home tab. Answers come as direct messages. */
final class HomeHandler {
  private static final Logger LOG = LoggerFactory.getLogger(HomeHandler.class);

  private final InteractionContext interaction;

  HomeHandler(InteractionContext interaction) {
    this.interaction = interaction;
  }

  Response handle(BlockActionPayload payload, ActionContext context) {
    String channel =
        payload.getView() == null
            ? ""
            : Objects.requireNonNullElse(payload.getView().getPrivateMetadata(), "");
    if (channel.isEmpty() || payload.getActions().isEmpty()) {
      LOG.info("a button of no home tab was pressed");
      return context.ack();
    }
    BlockActionPayload.Action action = payload.getActions().getFirst();
    Person person = person(payload.getUser().getId(), payload.getUser().getTeamId());
    String id = action.getActionId();
    String trigger = payload.getTriggerId();
    String value = value(action);
    SlackTarget direct = SlackTarget.in(channel, "", payload.getUser().getId(), "");
    if (id.equals(HomeTab.ASK)) {
      FormContext form = FormContext.request(direct, List.of());
      open(direct, trigger, Forms.request(form, "", List.of()));
    } else if (id.startsWith(HomeTab.SAVED)) {
      saved(person, value)
          .ifPresentOrElse(
              found -> run(found, channel, trigger, person),
              () -> receive(channel, trigger, person, value));
    } else if (id.startsWith(HomeTab.SETTING)) {
      receive(channel, trigger, person, "settings " + value);
    } else if (id.startsWith(HomeTab.AGAIN)) {
      receive(channel, trigger, person, value);
    }
    return context.ack();
  }

  /** The values of a saved computation were filled in. */
  Response submitted(ViewSubmissionPayload payload, ViewSubmissionContext context) {
    Person person = person(payload.getUser().getId(), payload.getUser().getTeamId());
    String channel = SavedForm.channel(payload.getView());
    SavedForm.Filled filled = SavedForm.filled(payload.getView());
    if (!filled.refused().isEmpty()) {
      return context.ackWithErrors(filled.refused());
    }
    try {
      receive(channel, payload.getView().getId(), person, filled.text());
      return context.ack();
    } catch (RuntimeException e) {
      LOG.error("a form could not be stored", e);
      String field =
          payload.getView().getState().getValues().keySet().stream()
              .findFirst()
              .orElse(SavedForm.VALUE);
      return context.ackWithErrors(Map.of(field, InteractionContext.NOT_STORED));
    }
  }

  private Person person(String user, String team) {
    return interaction.identities().person(user, Objects.requireNonNullElse(team, ""));
  }

  private static String value(BlockActionPayload.Action action) {
    return action.getSelectedOption() == null
        ? Objects.requireNonNullElse(action.getValue(), "")
        : Objects.requireNonNullElse(action.getSelectedOption().getValue(), "");
  }

  private Optional<SavedComputation> saved(Person person, String name) {
    SlackIds identities = interaction.identities();
    Overview overview = identities.queries().overview(person, identities.workspace().team());
    return overview.saved().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  private void run(SavedComputation saved, String channel, String trigger, Person person) {
    if (saved.parameters().isEmpty()) {
      receive(channel, trigger, person, saved.name());
    } else {
      String user = SlackTarget.user(person.id());
      open(SlackTarget.in(channel, "", user, ""), trigger, SavedForm.view(saved, channel));
    }
  }

  private void open(SlackTarget direct, String trigger, String view) {
    interaction.afterwards(
        "opening a form from the home tab", direct, () -> interaction.api().open(trigger, view));
  }

  private void receive(String channel, String once, Person person, String text) {
    SlackIds identities = interaction.identities();
    ConversationId conversation = identities.conversation("home", channel, once);
    String user = SlackTarget.user(person.id());
    interaction.receive(
        identities.delivery("home", channel, once),
        conversation,
        person,
        SlackTarget.in(channel, "", user, conversation.value()).withRequest(text).address(),
        new Content.Text(text, false),
        List.of());
  }
}
