package dev.reckon.core.store;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The inbox: what arrived, in order per conversation, each exactly once. */
public interface Deliveries {
  /** What has been done with a delivery. After the last of these comes its turn, if it has one. */
  enum Stage {
    /** It is kept as it arrived. */
    RECEIVED,
    /** What the event did not carry is known: who wrote it, which files came along. */
    ENRICHED,
    /** The policy let it in: it holds a place. */
    ADMITTED,
    /** Its files are in the conversation. */
    IMPORTED
  }

  /**
   * One delivery.
   *
   * @param seq its place in the order of arrival
   * @param tries how often this stage has failed
   * @param deaths how many processes it ended since it last came forward, as far as nothing else
   *     can have ended them
   * @param suspected whether it was worked on when a process ended
   * @param epoch how often it was taken
   */
  record Delivery(
      long seq,
      Incoming incoming,
      Instant receivedAt,
      Stage stage,
      int tries,
      int deaths,
      boolean suspected,
      long epoch) {
    /** A delivery that has just arrived. */
    public Delivery(long seq, Incoming incoming, Instant receivedAt) {
      this(seq, incoming, receivedAt, Stage.RECEIVED, 0, 0, false, 0);
    }

    /** The same with another content or stage. */
    public Delivery at(Stage stage, Incoming incoming) {
      return new Delivery(seq, incoming, receivedAt, stage, tries, deaths, suspected, epoch);
    }

    /** The same after another take. */
    public Delivery takenAs(long epoch) {
      return new Delivery(seq, incoming, receivedAt, stage, tries, deaths, suspected, epoch);
    }

    /** The hold on it of whoever took it. */
    public Lease lease() {
      return new Lease(Lease.Of.DELIVERY, seq, epoch);
    }
  }

  /**
   * One of a conversation's two lines, each worked off in the order of arrival.
   *
   * @param urgent the line of what must not wait for the conversation's earlier deliveries
   */
  record Line(ConversationId conversation, boolean urgent) {}

  /**
   * What was kept of one attached file.
   *
   * @param names of the files that came of it
   * @param notices a sentence for each that was not kept, or not as it came
   */
  record Imported(List<String> names, List<String> notices) {
    public Imported {
      names = List.copyOf(names);
      notices = List.copyOf(notices);
    }
  }

  /** Keeps a delivery in its conversation's ordinary line. */
  default Optional<Long> add(Incoming incoming) {
    return add(incoming, false);
  }

  /**
   * Keeps a delivery. Of its person, team and conversation only what is not known yet: an event
   * says less of them than was found out before.
   *
   * @return its place in the order, or empty when the delivery's id is known already
   */
  Optional<Long> add(Incoming incoming, boolean urgent);

  /** The oldest of a conversation that has not been handled. */
  Optional<Delivery> next(ConversationId conversation);

  /**
   * Takes up the oldest of a line, if its time has come and no other replica works on it, and marks
   * it as being worked on until {@link #left}, {@link #waits}, {@link #retry} or {@link #handled}.
   * So a line is worked on by one replica at a time, in order. Earlier leases of the delivery end.
   * A suspect is not taken while as many suspects are worked on as {@link Replicas#beat} allows.
   */
  Optional<Delivery> take(Line line, String replica);

  /** It came to that stage. Forgets the failures of the stage before. */
  void reached(long seq, Stage stage);

  /** What the event did not carry was found out. Part of it is kept with the delivery. */
  void enriched(long seq, Incoming complete);

  /** What became of the files that were imported until now, by position. */
  Map<Integer, Imported> imported(long seq);

  /** One attached file has been dealt with. */
  void imported(long seq, int position, Imported outcome);

  /** The stage failed and is to be tried again, not before that time. */
  void retry(long seq, Instant nextAt, String failure);

  /** It is left as it is for now: work on it ended in good order. */
  void left(long seq);

  /**
   * It waits for a place that another delivery holds, until {@link #ready}.
   *
   * @return whether it never waited before
   */
  boolean waits(long seq);

  /** What waits for a place in that conversation may ask again. */
  void ready(ConversationId conversation);

  /** What waits in a conversation after a delivery, in order. */
  List<Delivery> waitingAfter(ConversationId conversation, long seq);

  /** The delivery with that id, whether handled or not. */
  Optional<Delivery> find(String id);

  /**
   * What a message was before it was changed: the delivery with its id, or the latest earlier
   * change of it.
   *
   * @param message the id of the message's own delivery
   * @param change the id of the delivery that changes it
   */
  Optional<Delivery> before(String message, String change);

  /** That delivery needs nothing more; bytes that came with it are given up. */
  void handled(long seq);

  /** Conversations in which something from those surfaces waits, the longest waiting first. */
  List<ConversationId> waiting(Set<String> surfaces);

  /**
   * Lines whose oldest delivery that replica can process now, the longest waiting first.
   *
   * @param surfaces those that are switched on
   */
  List<Line> due(Set<String> surfaces, String replica);

  /** When the next delivery of a line is to be tried that is not to be tried yet. */
  Optional<Instant> nextAt(Line line);

  /** How many that arrived before this one wait or are worked on, over all surfaces. */
  int ahead(long seq);
}
