package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.message.Team;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.message.MaybeInaccessibleMessage;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Translates an update into a delivery, if it is meant for Reckon. In private chats every message
 * is for it; in groups commands, mentions and replies to its messages are. Pure: asks nobody.
 *
 * @param bot who we are
 * @param vocabulary the commands that are taken for ours in a group where nobody says whose they
 *     are
 */
record UpdateTranslator(Bot bot, Set<String> vocabulary) {
  private static final Person NOBODY = new Person("telegram/nobody", "", Role.MEMBER);

  UpdateTranslator {
    vocabulary = Set.copyOf(vocabulary);
  }

  /** An update that stands alone; a part of an album is translated with the others. */
  Optional<Incoming> of(Update update) {
    Message message = update.getMessage();
    if (message != null) {
      return moved(message).or(() -> words(List.of(message)));
    }
    if (update.getEditedMessage() != null) {
      return edited(update.getUpdateId(), update.getEditedMessage());
    }
    return update.getCallbackQuery() == null
        ? Optional.empty()
        : pressed(update.getCallbackQuery(), Instant.now());
  }

  /** One message, or the messages of one album in their order, as one request. */
  Optional<Incoming> words(List<Message> messages) {
    Message first =
        messages.stream()
            .filter(it -> !TypedText.of(it).isEmpty())
            .findFirst()
            .orElse(messages.getFirst());
    Optional<Content.Text> words = addressed(first);
    if (words.isEmpty() || !fromPerson(first)) {
      return Optional.empty();
    }
    Stream<Message> carriers =
        words.get().command()
            ? messages.stream()
            : Stream.concat(repliedTo(first).stream(), messages.stream());
    List<Attachment> files = carriers.flatMap(it -> MessageFiles.to(it).stream()).toList();
    return Optional.of(incoming(TelegramIds.message(bot, first), first, words.get(), files));
  }

  /**
   * What is new in an album that was taken before.
   *
   * @param known the files that were taken then
   */
  Optional<Incoming> late(List<Message> album, List<Attachment> known) {
    return album.stream()
        .filter(part -> MessageFiles.to(part).filter(file -> !known.contains(file)).isPresent())
        .findFirst()
        .flatMap(
            part ->
                addressed(part)
                    .map(
                        words ->
                            incoming(
                                TelegramIds.alone(bot, part),
                                part,
                                words,
                                album.stream()
                                    .flatMap(it -> MessageFiles.to(it).stream())
                                    .filter(file -> !known.contains(file))
                                    .toList())));
  }

  /** A group that became a supergroup goes on under another id; both chats are told. */
  Incoming moved(long from, long to) {
    Chat old = new Chat(from, OptionalInt.empty());
    Chat now = new Chat(to, OptionalInt.empty());
    return new Incoming(
        TelegramIds.move(from, to),
        old.conversation(),
        new Team(TelegramIds.team(from), ""),
        NOBODY,
        old.address(),
        new Content.Moved(now.conversation(), new Team(TelegramIds.team(to), ""), now.address()),
        List.of(),
        Instant.now());
  }

  private Optional<Incoming> moved(Message message) {
    if (message.getMigrateToChatId() != null) {
      return Optional.of(moved(message.getChatId(), message.getMigrateToChatId()));
    }
    return message.getMigrateFromChatId() == null
        ? Optional.empty()
        : Optional.of(moved(message.getMigrateFromChatId(), message.getChatId()));
  }

  private Optional<Incoming> edited(int update, Message message) {
    return addressed(message)
        .filter(words -> !words.text().isBlank() && fromPerson(message))
        .map(
            words ->
                incoming(
                    TelegramIds.edit(bot, update),
                    message,
                    new Content.Edited(
                        TelegramIds.message(bot, message), words.text(), words.command(), true),
                    List.of()));
  }

  /** What a button's data means; empty for data that no button of ours carries. */
  Optional<Incoming> pressed(CallbackQuery query, Instant at) {
    MaybeInaccessibleMessage under = query.getMessage();
    String data = query.getData();
    if (under == null || data == null) {
      return Optional.empty();
    }
    Chat chat =
        under instanceof Message message
            ? TelegramIds.chat(message)
            : new Chat(under.getChatId(), OptionalInt.empty());
    String title = under instanceof Message message ? title(message) : "";
    Optional<Action> action = ButtonData.parse(data);
    return action.map(
        known ->
            new Incoming(
                TelegramIds.press(bot, query.getId()),
                chat.conversation(),
                new Team(TelegramIds.team(chat.id()), title),
                person(query.getFrom()),
                chat.address(),
                Greeting.isExample(known)
                    ? new Content.Text(Greeting.example(language(query.getFrom())), false)
                    : new Content.Pressed(known, ""),
                List.of(),
                at));
  }

