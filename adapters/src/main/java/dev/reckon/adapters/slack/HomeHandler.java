package dev.reckon.adapters.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.context.builtin.ViewSubmissionContext;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.view.View;
import dev.reckon.core.command.Assignments;
import dev.reckon.core.command.ValueForms;
import dev.reckon.core.delivery.SurfaceQueries.Overview;
import dev.reckon.core.form.Form;
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
  /** The callback id of the modals for the values of saved computations. */
  static final String CALLBACK = "reckon.saved";

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
    if (interaction.shutOut(person, channel).isPresent()) {
      // No form opens that would be refused; the tab was drawn before, and the core tells why.
      receive(channel, trigger, person, "help");
    } else if (id.equals(HomeTab.ASK)) {
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
    View view = payload.getView();
    Person person = person(payload.getUser().getId(), payload.getUser().getTeamId());
    String[] channelAndName =
        Objects.requireNonNullElse(view.getPrivateMetadata(), "").split(" ", 2);
    if (channelAndName.length != 2) {
      throw new IllegalArgumentException("not a form of Reckon");
    }
    String name = channelAndName[1];
    Optional<SavedComputation> saved = saved(person, name);
    if (saved.isEmpty()) {
      // It was deleted while the form was open; its values fit nothing, and the command tells so.
      return run(view, context, channelAndName[0], person, name, Map.of());
    }
    return switch (ValueForms.of(saved.get()).read(FormModal.entered(view))) {
      case Form.Entry.Refused refused -> context.ackWithErrors(refused.problems());
      case Form.Entry.Accepted accepted ->
          run(view, context, channelAndName[0], person, name, accepted.changed());
    };
  }

  private Response run(
      View view,
      ViewSubmissionContext context,
      String channel,
      Person person,
      String name,
      Map<String, String> values) {
    try {
      receive(channel, view.getId(), person, (name + " " + Assignments.write(values)).strip());
      return context.ack();
    } catch (IllegalArgumentException e) {
      String problem = String.valueOf(e.getMessage());
      return context.ackWithErrors(Map.of(FormModal.firstInput(view), problem));
    } catch (RuntimeException e) {
      LOG.error("a form could not be stored", e);
      return context.ackWithErrors(
          Map.of(FormModal.firstInput(view), InteractionContext.NOT_STORED));
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
      String modal = FormModal.draw(ValueForms.of(saved), CALLBACK, channel + " " + saved.name());
      open(SlackTarget.in(channel, "", user, ""), trigger, modal);
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
