package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import java.util.OptionalInt;

/**
 * A place in Telegram: a private chat, a group, or one topic of a forum.
 *
 * @param id Telegram's chat id; groups have negative ones
 * @param topic the topic's {@code message_thread_id}
 */
record Chat(long id, OptionalInt topic) {
  static final String SURFACE = "telegram";

  /** The place that an address of this surface names. */
  static Chat of(Address address) {
    String target = address.target();
    int slash = target.indexOf('/');
    return slash < 0
        ? new Chat(Long.parseLong(target), OptionalInt.empty())
        : new Chat(
            Long.parseLong(target.substring(0, slash)),
            OptionalInt.of(Integer.parseInt(target.substring(slash + 1))));
  }

  /** Users' ids are positive, those of groups and channels negative. */
  boolean direct() {
    return id > 0;
  }

  Chat withoutTopic() {
    return new Chat(id, OptionalInt.empty());
  }

  Chat movedTo(long newId) {
    return new Chat(newId, topic);
  }

  Address address() {
    return new Address(SURFACE, target(), Long.toString(id), direct());
  }

  ConversationId conversation() {
    return new ConversationId(SURFACE + "/" + target());
  }

  private String target() {
    return topic.isPresent() ? id + "/" + topic.getAsInt() : Long.toString(id);
  }
}
