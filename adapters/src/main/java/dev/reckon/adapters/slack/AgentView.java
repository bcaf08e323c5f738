package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.assistant.SuggestedPrompt;
import dev.reckon.core.command.Assignments;
import dev.reckon.core.delivery.SurfaceQueries.ChannelOverview;
import dev.reckon.core.delivery.SurfaceQueries.Overview;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what happens in Slack's own windows around a conversation: a person opens the home tab or
 * the messages, or presses Slack's stop button.
 */
final class AgentView {
  private static final Logger LOG = LoggerFactory.getLogger(AgentView.class);

  /** Slack shows four prompts. */
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
          interaction.quietly("suggesting requests", () -> suggest(user, channel, viewed(event)));
        } else {
          interaction.quietly("showing the home tab", () -> show(user, channel));
        }
      }
      case "app_context_changed" -> {
        if (SlackIds.isDirect(channel) && !user.isEmpty()) {
          interaction.quietly("suggesting requests", () -> suggest(user, channel, viewed(event)));
        }
      }
      default -> {}
    }
  }

  /** The channel that the person looks at beside the app's messages, or empty. */
  private String viewed(JsonNode event) {
    JsonNode context = event.has("context") ? event.path("context") : event.path("app_context");
    for (JsonNode entity : context.path("entities")) {
      String team = entity.path("team_id").asText("");
      JsonNode value = entity.path("value");
      String channel =
          switch (entity.path("type").asText()) {
            case "slack#/types/channel_id" -> value.asText();
            case "slack#/types/message_context" -> value.path("channel_id").asText();
            default -> "";
          };
      boolean isHere = team.isEmpty() || team.equals(interaction.identities().workspace().id());
      if (isHere && !channel.isEmpty() && !SlackIds.isDirect(channel)) {
        return channel;
      }
    }
    return "";
  }

  private void show(String user, String channel) throws SlackFailure {
    Person person = person(user);
    Optional<String> refusal = interaction.shutOut(person, channel);
    String view =
        refusal.isPresent()
            ? HomeTab.refused(refusal.get(), channel)
            : HomeTab.view(overview(person), channel);
    interaction.api().publish(user, view);
  }

  private void suggest(String user, String direct, String channel) throws SlackFailure {
    Person person = person(user);
    Optional<String> refusal = interaction.shutOut(person, direct);
    List<SuggestedPrompt> prompts =
        refusal.isPresent()
            ? List.of(prompt(refusal.get(), "help")) // which is refused in full
            : prompts(overview(person), computed(user, channel));
    interaction.api().suggest(direct, prompts);
  }

  /** The person with the role and the language that Slack tells. */
  private Person person(String user) {
    Person person = interaction.identities().person(user, "");
    try {
      return surface.known(person);
    } catch (DeliveryException e) {
      // What they press is checked once more.
      LOG.info("a person's role is not known: {}", e.getMessage());
      return person;
    }
  }

  /** What was computed in a channel, if that person is a member there. */
  private ChannelOverview computed(String user, String channel) {
    if (channel.isEmpty()) {
      return ChannelOverview.NONE;
    }
    SlackIds identities = interaction.identities();
    ChannelOverview found =
        identities
            .queries()
            .channel(
                identities.workspace().team(),
                channel,
                identities.delivery(channel, ""),
                new SlackReadership(team -> Optional.of(interaction.api())));
    try {
      // Asking for the members of a large channel takes many calls.
      return !found.equals(ChannelOverview.NONE) && surface.isMember(user, channel)
          ? found
          : ChannelOverview.NONE;
    } catch (DeliveryException e) {
      LOG.info("nothing of a channel is suggested: {}", e.getMessage());
      return ChannelOverview.NONE;
    }
  }

  private Overview overview(Person person) {
    SlackIds identities = interaction.identities();
    return identities.queries().overview(person, identities.workspace().team());
  }

  /**
   * What the person asked last, what was asked in the channel, and what is saved, that of the
   * channel first; as many of each as there is room for. A first example where there is nothing.
   */
  static List<SuggestedPrompt> prompts(Overview overview, ChannelOverview channel) {
    List<String> own = overview.requests().stream().map(Overview.Asked::request).toList();
    List<List<SuggestedPrompt>> kinds =
        List.of(
            asked(own.stream()),
            asked(
                channel.requests().stream()
                    .map(Overview.Asked::request)
                    .filter(request -> !own.contains(request))),
            overview.saved().stream()
                .sorted(Comparator.comparing(one -> !channel.saved().contains(one.name())))
                .map(one -> prompt("Run " + one.name() + ": " + one.request(), called(one)))
                .toList());
    List<SuggestedPrompt> prompts = shared(kinds);
    return prompts.isEmpty()
        ? List.of(
            prompt("A first computation: average of 3, 5 and 8", "average of 3, 5 and 8"),
            prompt("What can you do?", "help"))
        : prompts;
  }

  private static List<SuggestedPrompt> asked(Stream<String> requests) {
    return requests
        .filter(request -> request.length() <= LONGEST_PROMPT)
        .map(request -> prompt(request, request))
        .toList();
  }

  /** The first ones of each kind, which share the room among them. */
  private static List<SuggestedPrompt> shared(List<List<SuggestedPrompt>> kinds) {
    int[] taken = new int[kinds.size()];
    int room = PROMPTS;
    for (int round = 0; round < PROMPTS; round++) {
      for (int kind = 0; kind < taken.length; kind++) {
        if (room > 0 && kinds.get(kind).size() > round) {
          taken[kind]++;
          room--;
        }
      }
    }
    List<SuggestedPrompt> prompts = new ArrayList<>();
    for (int kind = 0; kind < taken.length; kind++) {
      prompts.addAll(kinds.get(kind).subList(0, taken[kind]));
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
    Map<String, String> values = new LinkedHashMap<>();
    saved.parameters().forEach(one -> values.put(one.name(), one.defaultValue()));
    try {
      String called = (saved.name() + " " + Assignments.write(values)).strip();
      return called.length() > LONGEST_PROMPT ? saved.name() : called;
    } catch (IllegalArgumentException e) { // a value that cannot be typed
      return saved.name();
    }
  }
}
