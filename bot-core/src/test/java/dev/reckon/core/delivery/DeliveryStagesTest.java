package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Line;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.FakeSurface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each stage of a delivery is done once, tried again when it fails, and given up with a word. */
class DeliveryStagesTest {
  private static final Attachment.Remote PAY = new Attachment.Remote("pay.csv", "ref1", 10);
  private static final Attachment.Remote TAX = new Attachment.Remote("tax.csv", "ref2", 10);

  @TempDir Path folder;
  private final FakeSurface surface = new FakeSurface();
  private JdbiStore store;
  private FakeDriver driver;
  private DeliveryService service;

  @BeforeEach
  void open() {
    open(8, 10_000);
  }

  private void open(int atOnce, int mostOpen) {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC());
    StoreJournal journal = new StoreJournal(store.turns());
    driver = new FakeDriver(journal);
    service =
        new DeliveryService(
            TestDependencies.of(
                store,
                driver,
                new Gatekeeper(
                    () -> Policy.STANDARD,
                    store.ledger(),
                    new LocalAdmissionState(Clock.systemUTC()),
                    Clock.systemUTC()),
                new PlainWords(),
                Clock.systemUTC()),
            new SchedulerSettings(
                atOnce,
                mostOpen,
                Duration.ofMillis(50),
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofDays(1)),
                4,
                Duration.ofMillis(200),
                Duration.ofSeconds(6)),
            line -> {});
  }

  @AfterEach
  void close() {
    service.close();
    store.close();
  }

  private void receive(Incoming incoming) {
    assertTrue(service.inbox().receive(incoming));
  }

  private List<String> fetches() {
    synchronized (surface) {
      return surface.calls.stream().filter(call -> call.startsWith("fetch")).toList();
    }
  }

  @Test
  void aFileIsNotFetchedWhileItsRequestWaitsForAPlace() throws Exception {
    service.start(List.of(surface));
    receive(Samples.words("1", "wait here"));
    driver.waiting.await();
    ConversationId other = new ConversationId("test/other");
    receive(Samples.words("2", other, "average pay", PAY));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("Your earlier request")));
    // Several sweeps later it has still not been touched.
    for (int i = 0; i < 10; i++) {
      receive(Samples.words("h" + i, new ConversationId("test/" + i), "hello"));
      int more = i + 1;
      surface.awaitHeadlines(
          lines -> lines.stream().filter(line -> line.equals("Hello.")).count() == more);
    }
    assertEquals(List.of(), fetches());
    receive(Samples.words("3", "cancel"));
    surface.awaitHeadlines(
        lines -> lines.stream().filter(line -> line.equals("Because.")).count() == 2);
    assertEquals(List.of("fetch ref1"), fetches());
    assertEquals(1, store.files().list(other).size());
  }

  @Test
  void aFetchThatFailsForNowIsTriedAgainAndOthersAreNotFetchedTwice() throws Exception {
    service.start(List.of(surface));
    surface.next(
        "none",
        new DeliveryException(DeliveryException.Kind.TRANSIENT, "the line was lost"),
        new DeliveryException(
            DeliveryException.Kind.RATE_LIMITED, "too many calls", Duration.ofMillis(30)));
    receive(Samples.words("1", "average pay", PAY, TAX));
    surface.awaitHeadlines(lines -> lines.contains("Because."));
    assertEquals(List.of("fetch ref1", "fetch ref2", "fetch ref2", "fetch ref2"), fetches());
    assertEquals(2, driver.requests.getFirst().files().size());
    assertEquals(
        store.files().list(Samples.TALK).stream().mapToLong(file -> file.bytes()).sum(),
        store.files().bytesOf(Samples.TALK),
        "no copies count against the quota");
  }

  @Test
  void whatCannotBeFetchedIsNamedAndNothingIsComputedWithoutIt() throws Exception {
    service.start(List.of(surface));
    surface.next(
        IntStream.range(0, 4)
            .mapToObj(i -> new DeliveryException(DeliveryException.Kind.TRANSIENT, "line lost"))
            .toArray());
    receive(Samples.words("1", "average pay", PAY));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("pay.csv could not be fetched")));
    surface.next(new DeliveryException(DeliveryException.Kind.REFUSED, "it is gone"));
    receive(Samples.words("2", "average tax", TAX));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("tax.csv could not be fetched")));
    assertEquals(5, fetches().size());
    assertEquals(List.of(), driver.requests);
  }

  private static Attachment file(String name) {
    return new Attachment.Inline(name, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
  }

  private String said() {
    synchronized (surface) {
      return surface.messages.values().toString();
    }
  }

  @Test
  void whatIsSaidAboutFilesReachesTheAskerOfACommandAndOfNothing() throws Exception {
    service.start(List.of(surface));
    receive(Samples.words("1", "hello", file("wide.bomb")));
    surface.awaitHeadlines(lines -> lines.contains("Hello."));
    assertTrue(said().contains("wide.bomb was not read"), said());
    receive(Samples.words("2", "cancel", file("text.odd")));
    surface.awaitHeadlines(lines -> lines.contains("About what you attached:"));
    assertTrue(said().contains("text.odd: 3 bytes were replaced."), said());
    receive(Samples.words("3", "thanks", file("deep.bomb")));
    surface.awaitHeadlines(
        lines ->
            lines.stream().filter(line -> line.equals("About what you attached:")).count() == 2);
    assertTrue(said().contains("deep.bomb was not read"), said());
  }

  @Test
  void whatIsSaidAboutFilesReachesTheAskerOfARequestThatWaitedForAPlace() throws Exception {
    service.start(List.of(surface));
    receive(Samples.words("1", "wait here"));
    driver.waiting.await();
    ConversationId other = new ConversationId("test/other");
    receive(Samples.words("2", other, "average pay", file("wide.bomb"), file("text.odd")));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("Your earlier request")));
    receive(Samples.words("3", "cancel"));
    surface.awaitHeadlines(
        lines -> lines.stream().filter(line -> line.equals("Because.")).count() == 2);
    assertTrue(said().contains("wide.bomb was not read"), said());
    assertTrue(said().contains("text.odd: 3 bytes were replaced."), said());
  }

  @Test
  void whatIsSaidAboutFilesReachesTheAskerOfWhatIsGivenUp() throws Exception {
    service.start(List.of(surface));
    receive(Samples.words("1", "fail", file("text.odd")));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("Something went wrong")));
    assertTrue(said().contains("text.odd: 3 bytes were replaced."), said());
  }

  @Test
  void whatIsSaidAboutOneFileReachesTheAskerWhenAnotherCannotBeFetched() throws Exception {
    service.start(List.of(surface));
    surface.next(new DeliveryException(DeliveryException.Kind.REFUSED, "it is gone"));
    receive(Samples.words("1", "average tax", file("wide.bomb"), TAX));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("tax.csv could not be fetched")));
    assertTrue(said().contains("wide.bomb was not read"), said());
  }

  private static final String FATAL = "Reckon stopped twice";
  private static final String REPLICA = "this one";
  private static final Duration SILENCE = Duration.ofMinutes(1);

  /** A process takes up what it can of these lines, and ends in the middle of it. */
  private List<Delivery> killedAt(Line... lines) {
    List<Delivery> taken =
        Stream.of(lines).flatMap(line -> store.deliveries().take(line, REPLICA).stream()).toList();
    store.replicas().join("next", SILENCE);
    return taken;
  }

  private Line asked(String name, String words) {
    ConversationId talk = new ConversationId("test/" + name);
    Person person = new Person("test/person-" + name, name, Person.Role.MEMBER);
    receive(Samples.words(name, talk, words).from(person));
    return new Line(talk, false);
  }

  @Test
  void aDeliveryThatEndedItsProcessTwiceIsGivenUpWithAWord() throws Exception {
    receive(Samples.words("1", "average pay"));
    receive(Samples.words("2", "hello"));
    Line line = new Line(Samples.TALK, false);
    assertEquals(0, killedAt(line).getFirst().deaths());
    assertEquals(1, killedAt(line).getFirst().deaths());
    service.start(List.of(surface));
    surface.awaitHeadlines(lines -> lines.contains("Hello."));
    assertTrue(surface.headlines().getFirst().startsWith(FATAL));
    assertEquals(List.of(), driver.requests);
  }

  @Test
  void whoeverWasWorkedOnBesideOneThatEndsProcessesIsAnswered() throws Exception {
    Line killer = asked("killer", "average pay");
    Line[] all = new Line[10];
    for (int i = 0; i < all.length; i++) {
      all[i] = i == 6 ? killer : asked("innocent-" + i, "hello");
    }
    int ends = 0;
    int deaths = 0;
    int open = all.length;
    while (deaths < 2) {
      List<Delivery> working = new ArrayList<>();
      for (Line line : all) { // as many at once as may be
        store.deliveries().take(line, REPLICA).ifPresent(working::add);
      }
      Optional<Delivery> fatal =
          working.stream().filter(it -> it.incoming().delivery().equals("killer")).findFirst();
      if (fatal.isPresent()) {
        deaths = fatal.get().deaths();
        store.replicas().join("next", SILENCE);
        ends++;
      } else {
        assertTrue(working.stream().allMatch(it -> it.deaths() < 2), working::toString);
        working.forEach(it -> store.deliveries().handled(it.seq()));
        open -= working.size();
      }
    }
    assertTrue(ends <= 5, "the process ended " + ends + " times");
    int answers = open;
    service.start(List.of(surface));
    surface.awaitHeadlines(lines -> lines.size() == answers);
    assertEquals(
        1,
        surface.headlines().stream().filter(line -> line.startsWith(FATAL)).count(),
        "nobody else is given up");
    assertEquals(
        answers - 1, surface.headlines().stream().filter("Hello."::equals).count(), "all answered");
  }

  @Test
  void twoEndsOfAProcessGiveUpNothingThatWasNotAlone() throws Exception {
    Line one = asked("one", "hello");
    Line other = asked("other", "hello");
    assertEquals(2, killedAt(one, other).size());
    List<Delivery> alone = killedAt(one, other);
    assertEquals(List.of("one"), alone.stream().map(it -> it.incoming().delivery()).toList());
    service.start(List.of(surface));
    surface.awaitHeadlines(
        lines -> lines.stream().filter(line -> line.equals("Hello.")).count() == 2);
    assertEquals(List.of("Hello.", "Hello."), surface.headlines());
  }

  @Test
  void whatComesNewIsWorkedOnBesideASuspect() {
    Line one = asked("one", "hello");
    Line other = asked("other", "hello");
    killedAt(one, other);
    Line fresh = asked("fresh", "hello");
    assertTrue(store.deliveries().take(one, REPLICA).orElseThrow().suspected());
    assertTrue(store.deliveries().take(other, REPLICA).isEmpty(), "suspects wait for each other");
    assertFalse(store.deliveries().take(fresh, REPLICA).orElseThrow().suspected());
  }

  @Test
  void anEndInGoodOrderClearsOfSuspicion() {
    receive(Samples.words("1", "average pay"));
    Line line = new Line(Samples.TALK, false);
    long seq = killedAt(line).getFirst().seq();
    assertEquals(1, store.deliveries().take(line, REPLICA).orElseThrow().deaths());
    store.deliveries().left(seq);
    assertEquals(0, killedAt(line).getFirst().deaths());
  }

  @Test
  void anErrorIsAFailureLikeAnyOther() throws Exception {
    service.start(List.of(surface));
    receive(Samples.words("1", "overflow"));
    receive(Samples.words("2", "hello"));
    surface.awaitHeadlines(lines -> lines.contains("Hello."));
    assertTrue(surface.headlines().getFirst().startsWith("Something went wrong"));
  }

  @Test
  void beyondTheOperatorsBoundARequestIsRefusedBeforeAnythingWasPaid() throws Exception {
    close();
    open(8, 1);
    receive(Samples.words("1", "average pay", PAY));
    receive(Samples.words("2", new ConversationId("test/other"), "average tax", TAX));
    service.start(List.of(surface));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("Too many requests")));
    surface.awaitHeadlines(lines -> lines.contains("Because."));
    assertEquals(1, fetches().size());
  }

  @Test
  void aPersonWhoCannotBeAskedForNowIsAskedForAgain() throws Exception {
    Person found = new Person(Samples.ADA.id(), "Ada Lovelace", Person.Role.ADMINISTRATOR);
    surface.people.put(found.id(), found);
    surface.nextUnknown(new DeliveryException(DeliveryException.Kind.TRANSIENT, "line lost"));
    surface.nextUnknown(
        new DeliveryException(
            DeliveryException.Kind.RATE_LIMITED, "too many calls", Duration.ofMillis(30)));
    service.start(List.of(surface));
    receive(Samples.words("1", "hello"));
    surface.awaitHeadlines(lines -> lines.contains("Hello."));
    assertEquals(3, surface.completions());
    assertEquals(found, store.conversations().person(found.id()).orElseThrow());
  }

  @Test
  void aPersonWhoCannotBeAskedForAtAllStaysAsKnownAndIsAnswered() throws Exception {
    Incoming event = Samples.words("1", "hello");
    Person known = new Person(event.person().id(), "Ada Lovelace", Person.Role.ADMINISTRATOR);
    store.conversations().seen(event.from(known));
    for (int i = 0; i < 4; i++) {
      surface.nextUnknown(new DeliveryException(DeliveryException.Kind.TRANSIENT, "line lost"));
    }
    service.start(List.of(surface));
    receive(event);
    surface.awaitHeadlines(lines -> lines.contains("Hello."));
    assertEquals(4, surface.completions());
    assertEquals(known, store.conversations().person(known.id()).orElseThrow());
  }

  @Test
  void whatThePlatformRefusesToTellIsNotAskedForAgain() throws Exception {
    surface.nextUnknown(new DeliveryException(DeliveryException.Kind.FORBIDDEN, "no scope"));
    service.start(List.of(surface));
    receive(Samples.words("1", "hello"));
    surface.awaitHeadlines(lines -> lines.contains("Hello."));
    assertEquals(1, surface.completions());
  }

  @Test
  void noMoreConversationsAreWorkedOnAtOnceThanConfigured() throws Exception {
    close();
    open(1, 10_000);
    Incoming other = Samples.words("2", new ConversationId("test/other"), "average tax");
    receive(Samples.words("1", "wait here"));
    receive(other.from(new Person("test/grace", "Grace", Person.Role.MEMBER)));
    service.start(List.of(surface));
    driver.waiting.await();
    assertEquals(1, driver.requests.size());
    receive(Samples.words("3", "cancel"));
    surface.awaitHeadlines(
        lines -> lines.stream().filter(line -> line.equals("Because.")).count() == 2);
  }

  @Test
  void anEventSaysNothingNewOfAPersonWhoIsKnown() {
    Incoming event = Samples.words("1", "hello");
    store
        .conversations()
        .seen(
            event.from(new Person(event.person().id(), "Ada Lovelace", Person.Role.ADMINISTRATOR)));
    receive(event.from(new Person(event.person().id(), "ada", Person.Role.MEMBER)));
    Person known = store.conversations().person(event.person().id()).orElseThrow();
    assertEquals("Ada Lovelace", known.name());
    assertEquals(Person.Role.ADMINISTRATOR, known.role());
  }
}
