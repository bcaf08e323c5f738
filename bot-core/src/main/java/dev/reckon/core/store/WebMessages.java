package dev.reckon.core.store;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of conversations in the browser show. Messages have versions that grow with every
 * change of any of them: an open page asks for what is newer than what it has.
 */
public interface WebMessages {
  /**
   * A conversation of one person.
   *
   * @param title how lists name it: hostile text, on one line
   */
  record WebConversation(
      ConversationId id, String person, String title, Instant createdAt, Instant updatedAt) {}

  /**
   * What a message shows; one of the two is there.
   *
   * @param asked what the person wrote
   * @param answered what Reckon replied
   */
  record Body(@Nullable Asked asked, @Nullable Answered answered) {
    public Body {
      if ((asked == null) == (answered == null)) {
        throw new IllegalArgumentException("a message is either a person's or a reply");
      }
    }
  }

  /**
   * What a person wrote or did.
   *
   * @param files names of what came along
   */
  record Asked(String text, List<String> files) {
    public Asked {
      files = List.copyOf(files);
    }
  }

  /**
   * A reply.
   *
   * @param mention the person it is to notify, by id; empty for nobody
   * @param sent what has been shown of its files so far
   */
  record Answered(Reply reply, String mention, List<SentFile> sent) {
    public Answered {
      sent = List.copyOf(sent);
    }
  }

  /**
   * A file of a reply.
   *
   * @param key which of the reply's files
   * @param form how it is shown
   * @param note the sentence that stands for it, for {@link Form#NOTE}
   */
  record SentFile(String key, Form form, String note) {
    /** How a file is shown. */
    public enum Form {
      PICTURE,
      LINK,
      /** Not at all: a sentence says why. */
      NOTE
    }
  }

  /**
   * A message.
   *
   * @param turn the turn it tells of, 0 for none
   */
  record WebMessage(
      long id, ConversationId conversation, long turn, Body body, long version, Instant at) {}

  /**
   * Keeps what a person wrote, and the conversation with its first message.
   *
   * @param sent names it: a second call with the same name changes nothing
   * @return whether it is new
   */
  boolean asked(ConversationId conversation, String person, String sent, Asked asked);

  /**
   * Keeps a reply.
   *
   * @return its id, or empty when there is no such conversation any more
   */
  Optional<Long> answered(ConversationId conversation, Answered answered);

  /**
   * Changes a reply; the same content changes no version.
   *
   * @return false when there is no such message any more
   */
  boolean change(long id, Answered answered);

  Optional<WebMessage> find(long id);

  Optional<WebConversation> conversation(ConversationId id);

  /** A person's conversations, the latest used first. */
  List<WebConversation> conversations(String person, int most);

  /** The newest messages of a conversation, the oldest of them first. */
  default List<WebMessage> newest(ConversationId conversation, int most) {
    return upTo(conversation, Long.MAX_VALUE, most);
  }

  /** The newest messages whose ids are not above that, the oldest of them first. */
  List<WebMessage> upTo(ConversationId conversation, long last, int most);

  /** Messages that changed after that version, the oldest change first. */
  List<WebMessage> since(ConversationId conversation, long version, int most);

  /** The latest version in a conversation, or 0. */
  long version(ConversationId conversation);

  /** A person's messages that hold all of these words, the newest first. */
  List<WebMessage> search(String person, List<String> words, int most);

  /** Removes a conversation from a person's list, with its messages; turns stay on the record. */
  boolean delete(ConversationId conversation, String person);
}
