package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Readership;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatMember;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMember;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberRestricted;

/** Members of groups by {@code getChatMember}. */
record TelegramReadership(BotApi api) implements Readership {
  @Override
  public String surface() {
    return Chat.SURFACE;
  }

  @Override
  public Set<String> readers(Address at, Set<String> people)
      throws DeliveryException, InterruptedException {
    if (GuestReplies.isGuest(at)) {
      return Set.of(); // nobody tells who is in that chat
    }
    Chat chat = Chat.of(at);
    if (chat.direct()) {
      return Set.of();
    }
    Set<String> readers = new HashSet<>();
    for (String person : people) {
      if (isMember(chat, person)) {
        readers.add(person);
      }
    }
    return readers;
  }

  private boolean isMember(Chat chat, String person)
      throws DeliveryException, InterruptedException {
    String user = person.substring(person.lastIndexOf('/') + 1);
    if (!person.equals(Chat.SURFACE + "/" + user) || !user.matches("[0-9]{1,18}")) {
      return false;
    }
    try {
      ChatMember member =
          api.call(GetChatMember.builder().chatId(chat.id()).userId(Long.parseLong(user)).build());
      return isMember(member);
    } catch (TelegramFailure e) {
      if (e.says("user not found", "participant_id_invalid", "member not found")) {
        return false;
      }
      throw BotApiErrors.of(e);
    }
  }

  /** What is asked in a group is answered in the group. */
  @Override
  public boolean postedForAll(Address at, List<MessageRef> posted) {
    return true;
  }

  private static boolean isMember(ChatMember member) {
    return switch (member.getStatus()) {
      case "creator", "administrator", "member" -> true;
      case "restricted" ->
          member instanceof ChatMemberRestricted restricted
              && Boolean.TRUE.equals(restricted.getIsMember());
      default -> false;
    };
  }

  /** Telegram tells bots nothing of a person outside a chat, so what sign-in said stays. */
  @Override
  public Person known(Person person) {
    return person;
  }
}
