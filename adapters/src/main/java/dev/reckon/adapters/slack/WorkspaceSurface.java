package dev.reckon.adapters.slack;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.slack.api.model.Message;
import com.slack.api.model.User;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Pace;
import dev.reckon.core.surface.Surface;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One workspace as a surface. {@link MessageSender} sends replies; this class looks up people,
 * members of channels and files.
 */
final class WorkspaceSurface implements Surface {
  /**
   * Slack takes about one message a second in a channel, and "several hundred" a minute in a
   * workspace; edits share a budget of about 50 a minute, above which it answers 429 and the core
   * waits as it says.
   */
  static final Pace PACE =
      new Pace(Duration.ofMillis(1_100), Duration.ofMillis(200), Duration.ofSeconds(20));

  /** Whoever is shown a stream watches it, and an answer that ends it is seen. */
  private static final Pace STREAMED =
      new Pace(PACE.perChannel(), PACE.overall(), Duration.ofMinutes(1));

  private static final Logger LOG = LoggerFactory.getLogger(WorkspaceSurface.class);

  private final SlackApi api;
  private final SlackFiles files;
  private final ProgressStreams streams;
  private final MessageSender sender;
  private final Cache<String, User> people =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  /** Believed as long as pages believe it by default. */
  private final Cache<Membership, Boolean> members =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(Duration.ofMinutes(5)).build();

  private record Membership(String user, String channel) {}

  WorkspaceSurface(SlackApi api, SlackSettings settings) {
    this.api = api;
    this.files = new SlackFiles(api, settings);
    this.streams = new ProgressStreams(api, InstantSource.system());
    this.sender = new MessageSender(api, files, streams);
  }

  @Override
  public String name() {
    return SlackSurface.NAME;
  }

  /** The token is good for that workspace. */
  void connected(SlackWorkspace workspace) {
    streams.connected(workspace);
  }

  /** The conversation of a thread in which something was streamed lately. */
  Optional<ConversationId> streamed(String channel, String root) {
    return streams.conversation(channel, root);
  }

  /** Shows a thread as waiting for people again, after Slack's stop button. */
  void release(String channel, String thread) {
    streams.release(channel, thread);
  }

  @Override
  public Pace pace(Address to) {
    return streams.mayStream(SlackTarget.of(to)) ? STREAMED : PACE;
  }

  @Override
  public MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents contents, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return sender.post(
        SlackTarget.of(to),
        reply,
        mention.map(Person::id).map(SlackTarget::user),
        contents,
        receipts);
  }

  @Override
  public MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents contents, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return sender.edit(SlackTarget.of(at), SentParts.of(message), reply, contents, receipts);
  }

  @Override
  public void whisper(Address at, Person to, Reply reply) throws DeliveryException {
    sender.whisper(SlackTarget.of(at), SlackTarget.user(to.id()), reply);
  }

  /** A command reaches channels where Reckon is no member; half an hour later it cannot answer. */
  @Override
  public Optional<String> obstacleLater(Address at) {
    SlackTarget place = SlackTarget.of(at);
    if (place.audience() == SlackTarget.Audience.DIRECT) {
      return Optional.empty();
    }
    try {
      api.look(place.channel());
      return Optional.empty();
    } catch (SlackFailure e) {
      return e.notMember()
          ? Optional.of(
              "Reckon is not in this channel and cannot post here later: results would come to you"
                  + " in a direct message. To have them here, invite it: /invite @Reckon")
          : Optional.empty();
    }
  }

  @Override
  public Address under(Address at, MessageRef message) {
    return below(at, message);
  }

  /** The thread that a message began, or the same place. */
  static Address below(Address at, MessageRef message) {
    SlackTarget place = SlackTarget.of(at);
    SentParts sent = SentParts.of(message);
    if (!sent.editable()) {
      return place.to(SlackTarget.Audience.ASKER).address();
    }
    boolean startsThread =
        place.thread().isEmpty()
            && (place.audience() == SlackTarget.Audience.CHANNEL
                || place.audience() == SlackTarget.Audience.DIRECT);
    return startsThread ? place.withThread(sent.ts()).address() : at;
  }

  @Override
  public byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException, InterruptedException {
    try {
      return files.fetch(attachment, maxBytes);
    } catch (SlackFailure e) {
      throw e.meaning();
    }
  }

  @Override
  public Incoming complete(Incoming incoming) throws DeliveryException {
    return incoming.from(known(incoming.person())).with(attachments(incoming));
  }

  /** A person with what Slack says of them, or said lately. */
  Person known(Person person) throws DeliveryException {
    String id = SlackTarget.user(person.id());
    User user = people.getIfPresent(id);
    if (user == null) {
      try {
        user = api.user(id);
        people.put(id, user);
      } catch (SlackFailure e) {
        throw e.meaning();
      }
    }
    return person(person, user);
  }

  /**
   * Whether Slack says, or said lately, that a user is a member of a channel.
   *
   * @throws DeliveryException when Slack does not tell, or there are too many members to check
   */
  boolean isMember(String user, String channel) throws DeliveryException {
    Membership asked = new Membership(user, channel);
    Boolean known = members.getIfPresent(asked);
    if (known != null) {
      return known;
    }
    boolean isMember =
        SlackReadership.members(api, channel, found -> found.contains(user)).contains(user);
    members.put(asked, isMember);
    return isMember;
  }

  /** A person with what Slack says of them. */
  static Person person(Person person, User user) {
    return new Person(
        person.id(), displayName(user), role(user, person.role()), user.getTz(), user.getLocale());
  }

  private static String displayName(User user) {
    User.Profile profile = user.getProfile();
    if (profile != null
        && profile.getDisplayName() != null
        && !profile.getDisplayName().isBlank()) {
      return profile.getDisplayName();
    }
    return Objects.requireNonNullElse(user.getRealName(), user.getId());
  }

  private static Role role(User user, Role known) {
    if (user.isDeleted()) {
      return Role.FORMER;
    }
    if (known == Role.EXTERNAL || user.isStranger()) {
      return Role.EXTERNAL;
    }
    if (user.isRestricted() || user.isUltraRestricted()) {
      return Role.GUEST;
    }
    return user.isAdmin() || user.isOwner() ? Role.ADMINISTRATOR : Role.MEMBER;
  }

  private List<Attachment> attachments(Incoming incoming) throws DeliveryException {
    SlackTarget place = SlackTarget.of(incoming.address());
    if (place.message().isEmpty() || !incoming.attachments().isEmpty()) {
      return incoming.attachments();
    }
    String thread = place.thread().equals(place.message()) ? "" : place.thread();
    try {
      return api.message(place.channel(), thread, place.message()).stream()
          .map(Message::getFiles)
          .filter(Objects::nonNull)
          .flatMap(List::stream)
          .map(FileReference::of)
          .toList();
    } catch (SlackFailure e) {
      if (e.meaning().isPassing()) {
        throw e.meaning();
      }
      LOG.warn("the files of a mention could not be retrieved: {}", e.getMessage());
      return incoming.attachments();
    }
  }
}
