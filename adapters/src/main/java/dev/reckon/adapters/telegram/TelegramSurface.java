package dev.reckon.adapters.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Pace;
import dev.reckon.core.surface.Surface;
import dev.reckon.core.surface.render.Receipt;
import dev.reckon.core.surface.render.ResumableSender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatMember;

/** Telegram as a surface. */
final class TelegramSurface implements Surface {
  private static final Logger LOG = LoggerFactory.getLogger(TelegramSurface.class);
  private static final Duration NOTIFY_AFTER = Duration.ofSeconds(20);

  private final boolean official;
  private final BotApi api;
  private final TelegramRateLimits limits;
  private final MessageSender sender;
  private final TypingIndicator typing;
  private final CallbackHandler callbacks;
  private final GuestReplies guests;
  private final RichChats rich;

  /** Chats in which Telegram accepts no rich messages, for an hour: its server may change. */
  private final Cache<Long, Boolean> richRefused;

  private final Cache<String, Role> roles =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(5)).maximumSize(10_000).build();

  TelegramSurface(
      boolean official,
      BotApi api,
      TelegramRateLimits limits,
      MessageSender sender,
      TypingIndicator typing,
      CallbackHandler callbacks,
      RichChats rich,
      Ticker time) {
    this.official = official;
    this.api = api;
    this.limits = limits;
    this.sender = sender;
    this.typing = typing;
    this.callbacks = callbacks;
    this.guests = new GuestReplies(api);
    this.rich = rich;
    this.richRefused =
        Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(10_000)
            .ticker(time)
            .build();
  }

  @Override
  public String name() {
    return Chat.SURFACE;
  }

  @Override
  public Pace pace(Address to) {
    if (GuestReplies.isGuest(to)) { // a second message is not to be had, however late it is
      return new Pace(limits.perChat(), limits.overall(), Duration.ofDays(1));
    }
    Duration between =
        to.direct()
            ? limits.perChat()
            : Duration.ofMinutes(1).dividedBy(limits.perGroupAndMinute());
    return new Pace(between, limits.overall(), NOTIFY_AFTER);
  }

  @Override
  public MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    if (GuestReplies.isGuest(to)) {
      return guests.post(to, reply, receipts);
    }
    Chat chat = sender.current(Chat.of(to));
    Optional<Person> named = chat.direct() ? Optional.empty() : mention;
    if (reply.kind() == Reply.Kind.WORKING && drafted(chat, reply)) {
      MessageRef draft = SentParts.draft(chat, draftId(reply)).ref();
      receipts.sent(draft);
      return draft;
    }
    signs(chat, reply);
    return send(chat, Receipt.NOTHING, reply, named, files, receipts);
  }

  @Override
  public MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    if (GuestReplies.isGuest(message)) {
      return guests.edit(message, reply);
    }
    Chat chat = sender.current(Chat.of(at));
    SentParts there = SentParts.of(message);
    if (there.chat() != chat.id()) {
      throw new DeliveryException(
          DeliveryException.Kind.MESSAGE_GONE, "the group has moved since that message");
    }
    if (reply.kind() == Reply.Kind.WORKING && there.draft() != 0 && drafted(chat, reply)) {
      return message;
    }
    signs(chat, reply);
    return send(chat, there.receipt(), reply, Optional.empty(), files, receipts);
  }

  /** Sends it as a rich message where the chat wants that and Telegram accepts it. */
  private MessageRef send(
      Chat chat,
      Receipt there,
      Reply reply,
      Optional<Person> named,
      FileContents files,
      Receipts receipts)
      throws DeliveryException, InterruptedException {
    boolean takesRich = rich.wanted(chat.id()) && richRefused.getIfPresent(chat.id()) == null;
    Optional<RenderedReply> drawn =
        takesRich ? RichReplyRenderer.render(reply, named) : Optional.empty();
    if (drawn.isPresent()) {
      AtomicBoolean refused = new AtomicBoolean();
      ChatPort port = new ChatPort(sender, chat, () -> refused.set(true));
      try {
        return send(port, there, drawn.get(), files, receipts);
      } catch (DeliveryException e) {
        if (!refused.get()) {
          throw e;
        }
        refusedRich(chat, e);
      }
    }
    ChatPort port = new ChatPort(sender, chat, () -> {});
    return send(port, there, ReplyRenderer.render(reply, named), files, receipts);
  }

  private void refusedRich(Chat chat, DeliveryException e) {
    boolean all = MessageSender.refusesRich(e);
    if (all) {
      richRefused.put(chat.id(), true);
    }
    LOG.info(
        "Telegram refuses {}: {}",
        all ? "rich messages there, which are plain for an hour" : "a rich message",
        e.getMessage());
  }

  private static MessageRef send(
      ChatPort port, Receipt there, RenderedReply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    Chat chat = port.chat();
    var resumable =
        new ResumableSender<>(
            port, files, receipt -> receipts.sent(SentParts.of(chat, receipt).ref()));
    Receipt now = resumable.send(there, reply.messages(), reply.uploads());
    return SentParts.of(chat, now).ref();
  }

  @Override
  public void whisper(Address at, Person to, Reply reply)
      throws DeliveryException, InterruptedException {
    if (!callbacks.tell(at, to, reply.headline())) {
      Surface.super.whisper(at, to, reply);
    }
  }

  @Override
  public boolean fades(MessageRef message) {
    return !GuestReplies.isGuest(message) && SentParts.of(message).draft() != 0;
  }

  private boolean drafted(Chat chat, Reply reply) throws DeliveryException, InterruptedException {
    List<Span> text = ReplyRenderer.render(reply, Optional.empty()).texts().getFirst();
    boolean drafted = sender.draft(chat, draftId(reply), text);
    if (drafted) {
      typing.working(chat, reply.turn(), () -> sender.draft(chat, draftId(reply), text));
    }
    return drafted;
  }

  private void signs(Chat chat, Reply reply) {
    if (reply.kind() == Reply.Kind.WORKING) {
      typing.working(chat, reply.turn(), null);
    } else {
      typing.done(chat, reply.turn());
    }
  }

  /** Not zero, and the same for all of a turn's progress. */
  private static int draftId(Reply reply) {
    return (int) (reply.turn() % (Integer.MAX_VALUE - 1)) + 1;
  }

  @Override
  public Incoming complete(Incoming incoming) throws DeliveryException, InterruptedException {
    Person person = incoming.person();
    boolean told =
        person.role() != Role.MEMBER && !(incoming.content() instanceof Content.Scheduled);
    if (incoming.address().direct() || told || GuestReplies.isGuest(incoming.address())) {
      return incoming;
    }
    Role role = role(Chat.of(incoming.address()).id(), person.id());
    return incoming.from(
        new Person(person.id(), person.name(), role, person.timeZone(), person.locale()));
  }

  /** Whether somebody administers a group, as Telegram says. */
  boolean administers(long chat, long user) throws DeliveryException, InterruptedException {
    return role(chat, TelegramIds.person(user)) == Role.ADMINISTRATOR;
  }

  private Role role(long chat, String person) throws DeliveryException, InterruptedException {
    String key = chat + " " + person;
    Role known = roles.getIfPresent(key);
    if (known != null) {
      return known;
    }
    try {
      long user = Long.parseLong(person.substring(person.lastIndexOf('/') + 1));
      String status =
          api.call(GetChatMember.builder().chatId(chat).userId(user).build()).getStatus();
      Role role =
          switch (status) {
            case "creator", "administrator" -> Role.ADMINISTRATOR;
            case "left", "kicked" -> Role.FORMER;
            default -> Role.MEMBER;
          };
      roles.put(key, role);
      return role;
    } catch (TelegramFailure e) {
      throw BotApiErrors.of(e);
    }
  }

  @Override
  public byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException, InterruptedException {
    long most = official ? Math.min(maxBytes, BotApi.MAX_DOWNLOAD_BYTES) : maxBytes;
    if (attachment.bytes() > most) {
      throw tooLarge(attachment, most);
    }
    try {
      return api.download(attachment.reference(), most);
    } catch (TelegramFailure e) {
      if (e.says("file is too big")) {
        throw tooLarge(attachment, BotApi.MAX_DOWNLOAD_BYTES);
      }
      if (e.code() == 404 || e.says("wrong file", "invalid file_id", "file_id")) {
        throw new DeliveryException(
            DeliveryException.Kind.REFUSED,
            "Telegram no longer has " + attachment.name() + "; send it again");
      }
      throw BotApiErrors.of(e);
    }
  }

  private static DeliveryException tooLarge(Attachment.Remote attachment, long most) {
    return new DeliveryException(
        DeliveryException.Kind.REFUSED,
        "%s is larger than %,d MB%s; send a smaller part of it, or pack it as .zip"
            .formatted(
                attachment.name(),
                most / 1_000_000,
                most == BotApi.MAX_DOWNLOAD_BYTES
                    ? ", the most that Telegram lets bots download"
                    : ""));
  }
}
