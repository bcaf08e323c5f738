package dev.reckon.adapters.surface;

import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.surface.Readership;
import dev.reckon.testing.Until;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records deliveries, each once as the core does, and answers a surface's questions as a test sets
 * them up. Can refuse for a while.
 */
public final class RecordingInbox implements Inbox, SurfaceQueries {
  private final List<Incoming> received = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> strangers = new HashSet<>();
  private final Map<String, ConversationId> posted = new HashMap<>();
  private final Map<ConversationId, Attention> attention = new HashMap<>();
  private final Map<String, ChannelOverview> channels = new HashMap<>();
  private final Map<Action, ButtonForm> forms = new HashMap<>();
  private Overview overview = new Overview(List.of(), List.of(), List.of(), List.of());
  private Optional<String> shutOut = Optional.empty();
  private boolean forged;
  private int refusals;
  private int repetitions;
  private int looks;

  @Override
  public synchronized boolean receive(Incoming incoming) {
    if (refusals > 0) {
      refusals--;
      throw new IllegalStateException("the disk is full");
    }
    if (!seen.add(incoming.delivery())) {
      repetitions++;
      return false;
    }
    received.add(incoming);
    attention.putIfAbsent(incoming.conversation(), Attention.ALL);
    return true;
  }

  /** Makes the next deliveries fail, so many times. */
  public synchronized void refuse(int times) {
    refusals = times;
  }

  /** How many deliveries are still to fail. */
  public synchronized int refusals() {
    return refusals;
  }

  public synchronized int repetitions() {
    return repetitions;
  }

  /** How often a surface asked for a message's conversation. */
  public synchronized int looks() {
    return looks;
  }

  public synchronized List<Incoming> received() {
    return List.copyOf(received);
  }

  /** The texts of all deliveries, empty for those that have none. */
  public synchronized List<String> words() {
    return received.stream()
        .map(it -> it.content() instanceof Content.Text words ? words.text() : "")
        .toList();
  }

  /** Waits until that many have arrived. */
  public List<Incoming> await(int count) {
    Until.holds(count + " deliveries", () -> received().size() >= count);
    return received();
  }

  /** Sets how closely a conversation is followed. */
  public synchronized void follow(ConversationId conversation, Attention how) {
    attention.put(conversation, how);
  }

  /** Sets the conversation of a posted message. */
  public synchronized void posted(String message, ConversationId conversation) {
    posted.put(message, conversation);
  }

  /** Sets what a button's form shows. */
  public synchronized void opens(Action action, ButtonForm form) {
    forms.put(action, form);
  }

  /** Names persons who own no button. */
  public synchronized void strangers(String... persons) {
    strangers.addAll(List.of(persons));
  }

  @Override
  public synchronized Attention attention(ConversationId conversation) {
    return attention.getOrDefault(conversation, Attention.UNKNOWN);
  }

  @Override
  public synchronized Optional<ConversationId> conversationOf(String surface, MessageRef message) {
    looks++;
    return Optional.ofNullable(posted.get(message.value()));
  }

  @Override
  public synchronized ButtonForm form(Action action, Person person) {
    return forms.getOrDefault(action, new ButtonForm.Refused("This answer is gone."));
  }

  @Override
  public synchronized Optional<String> refusal(Action action, Person person) {
    return person.role() == Person.Role.ADMINISTRATOR || !strangers.contains(person.id())
        ? Optional.empty()
        : Optional.of("This button is somebody else's.");
  }

  /** Says that what buttons belong to was asked elsewhere. */
  public synchronized void buttonsAreForged() {
    forged = true;
  }

  @Override
  public synchronized boolean belongs(Action action, Team team) {
    return !forged;
  }

  /** Lets the policy keep everybody out, for a reason. */
  public synchronized void shutsOut(String reason) {
    shutOut = Optional.of(reason);
  }

  @Override
  public synchronized Optional<String> shutOut(Person person, Team team, Address there) {
    return shutOut;
  }

  /** Sets what people are shown before they ask. */
  public synchronized void shows(Overview shown) {
    overview = shown;
  }

  @Override
  public synchronized Overview overview(Person person, Team team) {
    return overview;
  }

  /** Sets what was computed in a channel. */
  public synchronized void computed(String channel, ChannelOverview shown) {
    channels.put(channel, shown);
  }

  @Override
  public synchronized ChannelOverview channel(
      Team team, String channel, String conversations, Readership platform) {
    return conversations.equals(team.id() + "/" + channel + "/")
        ? channels.getOrDefault(channel, ChannelOverview.NONE)
        : ChannelOverview.NONE;
  }

  @Override
  public synchronized Optional<List<Attachment>> filesOf(String delivery) {
    return received.stream()
        .filter(one -> one.delivery().equals(delivery))
        .map(Incoming::attachments)
        .findFirst();
  }
}
