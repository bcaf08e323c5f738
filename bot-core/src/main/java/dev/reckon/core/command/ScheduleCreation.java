package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.schedule.Condition;
import dev.reckon.core.schedule.Recurrence;
import dev.reckon.core.schedule.RecurrenceParser;
import dev.reckon.core.schedule.ScheduleSettings;
import dev.reckon.core.schedule.WatchedValue;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.Schedule;
import dev.reckon.core.store.Schedules;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.TurnResult;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes schedules and alerts: within the limits, and only of what could run now. */
final class ScheduleCreation {
  private static final int TIMES_SHOWN = 3;

  private final Schedules schedules;
  private final Preferences preferences;
  private final Files files;
  private final Turns turns;
  private final SavedCommands saved;
  private final ScheduleSettings settings;
  private final InstantSource clock;

  ScheduleCreation(
      Schedules schedules,
      Preferences preferences,
      Files files,
      Turns turns,
      SavedCommands saved,
      ScheduleSettings settings,
      InstantSource clock) {
    this.schedules = schedules;
    this.preferences = preferences;
    this.files = files;
    this.turns = turns;
    this.saved = saved;
    this.settings = settings;
    this.clock = clock;
  }

  /** What a schedule reads, and what there is to say about it. */
  private record Reads(List<String> files, List<String> notices) {}

