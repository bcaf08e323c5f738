package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static dev.reckon.core.store.jdbi.RecordFixture.BOB;
import static dev.reckon.core.store.jdbi.RecordFixture.TEAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.Privacy.Retention;
import dev.reckon.core.store.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class JdbiSchedulesTest {
  private static final Address PLACE = new Address("slack", "c1", "C1", false);
  private static final ConversationId TALK = new ConversationId("c1");

  @Parameter TestDatabase database = TestDatabase.SQLITE;
  @TempDir Path folder;

  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private JdbiStore store;
  private RecordFixture fixture;

  @BeforeEach
  void open() {
    store = JdbiStore.open(database.fresh(folder), clock);
    fixture = new RecordFixture(store);
    store.deliveries().handled(store.deliveries().add(fixture.asks(ADA, "c1", "hi")).orElseThrow());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Schedule schedule(Address place, Duration in) {
    return new Schedule(
        0,
        0,
        TALK,
        TEAM,
        ADA.id(),
        ADA.name(),
        place,
        "day at 9:00",
        "Europe/Berlin",
        "do burn month=4",
        "\"Total\" > 5",
        List.of("b.csv", "a.csv"),
        "",
        clock.instant().plus(in),
        clock.instant(),
        Schedule.Run.NONE);
  }

  private Schedule added(Duration in) {
    return store.schedules().add(schedule(PLACE, in));
  }

  @Test
  void aScheduleIsKeptUnderItsPlacesNextNumber() {
    Schedule first = added(Duration.ZERO);
    assertEquals(1, first.number());
    assertEquals(List.of("a.csv", "b.csv"), first.files());
    assertEquals("day at 9:00", first.recurrence());
    assertEquals("\"Total\" > 5", first.watch());
    assertEquals(PLACE, first.address());
    assertEquals(TEAM, first.team());
    assertEquals(Schedule.Run.NONE, first.last());
    assertEquals(2, added(Duration.ZERO).number());
    Address thread = new Address("slack", "c1/2", "C1", false);
    assertEquals(3, store.schedules().add(schedule(thread, Duration.ZERO)).number());
    Address other = new Address("slack", "c2", "C2", false);
    assertEquals(1, store.schedules().add(schedule(other, Duration.ZERO)).number());
    assertEquals(3, store.schedules().list(PLACE).size());
    assertEquals(4, store.schedules().count(TEAM.id()));
    assertEquals(Optional.of(first), store.schedules().byNumber(thread, 1));
    assertEquals(Optional.empty(), store.schedules().byNumber(other, 2));
  }

  @Test
  void whatIsDueIsFoundInOrderUnlessItIsPaused() {
    Schedule late = added(Duration.ofSeconds(-1));
    Schedule later = added(Duration.ofSeconds(-2));
    Schedule tomorrow = added(Duration.ofDays(1));
    Set<String> slack = Set.of("slack");
    assertEquals(List.of(later, late), store.schedules().due(slack, clock.instant()));
    assertEquals(List.of(), store.schedules().due(Set.of("telegram"), clock.instant()));
    assertEquals(List.of(), store.schedules().due(Set.of(), clock.instant()));
    store.schedules().pause(later.id(), "by Ada");
    assertEquals("by Ada", store.schedules().find(later.id()).orElseThrow().paused());
    assertEquals(List.of(late), store.schedules().due(slack, clock.instant()));
    store.schedules().dueAt(late.id(), tomorrow.nextAt().plusSeconds(5));
    assertEquals(Optional.of(tomorrow.nextAt()), store.schedules().nextAt(slack));
    store.schedules().resume(later.id(), BOB, clock.instant());
    Schedule resumed = store.schedules().due(slack, clock.instant()).getFirst();
    assertEquals(BOB.id(), resumed.person());
    assertFalse(resumed.isPaused());
  }

  @Test
  void whatCameOfTheLastRunIsRemembered() {
    Schedule schedule = added(Duration.ZERO);
    Schedule.Run run = new Schedule.Run(7, clock.instant(), "a.csv 1", "{\"a\":1}", true, "");
    store.schedules().ran(schedule.id(), run);
    assertEquals(run, store.schedules().find(schedule.id()).orElseThrow().last());
    assertTrue(store.schedules().remove(schedule.id()));
    assertFalse(store.schedules().remove(schedule.id()));
    assertEquals(List.of(), store.schedules().list(PLACE));
  }

  @Test
  void theNewestFileThatAScheduleReadsDoesNotExpire() {
    store.files().put(TALK, "a.csv", new byte[] {1}, 0);
    store.files().put(TALK, "a.csv", new byte[] {2}, 0);
    store.files().put(TALK, "c.csv", new byte[] {3}, 0);
    Schedule schedule = added(Duration.ZERO);
    clock.now = clock.now.plus(Duration.ofDays(400));
    Retention month =
        new Retention(
            Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(60));
    assertEquals(2, store.privacy().sweep(month, clock.instant()).files());
    assertEquals(
        List.of("a.csv"), store.files().list(TALK).stream().map(file -> file.name()).toList());
    store.schedules().remove(schedule.id());
    assertEquals(1, store.privacy().sweep(month, clock.instant()).files());
  }

  @Test
  void whoIsForgottenSchedulesNothingAnyMore() {
    added(Duration.ZERO);
    store.privacy().forget(ADA.id());
    assertEquals(List.of(), store.schedules().list(PLACE));
  }

  @Test
  void aPlaceThatMovesTakesItsSchedulesAlong() {
    added(Duration.ZERO);
    Address there = new Address("slack", "c9", "C9", false);
    Address elsewhere = new Address("slack", "c8", "C9", false);
    store.schedules().add(schedule(elsewhere, Duration.ZERO));
    store
        .conversations()
        .move(TALK, new ConversationId("c9"), new Team("slack/T9", "Moved"), there);
    List<Schedule> moved = store.schedules().list(there);
    assertEquals(2, moved.stream().map(Schedule::number).distinct().count());
    assertEquals(
        Set.of(new ConversationId("c9")),
        Set.copyOf(moved.stream().map(Schedule::conversation).toList()));
    assertEquals("slack/T9", moved.getFirst().team().id());
    assertEquals(there, moved.getFirst().address());
    assertEquals(Instant.EPOCH, moved.getFirst().last().at());
  }
}
