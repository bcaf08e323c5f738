package dev.reckon.core.store;

import dev.reckon.core.message.ConversationId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What buttons in notices stand for: suggested questions, things to confirm. */
public interface Offers {
  /**
   * Something that a button does when it is pressed.
   *
   * @param person whom it was made to
   * @param kind what it is, in the words of whoever made it
   * @param detail JSON or text, in the words of whoever made it
   */
  record Offer(long id, ConversationId conversation, String person, String kind, String detail) {}

  long make(ConversationId conversation, String person, String kind, String detail);

  Optional<Offer> find(long id);

  /**
   * How long an offer may be taken by a mere "yes", which does not say to what. No setting: its
   * button names the offer and works for as long as it is stored; a "yes" on the next day is more
   * likely about something else.
   */
  Duration OPEN_FOR = Duration.ofHours(24);

  /** The newest of a kind that nobody has taken, unless it was made {@link #OPEN_FOR} ago. */
  Optional<Offer> open(ConversationId conversation, String kind);

  /** The newest of a kind, in the order in which they were made. */
  List<Offer> latest(ConversationId conversation, String kind, int most);

  /**
   * Takes it.
   *
   * @return false when somebody took it before
   */
  boolean take(long id);
}
