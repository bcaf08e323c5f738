package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.command.CommandDependencies;
import dev.reckon.core.command.CommandInterpreter;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.files.FileLimits;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.files.PlainImporter;
import dev.reckon.core.loop.Backoff;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.store.Schedule;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.surface.FakeSurface;
import dev.reckon.core.surface.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules from what is typed to what is posted, with everything real but turns and the clock. */
class ScheduledRunsTest {
  private static final SchedulerSettings QUICK =
      new SchedulerSettings(
          8,
          10_000,
          Duration.ofMillis(50),
          new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofDays(1)),
          4,
          Duration.ofMillis(200),
          Duration.ofSeconds(6));
  private static final ScheduleSettings LIMITS =
      new ScheduleSettings(2, 3, Duration.ofMinutes(30), ZoneId.of("Europe/Berlin"), "");

  /** On a clock that stands still everything happens in one minute. */
  private static final Policy UNHURRIED =
      Policy.STANDARD.with(PolicyKey.PERSON_PER_MINUTE, "0").with(PolicyKey.PERSON_PER_HOUR, "0");

  @TempDir Path folder;

  /** A Friday; Berlin puts its clocks forward on Sunday. */
  private final SettableClock clock = new SettableClock("2026-03-27T12:00:00Z");

  private final FakeSurface surface = new FakeSurface();
  private JdbiStore store;
  private FakeDriver driver;
  private DeliveryService service;
  private PolicyInForce policy;
  private int deliveries;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), clock);
    StoreJournal journal = new StoreJournal(store.turns());
    StoreFiles files = new StoreFiles(store.files(), store.turns());
    driver = new FakeDriver(journal);
    policy = new PolicyInForce(UNHURRIED, store.policyChanges(), clock, "test/root"::equals);
    Admission gate = new Gatekeeper(policy, store.ledger(), new LocalAdmissionState(clock), clock);
    FileProfiles profiles = new FileProfiles(new PlainImporter());
    service =
        new DeliveryService(
            TestDependencies.of(
                store,
                driver,
                gate,
                new CommandInterpreter(
                    new CommandDependencies(
                        store,
                        profiles,
                        files::read,
                        files::forget,
                        FileLimits.DEFAULT,
                        RequestLimit.DEFAULT,
                        person -> person.id().equals("test/root"),
                        1_500,
                        LIMITS,
                        List.of(),
                        clock)),
                clock),
            QUICK,
            sentence -> {});
    service.start(List.of(surface));
  }

  @AfterEach
  void close() {
    service.close();
    store.close();
  }

  private void restart(Duration away) {
    close();
    clock.advance(away);
    open();
  }

  private static String text(Reply reply) {
    return reply.headline()
        + "\n"
        + reply.blocks().stream().map(Block::toString).collect(Collectors.joining("\n"));
  }

  private List<String> replies() {
    synchronized (surface) {
      return surface.messages.values().stream().map(message -> text(message.reply())).toList();
    }
  }

  private void until(BooleanSupplier expected) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!expected.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "people read only " + replies());
      LockSupport.parkNanos(5_000_000);
    }
  }

  private String await(Predicate<String> expected) {
    until(() -> replies().stream().anyMatch(expected));
    return replies().stream().filter(expected).toList().getLast();
  }

  private String say(Person person, String text, Attachment... files) {
    int before = replies().size();
    Incoming incoming = Samples.words("d" + ++deliveries, text, files).from(person);
    service
        .inbox()
        .receive(
            new Incoming(
                incoming.delivery(),
                incoming.conversation(),
                incoming.team(),
                person,
                incoming.address(),
                incoming.content(),
                incoming.attachments(),
                clock.instant()));
    until(() -> replies().size() > before && settled());
    return replies().getLast();
  }

  private boolean settled() {
    return store.deliveries().waiting(Set.of("fake")).isEmpty() && store.backlog().replies() == 0;
  }

  private String say(String text, Attachment... files) {
    return say(Samples.ADA, text, files);
  }

  private static Attachment file(String content) {
    return new Attachment.Inline("sales.csv", content.getBytes(StandardCharsets.UTF_8));
  }

  private void saveBurn() {
    say("run ```print(open('sales.csv').read())```", file("a,b\n1,2\n"));
    say("save burn");
  }

  private Schedule only() {
    return store.schedules().list(new Address("fake", "", "channel", false)).getFirst();
  }

  private void at(String time) {
    clock.advanceTo(Instant.parse(time));
  }

  @Test
  void aScheduleIsConfirmedWithItsNextTimesAcrossAChangeOfClocks() {
    saveBurn();
    String reply = say("every day at 2:30 do burn");
    assertTrue(reply.startsWith("Schedule 1: every day at 2:30, do burn"), reply);
    assertTrue(
        reply.contains(
            "Next: Sat 2026-03-28 02:30, Sun 2026-03-29 03:30, Mon 2026-03-30 02:30"
                + " (Europe/Berlin)."),
        reply);
    assertTrue(reply.contains("the newest sales.csv of this conversation"), reply);
    assertEquals(Instant.parse("2026-03-28T01:30:00Z"), only().nextAt());
  }

  @Test
  void whatStandsInTheWayOfLaterRepliesIsSaidWhenAScheduleIsMade() {
    saveBurn();
    surface.obstacle = "Invite me here first.";
    assertTrue(say("every day at 2:30 do burn").contains("Invite me here first."));
    assertFalse(say("schedules").contains("Invite me here first."));
    assertFalse(say("every day at 2:30 do nothing").contains("Invite me here first."));
  }

  @Test
  void runsComeOnTimeAcrossARestartAndAChangeOfClocksAndSayWhoseTheyAre() {
    saveBurn();
    say("every day at 2:30 do burn");
    at("2026-03-28T01:30:00Z");
    String first = await(text -> text.contains("Schedule 1 of Ada"));
    assertTrue(first.contains("every day at 2:30"), first);
    assertFalse(first.contains("not changed"), first);
    assertEquals(Instant.parse("2026-03-29T01:30:00Z"), only().nextAt());
    restart(Duration.ofHours(1));
    at("2026-03-29T01:30:00Z"); // 3:30 in Berlin, since 2:30 does not exist
    String second = await(text -> text.contains("have not changed since run 2"));
    assertFalse(second.contains("was not running"), second);
    assertEquals(Instant.parse("2026-03-30T00:30:00Z"), only().nextAt());
    assertEquals(3, store.turns().recent(Samples.TALK, 10).size());
  }

  @Test
  void whatWasMissedRunsOnceAndSaysSo() {
    saveBurn();
    say("every weekday at 9 do burn");
    restart(Duration.ofDays(5)); // Monday, Tuesday and Wednesday morning went by
    String run = await(text -> text.contains("Schedule 1 of Ada"));
    assertTrue(
        run.contains(
            "It was due at Mon 2026-03-30 09:00 Europe/Berlin, when Reckon was not running;"
                + " this run replaces 3 missed runs"),
        run);
    restart(Duration.ZERO);
    say("schedules");
    assertEquals(1, replies().stream().filter(text -> text.contains("Schedule 1 of Ada")).count());
  }

  @Test
  void newDataAreReadAndAMissingFileIsAskedFor() {
    saveBurn();
    say("every day at 9 do burn");
    at("2026-03-28T08:00:00Z");
    await(text -> text.contains("Schedule 1 of Ada"));
    say("", file("a,b\n3,4\n"));
    at("2026-03-29T07:00:00Z");
    until(() -> replies().stream().filter(text -> text.contains("Schedule 1 of Ada")).count() == 2);
    assertFalse(replies().getLast().contains("not changed"), replies().getLast());
    say("drop sales.csv");
    at("2026-03-30T07:00:00Z");
    String asked = await(text -> text.contains("did not run"));
    assertTrue(asked.contains("sales.csv is no longer here. Ada, attach it again"), asked);
    assertTrue(asked.contains("due again at Tue 2026-03-31 09:00 Europe/Berlin"), asked);
  }

  @Test
  void aRequestIsAskedAgainWithoutWhatWasSaidMeanwhile() {
    String reply = say("every monday and thursday 9:00 UTC ask \"total of the month\"");
    assertTrue(reply.contains("Mon 2026-03-30 09:00, Thu 2026-04-02 09:00"), reply);
    say("something else");
    at("2026-03-30T09:00:00Z");
    await(text -> text.contains("Schedule 1 of Ada"));
    assertEquals("total of the month", driver.requests.getLast().text());
    assertEquals(List.of(), driver.requests.getLast().history());
  }

  @Test
  void whoMayNotAnyMoreIsPausedAndAnAdministratorTakesOver() {
    saveBurn();
    say("every day at 9 do burn");
    policy.change("test/root", PolicyKey.BLOCKED, "test/ada");
    at("2026-03-28T08:00:00Z");
    String paused = await(text -> text.contains("Schedule 1 is paused"));
    assertTrue(paused.contains("Ada is no longer allowed to run it"), paused);
    assertTrue(only().isPaused());
    Person bob = new Person("test/bob", "Bob", Person.Role.MEMBER);
    assertTrue(say(bob, "resume 1").contains("Schedule 1 is Ada's"));
    Person root = new Person("test/root", "Root", Person.Role.MEMBER);
    assertTrue(say(root, "resume 1").contains("It is yours now"));
    at("2026-03-29T07:00:00Z");
    await(text -> text.contains("Schedule 1 of Root"));
  }

  @Test
  void whoHasLeftIsPaused() {
    saveBurn();
    say("every day at 9 do burn");
    surface.people.put("test/ada", new Person("test/ada", "Ada", Person.Role.FORMER));
    at("2026-03-28T08:00:00Z");
    String paused = await(text -> text.contains("Schedule 1 is paused"));
    assertTrue(paused.contains("Ada is no longer here"), paused);
  }

  @Test
  void pausedAndEndedOnesDoNotRun() {
    saveBurn();
    say("every day at 9 do burn");
    say("do burn every day at 10:00");
    assertTrue(say("pause 1").contains("1 is paused"));
    assertTrue(say("unschedule 2").contains("2 has ended"));
    assertTrue(say("unschedule 2").contains("There is no schedule 2 here"));
    String list = say("schedules");
    assertTrue(list.contains("paused: by Ada"), list);
    at("2026-04-28T08:00:00Z");
    assertTrue(say("resume 1").contains("next Wed 2026-04-29 09:00"));
    assertEquals(1, store.turns().recent(Samples.TALK, 10).size());
  }

  @Test
  void limitsAreSaidInPlainWords() {
    saveBurn();
    assertTrue(say("every 15 minutes do burn").contains("between two runs is 30 minutes"));
    assertTrue(say("every day at 9 do nothing").contains("Nothing is saved as \"nothing\""));
    assertTrue(say("every blursday do burn").contains("cannot be read. Say, for example"));
    say("every hour do burn");
    say("every 2 hours do burn");
    assertTrue(say("every 3 hours do burn").contains("There are 2 schedules here"));
    assertTrue(say("every employee with a salary").contains("Because."));
  }

  @Test
  void aTeamHasALimitOfItsOwn() {
    saveBurn();
    say("every hour do burn");
    Schedule made = only();
    for (int i = 0; i < 2; i++) {
      store
          .schedules()
          .add(
              new Schedule(
                  0,
                  0,
                  made.conversation(),
                  made.team(),
                  made.person(),
                  made.personName(),
                  new Address("fake", "elsewhere", "channel " + i, false),
                  made.recurrence(),
                  made.zone(),
                  made.task(),
                  "",
                  List.of(),
                  "",
                  made.nextAt(),
                  made.createdAt(),
                  Schedule.Run.NONE));
    }
    assertTrue(say("every 2 hours do burn").contains("The team has 3 schedules"));
  }

  @Test
  void theTimeZoneIsThePlacesThenThePersons() {
    Person tokyo = new Person("test/ada", "Ada", Person.Role.MEMBER, "Asia/Tokyo", null);
    surface.people.put("test/ada", tokyo);
    saveBurn();
    assertTrue(say(tokyo, "every day at 9 do burn").contains("(Asia/Tokyo)"));
    assertTrue(say(tokyo, "settings timezone mars/base").contains("There is no time zone"));
    say(tokyo, "settings timezone america/new_york");
    assertTrue(say(tokyo, "every day at 9 do burn").contains("(America/New_York)"));
  }

  @Test
  void anAlertSpeaksOncePerCrossingAndNamesBothRuns() {
    saveNumber("5");
    String made = say("alert when do n > 7");
    assertTrue(made.contains("It checks every hour"), made);
    assertTrue(made.contains("It was 5 when n was saved."), made);
    at("2026-03-27T13:00:00Z");
    awaitRun(2);
    saveNumber("8");
    at("2026-03-27T14:00:00Z");
    String alert = await(text -> text.startsWith("Alert 1: do n is now 8"));
    assertTrue(alert.contains("Now: 8 (run 4, \"show 4\"). Before: 5 (run 2, \"show 2\")."), alert);
    synchronized (surface) {
      assertTrue(
          surface.messages.values().stream()
              .flatMap(message -> message.reply().blocks().stream())
              .anyMatch(
                  block -> block instanceof Block.Page(String path) && path.startsWith("/c/")),
          "the earlier run has a page, too");
    }
    at("2026-03-27T15:00:00Z");
    awaitRun(5);
    saveNumber("6");
    at("2026-03-27T16:00:00Z");
    awaitRun(7);
    assertEquals(1, replies().stream().filter(text -> text.startsWith("Alert 1: do n is")).count());
    saveNumber("9");
    at("2026-03-27T17:00:00Z");
    await(text -> text.startsWith("Alert 1: do n is now 9"));
  }

  @Test
  void aChangeIsToldWithBothValuesAndAnErrorOnce() {
    saveNumber("5");
    say("tell me when the result of n changes every 2 hours");
    at("2026-03-27T13:00:00Z"); // 14:00 in Berlin
    awaitRun(2);
    saveNumber("5.0");
    at("2026-03-27T15:00:00Z");
    awaitRun(4);
    saveNumber("6");
    at("2026-03-27T17:00:00Z");
    String alert = await(text -> text.startsWith("Alert 1: do n is now 6"));
    assertTrue(alert.contains("Before: 5.0 (run 4"), alert);
    say("forget n");
    at("2026-03-27T19:00:00Z");
    await(text -> text.contains("Nothing is saved as \"n\""));
    at("2026-03-27T21:00:00Z");
    until(() -> only().nextAt().equals(Instant.parse("2026-03-27T23:00:00Z")));
    assertTrue(say("schedules").contains("Nothing is saved as"));
    assertEquals(
        1, replies().stream().filter(text -> text.startsWith("Alert 1 did not run")).count());
  }

  private void saveNumber(String printed) {
    say("run ```" + printed + "```");
    say("save n");
  }

  private void awaitRun(int number) {
    until(
        () ->
            store
                    .turns()
                    .byNumber(Samples.TALK, number)
                    .filter(turn -> turn.endedAt() != null)
                    .isPresent()
                && only().last().number() == number);
  }

  @Test
  void anAlertsRunsAreNoContext() {
    saveNumber("5");
    say("alert when do n > 7");
    at("2026-03-27T13:00:00Z");
    awaitRun(2);
    say("and now?");
    assertEquals(1, driver.requests.getLast().history().size());
  }

  @Test
  void scheduledContentIsNothingAPersonCanSend() {
    Incoming made =
        Samples.of("x", Samples.TALK, new Content.Scheduled(99, "do burn", clock.instant(), 0));
    service.inbox().receive(made);
    restart(Duration.ZERO);
    assertEquals(List.of(), replies());
  }
}
