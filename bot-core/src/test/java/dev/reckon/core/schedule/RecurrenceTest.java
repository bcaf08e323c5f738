package dev.reckon.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say, and the times that follow, with the clock changes of several zones. */
class RecurrenceTest {
  private static String times(String words, String zone, String after, int count) {
    ZoneId place = ZoneId.of(zone);
    Instant from = LocalDateTime.parse(after).atZone(place).toInstant();
    return RecurrenceParser.stored(words).next(from, place, count).stream()
        .map(time -> time.atZone(place).toOffsetDateTime().toString())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "monday 9:00 do burn | Monday at 9:00 | do burn",
        "day at 18:00 ask \"how many?\" | day at 18:00 | ask \"how many?\"",
        "weekday at 8 do burn | weekday at 8:00 | do burn",
        "15th 9:00 do burn | 15th of the month at 9:00 | do burn",
        "hour do burn | hour | do burn",
        "2 hours do burn | 2 hours | do burn",
        "30 minutes: do burn | 30 minutes | do burn",
        "half hour do burn | 30 minutes | do burn",
        "Mon, Wed and Fri at 7:30 am burn | Monday, Wednesday and Friday at 7:30 | burn",
        "monday-friday 17.30 burn | weekday at 17:30 | burn",
        "mon to thu 6pm burn | Monday, Tuesday, Wednesday and Thursday at 18:00 | burn",
        "weekend at noon burn | Saturday and Sunday at 12:00 | burn",
        "day burn | day at 9:00 | burn",
        "morning burn | day at 9:00 | burn",
        "evening burn | day at 18:00 | burn",
        "day at 9:00 and 17:00 burn | day at 9:00 and 17:00 | burn",
        "1st and 15th at 9 burn | 1st and 15th of the month at 9:00 | burn",
        "month on the 3rd at 10:15 burn | 3rd of the month at 10:15 | burn",
        "month burn | 1st of the month at 9:00 | burn",
        "last day of the month at 23:00 burn | last day of the month at 23:00 | burn",
        "first monday of the month burn | first Monday of the month at 9:00 | burn",
        "last friday at 4 pm burn | last Friday of the month at 16:00 | burn",
        "quarter at 8 burn | quarter at 8:00 | burn",
        "week on tuesday at 9 burn | Tuesday at 9:00 | burn",
        "working day at 9 o'clock burn | weekday at 9:00 | burn",
        "day at midnight burn | day at 0:00 | burn"
      })
  void wordsAreReadAndWrittenSoThatTheyAreReadAgain(String said, String words, String rest) {
    RecurrenceParser.Spoken spoken = RecurrenceParser.read(said).orElseThrow();
    assertEquals(words, spoken.recurrence().words());
    assertEquals(rest, spoken.rest());
    assertEquals(spoken.recurrence(), RecurrenceParser.stored(words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "salary above 5000",
        "blursday at 9 do burn",
        "day at 25:00 do burn",
        "day at 9:75",
        "45th at 9",
        "0 hours",
        "2000 hours",
        "",
        "13 pm"
      })
  void whatSaysNoTimeIsNone(String said) {
    Optional<RecurrenceParser.Spoken> spoken = RecurrenceParser.read(said);
    assertTrue(spoken.isEmpty() || spoken.get().rest().startsWith("at"), () -> spoken.toString());
  }

  @Test
  void aZoneMayBeNamed() {
    RecurrenceParser.Spoken spoken =
        RecurrenceParser.read("day at 9:00 in europe/berlin do burn").orElseThrow();
    assertEquals(Optional.of(ZoneId.of("Europe/Berlin")), spoken.zone());
    assertEquals("do burn", spoken.rest());
    assertEquals(
        Optional.of(ZoneId.of("UTC")),
        RecurrenceParser.read("day 9:00 UTC x").orElseThrow().zone());
  }

  @Test
  void aTimeThatIsSkippedIsAsMuchLater() {
    assertEquals(
        "2026-03-28T02:30+01:00 2026-03-29T03:30+02:00 2026-03-30T02:30+02:00",
        times("day at 2:30", "Europe/Berlin", "2026-03-28T00:00", 3));
    assertEquals(
        "2026-03-07T02:30-05:00 2026-03-08T03:30-04:00 2026-03-09T02:30-04:00",
        times("day at 2:30", "America/New_York", "2026-03-07T00:00", 3));
    // Lord Howe Island moves its clocks by half an hour.
    assertEquals(
        "2026-10-03T02:15+10:30 2026-10-04T02:45+11:00 2026-10-05T02:15+11:00",
        times("day at 2:15", "Australia/Lord_Howe", "2026-10-03T00:00", 3));
  }

  @Test
  void aTimeThatComesTwiceCountsOnce() {
    assertEquals(
        "2026-10-25T02:30+02:00 2026-10-26T02:30+01:00",
        times("day at 2:30", "Europe/Berlin", "2026-10-24T12:00", 2));
    assertEquals(
        "2026-11-01T01:30-04:00 2026-11-02T01:30-05:00",
        times("day at 1:30", "America/New_York", "2026-10-31T12:00", 2));
  }

  @Test
  void twoTimesThatFallTogetherAreOne() {
    assertEquals(
        "2026-03-29T03:30+02:00 2026-03-30T02:30+02:00 2026-03-30T03:30+02:00",
        times("day at 2:30 and 3:30", "Europe/Berlin", "2026-03-28T12:00", 3));
  }

  @Test
  void noHourIsMissingAndNoneComesTwice() {
    assertEquals(
        "2026-10-25T01:00+02:00 2026-10-25T02:00+02:00 2026-10-25T02:00+01:00"
            + " 2026-10-25T03:00+01:00",
        times("hour", "Europe/Berlin", "2026-10-25T00:30", 4));
    assertEquals(
        "2026-03-29T01:00+01:00 2026-03-29T03:00+02:00",
        times("hour", "Europe/Berlin", "2026-03-29T00:30", 2));
    assertEquals(
        "2026-10-25T02:00+02:00 2026-10-25T04:00+01:00",
        times("2 hours", "Europe/Berlin", "2026-10-25T00:30", 2));
  }

  @Test
  void intervalsCountFromMidnightOfTheZone() {
    assertEquals(
        "2026-01-01T10:00+05:45 2026-01-01T11:00+05:45",
        times("hour", "Asia/Kathmandu", "2026-01-01T09:20", 2));
    assertEquals(
        "2026-01-01T21:00Z 2026-01-02T00:00Z 2026-01-02T07:00Z",
        times("7 hours", "UTC", "2026-01-01T20:00", 3));
  }

  @Test
  void aDayThatDoesNotExistInAZoneIsLeftOut() {
    // Samoa crossed the date line: 30 December 2011 was not.
    assertEquals(
        "2011-12-29T09:00-10:00 2011-12-31T09:00+14:00",
        times("day at 9:00", "Pacific/Apia", "2011-12-28T12:00", 2));
  }

  @Test
  void shortMonthsHaveALastDay() {
    assertEquals(
        "2026-01-31T09:00Z 2026-02-28T09:00Z 2026-03-31T09:00Z 2026-04-30T09:00Z",
        times("31st of the month at 9:00", "UTC", "2026-01-02T00:00", 4));
    assertEquals(
        "2028-02-29T09:00Z", times("last day of the month at 9:00", "UTC", "2028-02-01T00:00", 1));
  }

  @Test
  void daysOfMonthsAndQuarters() {
    assertEquals(
        "2026-12-07T09:00Z 2027-01-04T09:00Z",
        times("first Monday of the month at 9:00", "UTC", "2026-11-29T00:00", 2));
    assertEquals(
        "2027-01-01T08:00Z 2027-04-01T08:00Z",
        times("quarter at 8:00", "UTC", "2026-11-29T00:00", 2));
    assertEquals(
        "2026-11-30T09:00Z 2026-12-04T09:00Z",
        times("Monday and Friday at 9:00", "UTC", "2026-11-29T00:00", 2));
  }

  @Test
  void theMomentItselfIsNotTheNext() {
    assertEquals("2026-01-02T09:00Z", times("day at 9:00", "UTC", "2026-01-01T09:00", 1));
  }

  @Test
  void theShortestTimeBetweenTwoIsKnown() {
    assertEquals(
        List.of(30L, 120L, 1440L, 60L, 30L),
        List.of(
                "30 minutes",
                "2 hours",
                "Monday at 9:00",
                "day at 9:00 and 10:00",
                "day at 0:15 and 23:45")
            .stream()
            .map(words -> RecurrenceParser.stored(words).shortest().toMinutes())
            .toList());
  }

  @Test
  void longTextsAreReadNoFurtherThanNeeded() {
    String said = "monday and ".repeat(20_000) + "x";
    assertTrue(RecurrenceParser.read(said).isPresent());
  }
}