  /**
   * What somebody asks in a chat that the bot is not in: the mention and the message that it
   * replies to, and nothing else of that chat. It belongs to no team, so that nothing of a team's
   * is in its answer, and whatever it says it is a request.
   */
  Optional<Incoming> guest(Message message) {
    String query = message.getGuestQueryId();
    if (query == null || message.getFrom() == null || message.getFrom().getIsBot()) {
      return Optional.empty();
    }
    String asked = Mention.of(TypedText.of(message), bot.username()).without();
    Optional<Message> other = Optional.ofNullable(message.getReplyToMessage());
    String text = withQuoted(asked, other.map(TypedText::of).orElse(""));
    if (text.isBlank()) {
      return Optional.empty();
    }
    List<Attachment> files =
        Stream.concat(other.stream(), Stream.of(message))
            .flatMap(it -> MessageFiles.to(it).stream())
            .toList();
    return Optional.of(
        new Incoming(
            TelegramIds.guest(bot, query),
            GuestReplies.conversation(query),
            new Team(TelegramIds.guestTeam(query), ""),
            person(message.getFrom()),
            GuestReplies.address(query),
            new Content.Text("ask " + text, true),
            files,
            Instant.ofEpochSecond(message.getDate())));
  }

  private static String withQuoted(String text, String quoted) {
    return quoted.isBlank() ? text : (text + "\n\nThe message this replies to:\n" + quoted).strip();
  }

  /** The words, if they are for Reckon. */
  private Optional<Content.Text> addressed(Message message) {
    if (message.isChannelMessage() || Boolean.TRUE.equals(message.getIsAutomaticForward())) {
      return Optional.empty();
    }
    String text = TypedText.of(message);
    Optional<SlashCommand> command = SlashCommand.of(text);
    if (command.isPresent()) {
      return command.filter(it -> isOurs(it, message)).map(it -> command(it, message));
    }
    if (message.getChatId() > 0) {
      return said(message) ? Optional.of(new Content.Text(text, false)) : Optional.empty();
    }
    Mention mention = Mention.of(text, bot.username());
    boolean meant = mention.found() || repliesToUs(message);
    return meant ? Optional.of(new Content.Text(mention.without(), false)) : Optional.empty();
  }

  private boolean isOurs(SlashCommand command, Message message) {
    return command.isFor(bot)
        && (message.getChatId() > 0
            || command.bot().isPresent()
            || vocabulary.contains(command.name()));
  }

  private Content.Text command(SlashCommand command, Message message) {
    if (!command.name().equals("ask")) {
      // What is saved may have an underline in its name; words of the vocabulary have hyphens.
      boolean ours = vocabulary.contains(command.name());
      String name = ours ? command.name().replace('_', '-') : command.name();
      return new Content.Text(command.words(name), true);
    }
    String quoted = repliedTo(message).map(TypedText::of).orElse("");
    return new Content.Text(withQuoted(command.rest(), quoted), false);
  }

  /** Joining, pinning and the like are messages, but nobody says anything by them. */
  private static boolean said(Message message) {
    return message.hasText() || MessageFiles.to(message).isPresent();
  }

  private boolean repliesToUs(Message message) {
    Message other = message.getReplyToMessage();
    return other != null
        && other.getFrom() != null
        && other.getFrom().getId() == bot.id()
        && said(message);
  }

  /** The message of somebody else that this one replies to. */
  private static Optional<Message> repliedTo(Message message) {
    return Optional.ofNullable(message.getReplyToMessage())
        .filter(it -> it.getFrom() == null || !it.getFrom().getIsBot());
  }

  /** Other bots are not answered; administrators may write in their group's name. */
  private static boolean fromPerson(Message message) {
    return message.getFrom() != null && (!message.getFrom().getIsBot() || inTheGroupsName(message));
  }

  private static boolean inTheGroupsName(Message message) {
    return message.getSenderChat() != null
        && message.getSenderChat().getId().equals(message.getChatId());
  }

  private Incoming incoming(
      String delivery, Message message, Content content, List<Attachment> files) {
    Chat chat = TelegramIds.chat(message);
    Person person =
        inTheGroupsName(message)
            ? new Person(
                TelegramIds.person(message.getChatId()), title(message), Role.ADMINISTRATOR)
            : person(message.getFrom());
    return new Incoming(
        delivery,
        chat.conversation(),
        new Team(TelegramIds.team(chat.id()), title(message)),
        person,
        chat.direct() ? chat.address() : chat.replyingTo(message.getMessageId()).address(),
        content,
        files,
        Instant.ofEpochSecond(message.getDate()));
  }

  /** The language of the person's client; English where Reckon does not speak it. */
  static Language language(User user) {
    return Language.of(user.getLanguageCode()).orElse(Language.ENGLISH);
  }

  static Person person(User user) {
    String name = (user.getFirstName() + " " + orEmpty(user.getLastName())).strip();
    return new Person(
        TelegramIds.person(user.getId()),
        name.isEmpty() ? orEmpty(user.getUserName()) : name,
        Role.MEMBER,
        null,
        user.getLanguageCode());
  }

  private static String title(Message message) {
    return orEmpty(message.getChat().getTitle());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
