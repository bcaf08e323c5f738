package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import java.util.OptionalInt;

/**
 * A place in Telegram: a private chat, a group, or one topic of a forum.
 *
 * @param id Telegram's chat id; groups have negative ones
 * @param topic the topic's {@code message_thread_id}
 * @param replyTo the message that is answered, shown above the answer in groups
 */
record Chat(long id, OptionalInt topic, OptionalInt replyTo) {
  static final String SURFACE = "telegram";

  Chat(long id, OptionalInt topic) {
    this(id, topic, OptionalInt.empty());
  }

  /** The place that an address of this surface names: {@code chat[/topic][#message]}. */
  static Chat of(Address address) {
    String target = address.target();
    int hash = target.indexOf('#');
    OptionalInt replyTo = number(target, hash, target.length());
    int end = hash < 0 ? target.length() : hash;
    int slash = target.indexOf('/');
    return new Chat(
        Long.parseLong(target.substring(0, slash < 0 ? end : slash)),
        number(target, slash, end),
        replyTo);
  }

  private static OptionalInt number(String target, int before, int end) {
    return before < 0
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(target.substring(before + 1, end)));
  }

  /** Users' ids are positive, those of groups and channels negative. */
  boolean direct() {
    return id > 0;
  }

  Chat replyingTo(int message) {
    return new Chat(id, topic, OptionalInt.of(message));
  }

  Chat withoutTopic() {
    return new Chat(id, OptionalInt.empty(), replyTo);
  }

  /** The same place under another id, where messages have other ids too. */
  Chat movedTo(long newId) {
    return new Chat(newId, topic);
  }

  Address address() {
    String target = replyTo.isPresent() ? place() + "#" + replyTo.getAsInt() : place();
    return new Address(SURFACE, target, Long.toString(id), direct());
  }

  ConversationId conversation() {
    return new ConversationId(SURFACE + "/" + place());
  }

  private String place() {
    return topic.isPresent() ? id + "/" + topic.getAsInt() : Long.toString(id);
  }
}
