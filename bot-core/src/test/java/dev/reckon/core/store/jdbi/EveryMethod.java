package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.policy.Ledger;
import dev.reckon.core.policy.PolicyChange;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Line;
import dev.reckon.core.store.Feedback;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Installations;
import dev.reckon.core.store.Lease;
import dev.reckon.core.store.Memory;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Privacy;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.Schedule;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.Turns;
import dev.reckon.core.store.WebMessages;
import dev.reckon.core.store.WebSessions;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Calls every method of every port of a store that holds something of everything, so that a new
 * method is covered by itself.
 */
final class EveryMethod {
  /** The size from which on files are in the object store, if there is one. */
  static final int LARGE = 64;

  private final JdbiStore store;
  private final RecordFixture.StillClock clock;
  private final RecordFixture fixture;
  private long turn;

  EveryMethod(JdbiStore store, RecordFixture.StillClock clock) {
    this.store = store;
    this.clock = clock;
    this.fixture = new RecordFixture(store);
  }

  /** Calls every method of the store's ports, on a store that holds something of everything. */
  void call() throws Exception {
    fixture.answered(RecordFixture.ADA, "c1", "one", TurnStatus.VERIFIED, 0.1);
    store.files().put(new ConversationId("c1"), "a.csv", new byte[] {1}, 0);
    store.files().put(new ConversationId("c1"), "large.csv", new byte[LARGE], 0);
    store.files().put(new ConversationId("c1"), "again.csv", new byte[LARGE], 0);
    store.files().drop(new ConversationId("c1"), "large.csv");
    store.files().drop(new ConversationId("c1"), "again.csv");
    store.files().prepare(new ConversationId("c1"), new byte[LARGE]);
    store.files().abandon(new ConversationId("c1"), new byte[LARGE]);
    store.objects().sweep();
    store.deliveries().add(fixture.asksAlone(RecordFixture.ADA, "makes a team of her own"));
    ConversationId page = new ConversationId("web/1");
    store.webMessages().asked(page, "web/x", "k", new WebMessages.Asked("x", List.of()));
    long shown =
        store
            .webMessages()
            .answered(page, new WebMessages.Answered(Reply.notice("x"), "", List.of()))
            .orElseThrow();
    store.webMessages().change(shown, new WebMessages.Answered(Reply.notice("y"), "", List.of()));
    for (int round = 0; round < 2; round++) {
      turn = fixture.begin(RecordFixture.BOB, "c2", "two", 0.1);
      for (Method accessor : sorted(Store.class)) {
        if (accessor.getReturnType().isInterface() && accessor.getParameterCount() == 0) {
          Object port = accessor.invoke(store);
          for (Method method : sorted(accessor.getReturnType())) {
            if (!Modifier.isStatic(method.getModifiers())) {
              call(port, method);
            }
          }
        }
      }
      store.backlog();
    }
    underLeases();
    store.ledger().spent(Ledger.Owner.TEAM, RecordFixture.TEAM.id(), Instant.EPOCH);
    fixture.answered(RecordFixture.ADA, "c1", "three", TurnStatus.VERIFIED, 0.1);
    store.deliveries().add(fixture.asks(RecordFixture.ADA, "c1", "waits"));
    store.schedules().add(schedule("c1"));
    store
        .conversations()
        .move(
            new ConversationId("c1"),
            new ConversationId("c9"),
            new Team("slack/T9", ""),
            new Address("slack", "c9", "C9", false));
    clock.now = clock.now.plus(Duration.ofDays(3));
    call(store.privacy(), Privacy.class.getMethod("sweep", Privacy.Retention.class, Instant.class));
    store.privacy().forget(RecordFixture.ADA.id());
    store.deliveries().waiting(Set.of("slack"));
  }

