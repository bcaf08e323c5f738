package dev.reckon.core.store;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replies on their way out, and the messages that were posted. */
public interface Outbox {
  /**
   * A reply to send.
   *
   * @param asker whom it should name when it is a new message, or null
   * @param askedAt when the request came, for deciding whether a new message must notify
   */
  record Draft(
      ConversationId conversation,
      Address address,
      Reply reply,
      @Nullable Person asker,
      Instant askedAt) {}

  /**
   * A reply that waits to be sent.
   *
   * @param attempts how often it was tried
   * @param fresh whether it goes out as a new message, once that is decided
   * @param receipt what the platform has of it so far, or null
   * @param epoch how often it was taken
   */
  record OutboxEntry(
      long id,
      Draft draft,
      Instant createdAt,
      int attempts,
      @Nullable Boolean fresh,
      @Nullable MessageRef receipt,
      long epoch) {
    /** The hold on it of whoever took it. */
    public Lease lease() {
      return new Lease(Lease.Of.REPLY, id, epoch);
    }
  }

  /** A reply whose time has come, and where it goes; {@link #take} reads the rest of it. */
  record DueReply(long id, Address address) {}

  long add(Draft draft);

  /**
   * For each conversation of a surface its oldest waiting reply, if its time has come and no other
   * replica sends it. So a conversation's replies are sent in order, whoever sends them.
   *
   * @param now those whose next attempt is later are left out, and so are the ones behind them
   */
  List<DueReply> due(String surface, String replica, Instant now);

  /**
   * Takes up one reply as it is now, if it still waits, its time has come and no other replica
   * sends it: what {@link #due} told of it may have been sent, put off or moved since. Earlier
   * leases of it end; until {@link #sent}, {@link #retry} or {@link #giveUp} no other replica sends
   * it.
   */
  Optional<OutboxEntry> take(long id, String replica, Instant now);

  /**
   * Reserves a channel for one message, where several replicas send to it.
   *
   * @param pause until the channel takes the next one
   * @return zero when it is reserved, else how long it is not free
   */
  Duration reserve(String surface, String channel, Duration pause);

  /** The platform accepts nothing more for that channel for so long. */
  void hold(String surface, String channel, Duration pause);

  /** When the next waiting reply of a surface is to be tried that is not to be tried yet. */
  Optional<Instant> nextAfter(String surface, Instant now);

  /** Decides whether it goes out as a new message, as if nothing of it had been sent. */
  void choose(long id, boolean fresh);

  /** Remembers what the platform has of a new message so far. */
  void receipt(long id, MessageRef soFar);

  /** It is out. */
  void sent(long id);

  /** It failed, and is to be tried again. */
  void retry(long id, Instant nextAt, String problem);

  /** It will never be sent. */
  void giveUp(long id, String problem);

  /**
   * Remembers a message that was posted.
   *
   * @param turn the turn it tells of, 0 for none
   * @param anchor whether the turn's progress and answer are edits of it, and no longer of what was
   *     its anchor before
   */
  void posted(
      String surface, MessageRef message, ConversationId conversation, long turn, boolean anchor);

  /** The message that a turn's progress and answer edit. */
  Optional<MessageRef> anchor(long turn);

  /**
   * A turn takes the place of an earlier one: it continues in the earlier one's anchor, and what
   * was still to be said of that is no longer said.
   */
  void replace(long earlier, long turn);

  /** The anchor is gone, or a new message has taken its place. */
  void forgetAnchor(long turn);

  /** Which conversation a posted message belongs to. */
  Optional<ConversationId> conversationOf(String surface, MessageRef message);
}