  /** A sentence for people: nothing was scheduled. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String sentence) {
      super(sentence, null, false, false);
    }
  }

  Interpretation every(Incoming incoming, Command.Every asked) {
    try {
      checkLimits(incoming, asked.recurrence());
      Reads reads =
          switch (asked.task()) {
            case Command.Do(String name, Map<String, String> values) ->
                computation(incoming, name, values, asked.watch());
            case Command.Ask(String request) -> request(incoming, request);
          };
      ZoneId zone = asked.zone().orElseGet(() -> zone(incoming));
      Instant now = clock.instant();
      Schedule made =
          schedules.add(
              new Schedule(
                  0,
                  0,
                  incoming.conversation(),
                  incoming.team(),
                  incoming.person().id(),
                  incoming.person().name(),
                  incoming.address(),
                  asked.recurrence().words(),
                  zone.getId(),
                  task(asked.task()),
                  asked.watch().map(Condition::words).orElse(""),
                  reads.files(),
                  "",
                  asked.recurrence().next(now, zone),
                  now,
                  Schedule.Run.NONE));
      return confirmed(made, asked, reads.notices(), incoming.language());
    } catch (Refusal e) {
      return Interpretation.refuse(
          incoming, Label.SCHEDULE_REFUSED, String.valueOf(e.getMessage()));
    }
  }

  private void checkLimits(Incoming incoming, Recurrence recurrence) throws Refusal {
    if (recurrence.shortest().compareTo(settings.shortest()) < 0) {
      throw new Refusal(
          Label.SCHEDULE_SHORTEST.in(incoming.language(), settings.shortest().toMinutes()));
    }
    if (schedules.list(incoming.address()).size() >= settings.perPlace()) {
      throw new Refusal(Label.SCHEDULE_PLACE_FULL.in(incoming.language(), settings.perPlace()));
    }
    if (schedules.count(incoming.team().id()) >= settings.perTeam()) {
      throw new Refusal(Label.SCHEDULE_TEAM_FULL.in(incoming.language(), settings.perTeam()));
    }
  }

  /** It must run now, on the files that are here. */
  private Reads computation(
      Incoming incoming, String name, Map<String, String> values, Optional<Condition> watch)
      throws Refusal {
    return switch (saved.run(incoming, name, values, List.of())) {
      case Interpretation.Compute compute -> {
        List<AttachedFile> layout = Objects.requireNonNullElse(compute.files(), List.of());
        List<String> opened = saved.opens(incoming, name);
        Map<String, String> names =
            files.list(incoming.conversation()).stream()
                .collect(Collectors.toMap(StoredFile::id, StoredFile::name));
        List<String> read =
            layout.stream()
                .filter(file -> opened.contains(file.name()))
                .map(file -> names.get(file.id()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        yield new Reads(
            read, watch.isPresent() ? List.of(current(incoming, name, watch.get())) : List.of());
      }
      case Interpretation.Say(Reply reply) -> throw new Refusal(reply.headline());
      default -> throw new IllegalStateException("a saved computation runs or is refused");
    };
  }

  /**
   * What the alert's value was when the computation was saved; which one is meant must be clear.
   */
  private String current(Incoming incoming, String name, Condition watch) throws Refusal {
    Optional<TurnResult> result =
        saved.turn(incoming, name).flatMap(turns::find).map(TurnRecord::result);
    if (result.isEmpty()) {
      return Label.SCHEDULE_FIRST.in(incoming.language());
    }
    return switch (ScheduleWatch.value(watch, result.get())) {
      case WatchedValue.Found(String text) ->
          watch.waitsForChange()
              ? Label.SCHEDULE_FIRST.in(incoming.language())
              : Label.SCHEDULE_WAS.in(incoming.language(), ScheduleText.value(text), name);
      case WatchedValue.Unclear(String reason) ->
          throw new Refusal(
              "An alert cannot tell which value of %s to watch: %s. For example: alert when do %s \"NAME\" %s"
                  .formatted(
                      name, reason, name, new Condition("", watch.test(), watch.bound()).words()));
    };
  }

  private Reads request(Incoming incoming, String request) throws Refusal {
    if (request.isBlank()) {
      throw new Refusal(Label.SCHEDULE_NO_REQUEST.in(incoming.language()));
    }
    String plain = request.toLowerCase(Locale.ROOT);
    List<StoredFile> here = files.list(incoming.conversation());
    List<StoredFile> named =
        here.stream()
            .filter(
                file ->
                    plain.contains(file.name().toLowerCase(Locale.ROOT))
                        || plain.contains(file.attached().toLowerCase(Locale.ROOT)))
            .toList();
    List<StoredFile> read =
        named.isEmpty() ? here.stream().filter(file -> file.turn() == 0).toList() : named;
    return new Reads(read.stream().map(StoredFile::name).toList(), List.of());
  }

  private static String task(Command.Scheduled task) throws Refusal {
    return switch (task) {
      case Command.Do(String name, Map<String, String> values) -> {
        try {
          yield ("do " + name + " " + Assignments.write(new TreeMap<>(values))).strip();
        } catch (IllegalArgumentException e) {
          throw new Refusal(String.valueOf(e.getMessage()));
        }
      }
      case Command.Ask(String request) -> "ask " + request;
    };
  }

  private Interpretation confirmed(
      Schedule made, Command.Every asked, List<String> notices, Language language) {
    List<String> lines = new ArrayList<>();
    ZoneId zone = ZoneId.of(made.zone());
    lines.add(
        Label.SCHEDULE_NEXT.in(
            language,
            asked.recurrence().next(clock.instant(), zone, TIMES_SHOWN).stream()
                .map(time -> ScheduleText.time(time, zone))
                .collect(Collectors.joining(", ")),
            made.zone()));
    if (asked.usual()) {
      lines.add(Label.SCHEDULE_HOURLY.in(language));
    }
    lines.addAll(notices);
    if (!made.files().isEmpty()) {
      lines.add(Label.SCHEDULE_READS.in(language, String.join(", ", made.files())));
    }
    lines.add(Label.SCHEDULE_RIGHTS.in(language, made.number(), made.number()));
    if (!settings.caveat().isEmpty()) {
      lines.add(settings.caveat());
    }
    return Interpretation.notice(
        (made.isAlert() ? Label.SCHEDULE_ALERT_MADE : Label.SCHEDULE_MADE)
            .in(language, made.number(), ScheduleText.summary(made)),
        lines.toArray(String[]::new));
  }

  /** What is set for the place, what the platform tells of the person, or what is configured. */
  private ZoneId zone(Incoming incoming) {
    String own = incoming.person().timeZone();
    return preferences
        .get(new Scope(Scope.Of.CHANNEL, incoming.address().channel()), Preference.TIMEZONE.key())
        .flatMap(RecurrenceParser::zone)
        .or(() -> own == null ? Optional.empty() : RecurrenceParser.zone(own))
        .orElse(settings.zone());
  }
}
