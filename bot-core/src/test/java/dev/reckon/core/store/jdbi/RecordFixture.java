package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** People of one team who ask and are answered, on a clock that stands still until it is moved. */
final class RecordFixture {
  static final Team TEAM = new Team("slack/T1", "Acme");
  static final Person ADA = new Person("slack/T1/ADA", "Ada Lovelace", Person.Role.MEMBER);
  static final Person BOB = new Person("slack/T1/BOB", "Bob", Person.Role.MEMBER);

  /** Standing still, and settable. */
  static final class StillClock extends Clock {
    volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final JdbiStore store;
  private int deliveries;

  RecordFixture(JdbiStore store) {
    this.store = store;
  }

  Incoming asks(Person person, String conversation, String words, Attachment... files) {
    return new Incoming(
        "Ev" + ++deliveries,
        new ConversationId(conversation),
        TEAM,
        person,
        new Address("slack", conversation, "C1", false),
        new Content.Text(words, false),
        List.of(files),
        Instant.EPOCH);
  }

  /** In a private chat, which is its own team. */
  Incoming asksAlone(Person person, String words) {
    return new Incoming(
        "Ev" + ++deliveries,
        new ConversationId("alone"),
        new Team(person.id(), ""),
        person,
        new Address("slack", "D1", "D1", true),
        new Content.Text(words, false),
        List.of(),
        Instant.EPOCH);
  }

  /** A turn that has begun; one priced call is on the record. */
  long begin(Person person, String conversation, String words, @Nullable Double callUsd) {
    long seq = store.deliveries().add(asks(person, conversation, words)).orElseThrow();
    long turn =
        store
            .turns()
            .begin(
                new ConversationId(conversation),
                OptionalLong.of(seq),
                person,
                TurnKind.REQUEST,
                words)
            .id();
    store.turns().addCall(turn, new Turns.Call("GENERATE", "m", 100L, 10L, callUsd));
    return turn;
  }

  /** A turn from delivery to result. */
  long answered(
      Person person, String conversation, String words, TurnStatus status, @Nullable Double usd) {
    long turn = begin(person, conversation, words, usd);
    finish(turn, status, words, usd);
    return turn;
  }

  void finish(long turn, TurnStatus status, String words, @Nullable Double usd) {
    store
        .turns()
        .finish(
            new TurnResult(
                turn,
                status,
                "message about " + words,
                "output of " + words,
                "print('code of " + words + "')",
                List.of(new TurnResult.Step("step", "verified", "output of " + words)),
                List.of(
                    new TurnResult.Attempt(
                        1, 1, "code of " + words, "failed", "output of " + words, "no", null),
                    new TurnResult.Attempt(
                        2, 1, "code of " + words, "completed", "output of " + words, null, null)),
                null,
                List.of(),
                new Usage(1, 100, 10, usd),
                Duration.ofSeconds(3)));
    long seq =
        store
            .deliveries()
            .next(store.turns().find(turn).orElseThrow().conversation())
            .orElseThrow()
            .seq();
    store.deliveries().handled(seq);
  }
}