  /** One replica ends, and another takes over what it did. */
  private void underLeases() {
    Line line = new Line(new ConversationId("c3"), false);
    store.deliveries().add(fixture.asks(RecordFixture.ADA, "c3", "left behind"));
    assertTrue(store.deliveries().take(line, "ended").isPresent());
    Duration silence = Duration.ofMillis(500);
    store.replicas().join("another", silence);
    Optional<Delivery> taken = store.deliveries().take(line, "another");
    while (taken.isEmpty()) { // others are declared ended by whoever was heard that long
      store.replicas().beat("another", silence);
      taken = store.deliveries().take(line, "another");
    }
    Lease lease = taken.get().lease();
    lease.during(() -> store.deliveries().waits(lease.id()));
    AdmissionRequest waits = (AdmissionRequest) sample(AdmissionRequest.class);
    store.admissionState().take(waits);
    store.admissionState().finished(waits.delivery());
    Lease reply = new Lease(Lease.Of.REPLY, 1, 0);
    boolean held =
        store
            .database()
            .read(handle -> JdbiReplicas.holdsOn(handle, store.database().engine(), reply));
    if (held) {
      reply.during(
          () ->
              store
                  .database()
                  .write(handle -> JdbiReplicas.isLeader(handle, "polling", "another")));
    }
  }

