package dev.reckon.core.store;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Standing computations. A place is a surface's channel: all threads of it together. */
public interface Schedules {
  /**
   * Keeps a new one, under its place's next number.
   *
   * @param schedule whose id and number do not count
   */
  Schedule add(Schedule schedule);

  Optional<Schedule> find(long id);

  /** The one that people of a place call so. */
  Optional<Schedule> byNumber(Address place, int number);

  /** Those of a place, by number. */
  List<Schedule> list(Address place);

  /** How many a team has. */
  int count(String team);

  /**
   * Those whose time has come, the longest due first, without paused ones.
   *
   * @param surfaces those that are switched on
   */
  List<Schedule> due(Set<String> surfaces, Instant now);

  /** The next time at which one of them is due, if there is one. */
  Optional<Instant> nextAt(Set<String> surfaces);

  /** It is due again then. */
  void dueAt(long id, Instant next);

  /** It does not run any more for now; the reason is for people. */
  void pause(long id, String reason);

  /** It runs again, from then on for that person. */
  void resume(long id, Person person, Instant next);

  /** What came of a run. */
  void ran(long id, Schedule.Run run);

  /**
   * Ends it.
   *
   * @return whether there was one
   */
  boolean remove(long id);
}
