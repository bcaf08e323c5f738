package dev.reckon.core.delivery;

import dev.reckon.core.command.ActionForms;
import dev.reckon.core.command.Interpreter;
import dev.reckon.core.command.Preference;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.store.Computations;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.turn.TurnResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers from the store, by the rules of commands and buttons. */
final class StoreSurfaceQueries implements SurfaceQueries {
  private static final int REQUESTS = 5;

  /** More than are shown, since some are asked again and again. */
  private static final int LOOKED_AT = 20;

  private final Conversations conversations;
  private final Preferences preferences;
  private final Outbox outbox;
  private final Deliveries deliveries;
  private final Turns turns;
  private final Computations computations;
  private final Admission admission;
  private final Interpreter interpreter;
  private final AskerLanguage languages;

  StoreSurfaceQueries(
      Conversations conversations,
      Preferences preferences,
      Outbox outbox,
      Deliveries deliveries,
      Turns turns,
      Computations computations,
      Admission admission,
      Interpreter interpreter) {
    this.conversations = conversations;
    this.preferences = preferences;
    this.outbox = outbox;
    this.deliveries = deliveries;
    this.turns = turns;
    this.computations = computations;
    this.admission = admission;
    this.interpreter = interpreter;
    this.languages = new AskerLanguage(preferences, turns);
  }

  @Override
  public Attention attention(ConversationId conversation) {
    if (conversations.team(conversation).isEmpty()) {
      return Attention.UNKNOWN;
    }
    Scope scope = new Scope(Scope.Of.CONVERSATION, conversation.value());
    return switch (preferences.get(scope, "attention").orElse("all")) {
      case "mentions" -> Attention.WHEN_MENTIONED;
      case "mute" -> Attention.MUTED;
      default -> Attention.ALL;
    };
  }

  @Override
  public Optional<ConversationId> conversationOf(String surface, MessageRef message) {
    return outbox.conversationOf(surface, message);
  }

  @Override
  public Optional<String> refusal(Action action, Person person) {
    return interpreter.refusal(action, person, languages.of(person));
  }

  @Override
  public boolean belongs(Action action, Team team) {
    return switch (action.verb()) {
      // Offers are looked up in the conversation of the press.
      case CONFIRM, RERUN_EDITED, SUGGESTION -> true;
      case CANCEL, AGAIN, EDIT, SAVE, SHARE, SHOW_CODE, SHOW_EVIDENCE, CHART, GOOD, WRONG ->
          turns.isOf(action.turn(), team.id());
    };
  }

  @Override
  public Optional<List<Attachment>> filesOf(String delivery) {
    return deliveries.find(delivery).map(found -> found.incoming().attachments());
  }

  @Override
  public Optional<String> shutOut(Person person, Team team, Address there) {
    return admission
        .shutsOut(
            new AdmissionRequest(
                "",
                new ConversationId(person.id()),
                team,
                person,
                there,
                AdmissionRequest.Kind.WORD,
                languages.of(person)))
        .map(Decision.Refused::sentence);
  }

  @Override
  public Overview overview(Person person, Team team) {
    Scope own = new Scope(Scope.Of.PERSON, person.id());
    List<Overview.Setting> settings =
        Arrays.stream(Preference.values())
            .filter(one -> one.of() == Scope.Of.PERSON)
            .map(
                one ->
                    new Overview.Setting(
                        one.key(),
                        one.meaning(languages.of(person)),
                        preferences.get(own, one.key()).orElse("default"),
                        one.choices()))
            .toList();
    return new Overview(
        asked(turns.askedBy(person.id(), LOOKED_AT).stream()),
        computations.list(team.id()),
        admission.left(person, team, languages.of(person)),
        settings);
  }

  @Override
  public ChannelOverview channel(
      Team team, String channel, String conversations, Readership platform) {
    Stream<TurnRecord> posted =
        turns.askedIn(conversations, LOOKED_AT).stream()
            .filter(turn -> isPostedForAll(turn, channel, platform));
    return new ChannelOverview(asked(posted), computations.savedIn(team.id(), conversations));
  }

  private boolean isPostedForAll(TurnRecord turn, String channel, Readership platform) {
    return turns.addresses(turn.id()).stream()
        .filter(address -> !address.direct() && address.channel().equals(channel))
        .anyMatch(
            address -> platform.postedForAll(address, turns.posted(platform.surface(), turn.id())));
  }

  private static List<Overview.Asked> asked(Stream<TurnRecord> turns) {
    Map<String, Overview.Asked> requests = new LinkedHashMap<>();
    turns.forEach(
        turn -> {
          TurnResult result = turn.result();
          if (result != null && requests.size() < REQUESTS) {
            requests.putIfAbsent(
                turn.request(),
                new Overview.Asked(turn.request(), result.status(), turn.startedAt()));
          }
        });
    return List.copyOf(requests.values());
  }

  @Override
  public ButtonForm form(Action action, Person person) {
    Optional<TurnRecord> turn = turns.find(action.turn());
    if (turn.isEmpty()) {
      return new ButtonForm.Refused(Label.PRESS_ANSWER_GONE.in(languages.of(person)));
    }
    Optional<String> refusal = refusal(action, person);
    if (refusal.isPresent()) {
      return new ButtonForm.Refused(refusal.get());
    }
    TurnResult result = turn.get().result();
    String code = result == null ? "" : result.code();
    boolean showsCode = action.verb() == Action.Verb.SHOW_CODE || action.verb() == Action.Verb.EDIT;
    ButtonForm gone = new ButtonForm.Refused(Label.PRESS_ANSWER_GONE.in(languages.of(person)));
    return showsCode && code.isBlank()
        ? gone
        : ActionForms.of(action.verb(), code).<ButtonForm>map(ButtonForm.Open::new).orElse(gone);
  }
}