  private void call(Object port, Method method) throws Exception {
    Object[] arguments =
        Stream.of(method.getGenericParameterTypes()).map(this::sample).toArray(Object[]::new);
    try {
      if (method.getName().equals("write") && arguments[0] instanceof Optional<?>) {
        // An export of everything reads everything; that of one person is looked at here.
        arguments[0] = Optional.of(RecordFixture.ADA.id());
      }
      method.invoke(port, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError("cannot call " + method + " " + Arrays.toString(arguments), e);
    }
  }

  private Schedule schedule(String conversation) {
    return new Schedule(
        0,
        0,
        new ConversationId(conversation),
        RecordFixture.TEAM,
        RecordFixture.BOB.id(),
        "Bob",
        new Address("slack", conversation, "C1", false),
        "day at 9:00",
        "UTC",
        "do burn",
        "",
        List.of("a.csv"),
        "",
        clock.instant(),
        clock.instant(),
        Schedule.Run.NONE);
  }

  /** Something to pass; a type that is not known here needs one more case. */
  private Object sample(Type type) {
    if (type instanceof ParameterizedType supplier && supplier.getRawType() == Supplier.class) {
      return (Supplier<String>) () -> "done";
    }
    if (type instanceof ParameterizedType function && function.getRawType() == Function.class) {
      return (Function<Object, Object>) all -> sample(PolicyChange.class);
    }
    if (type instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
      return Optional.of(RecordFixture.TEAM.id());
    }
    Map<Object, Object> samples = new LinkedHashMap<>();
    samples.put(String.class, RecordFixture.ADA.id());
    samples.put(long.class, turn);
    samples.put(int.class, 3);
    samples.put(Duration.class, Duration.ofMinutes(1));
    samples.put(Lease.class, new Lease(Lease.Of.DELIVERY, turn, 1));
    samples.put(boolean.class, true);
    samples.put(byte[].class, new byte[] {1, 2});
    samples.put(Instant.class, clock.instant());
    samples.put(OptionalLong.class, OptionalLong.empty());
    samples.put(ConversationId.class, new ConversationId("c2"));
    samples.put(Person.class, RecordFixture.BOB);
    samples.put(Team.class, RecordFixture.TEAM);
    samples.put(Address.class, new Address("slack", "c2", "C1", false));
    samples.put(MessageRef.class, new MessageRef("1.1"));
    samples.put(Action.class, new Action(Action.Verb.SAVE, turn));
    samples.put(TurnKind.class, TurnKind.REQUEST);
    samples.put(Deliveries.Line.class, new Deliveries.Line(new ConversationId("c2"), false));
    samples.put(Deliveries.Stage.class, Deliveries.Stage.ENRICHED);
    samples.put(Deliveries.Imported.class, new Deliveries.Imported(List.of("a.csv"), List.of()));
    samples.put(Turns.Call.class, new Turns.Call("JUDGE", "m", 1L, 1L, 0.1));
    samples.put(TurnResult.class, StoredSamples.result().forTurn(turn));
    samples.put(OutputStream.class, OutputStream.nullOutputStream());
    samples.put(Ledger.Owner.class, Ledger.Owner.PERSON);
    samples.put(Preferences.Scope.class, new Preferences.Scope(Preferences.Scope.Of.PERSON, "x"));
    samples.put(Feedback.Opinion.class, new Feedback.Opinion(turn, "slack/T1/BOB", true, ""));
    samples.put(
        PolicyChange.class, new PolicyChange(clock.instant(), "x", PolicyKey.CONTACT, "a", "b"));
    samples.put(
        Privacy.Retention.class,
        new Privacy.Retention(
            Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(40)));
    samples.put(
        Outbox.Draft.class,
        new Outbox.Draft(
            new ConversationId("c2"),
            new Address("slack", "c2", "C1", false),
            Reply.notice("x"),
            RecordFixture.BOB,
            clock.instant()));
    samples.put(
        SavedComputation.class,
        new SavedComputation(
            "name",
            1,
            turn,
            "request",
            "code",
            List.of(),
            List.of(),
            List.of(),
            "verified",
            RecordFixture.BOB.id(),
            "Bob",
            clock.instant(),
            null));
    samples.put(
        AdmissionRequest.class,
        new AdmissionRequest(
            "Ev0",
            new ConversationId("c2"),
            RecordFixture.TEAM,
            RecordFixture.BOB,
            new Address("slack", "c2", "C1", false),
            AdmissionRequest.Kind.REQUEST));
    samples.put(
        Memory.Note.class,
        new Memory.Note(
            0,
            new Preferences.Scope(Preferences.Scope.Of.TEAM, RecordFixture.TEAM.id()),
            Memory.Kind.DEFINITION,
            "net revenue",
            "revenue minus refunds",
            0,
            RecordFixture.ADA.id(),
            "Ada",
            "Ada",
            clock.instant()));
    samples.put(Schedule.Run.class, new Schedule.Run(1, clock.instant(), "a", "1", true, ""));
    samples.put(Schedule.class, schedule("c2"));
    samples.put(WebMessages.Asked.class, new WebMessages.Asked("a request", List.of("a.csv")));
    samples.put(
        WebMessages.Answered.class, new WebMessages.Answered(Reply.notice("x"), "", List.of()));
    samples.put(
        WebSessions.WebSession.class,
        new WebSessions.WebSession(
            "hash " + turn,
            new WebSessions.Identity(RecordFixture.ADA.id(), "Ada", "t", "", "slack"),
            "browser",
            clock.instant(),
            clock.instant(),
            clock.instant().plusSeconds(9)));
    samples.put(
        Installations.Installation.class,
        new Installations.Installation("slack/T1", "{}", "sealed", clock.instant(), 0));
    samples.put(
        Files.StoredFile.class,
        new Files.StoredFile(
            "gone", new ConversationId("c2"), "a.csv", "a.csv", 1, "x", 0, clock.instant()));
    samples.put(Decision.Refused.class, new Decision.Refused(Decision.Reason.BUDGET, "no"));
    Incoming incoming =
        fixture.asks(
            RecordFixture.BOB, "c2", "again", new Attachment.Inline("a.csv", new byte[] {1}));
    samples.put(Incoming.class, incoming);
    Object sample =
        switch (type.getTypeName()) {
          case "java.util.Set<java.lang.Long>" -> Set.of(turn);
          case "java.util.Set<java.lang.String>" -> Set.of("slack");
          case "java.util.List<java.lang.String>" -> List.of("request", "100%");
          default ->
              type.getTypeName().startsWith("java.util.List")
                  ? List.of(
                      new Preferences.Scope(Preferences.Scope.Of.TEAM, RecordFixture.TEAM.id()))
                  : samples.get(type);
        };
    if (sample == null) {
      throw new AssertionError("add a sample of " + type);
    }
    return sample;
  }

  private static List<Method> sorted(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> !method.getName().equals("close"))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }
}
