package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpretation;
import dev.reckon.core.command.ScheduleWatch;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.schedule.Condition;
import dev.reckon.core.schedule.WatchedValue;
import dev.reckon.core.store.Computations;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.Schedule;
import dev.reckon.core.store.Schedules;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.TurnResult;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is different about a delivery that a schedule made: nobody is there. Its reply says whose it
 * is; an alert mostly says nothing; a schedule whose person may not use Reckon any more is paused.
 * All of it is empty or the same for other deliveries. Safe for use by any number of threads.
 */
final class ScheduledRuns {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);
  private static final int SHOWN = 200;

  private final Schedules schedules;
  private final Files files;
  private final Turns turns;
  private final Computations computations;
  private final InstantSource clock;

  ScheduledRuns(Store store, InstantSource clock) {
    this.schedules = store.schedules();
    this.files = store.files();
    this.turns = store.turns();
    this.computations = store.computations();
    this.clock = clock;
  }

  static boolean is(Incoming incoming) {
    return incoming.content() instanceof Content.Scheduled;
  }

  private Optional<Schedule> of(Incoming incoming) {
    return incoming.content() instanceof Content.Scheduled scheduled
        ? schedules.find(scheduled.schedule())
        : Optional.empty();
  }

  /**
   * What to say where the policy refused it. A schedule whose person lost the right to run it is
   * paused; one that met a limit runs again at its next time. Empty where that was said before.
   */
  Optional<String> refused(Incoming incoming, Decision.Refused refused) {
    if (!is(incoming)) {
      return Optional.of(refused.sentence());
    }
    Optional<Schedule> found = of(incoming);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Schedule schedule = found.get();
    Language language = incoming.language();
    return switch (refused.reason()) {
      case RATE, BUDGET -> {
        String problem = "a limit of " + schedule.personName() + " was met";
        yield told(
            schedule,
            problem,
            Label.SCHEDULED_LIMIT.in(language, name(schedule, language), refused.sentence()));
      }
      case NOT_LISTED, BLOCKED, GUEST, EXTERNAL, LEFT, SAVED_ONLY -> {
        String reason =
            refused.reason() == Decision.Reason.LEFT
                ? Label.SCHEDULED_GONE.in(language, schedule.personName())
                : Label.SCHEDULED_NOT_ALLOWED.in(language, schedule.personName());
        schedules.pause(schedule.id(), reason);
        yield Optional.of(
            Label.SCHEDULED_PAUSED.in(
                language, name(schedule, language), reason, schedule.number(), schedule.number()));
      }
    };
  }

  /** What is done instead where a file is missing, or where the schedule is gone or paused. */
  Optional<Interpretation> instead(Incoming incoming) {
    if (!is(incoming)) {
      return Optional.empty();
    }
    Optional<Schedule> found = of(incoming).filter(one -> !one.isPaused());
    if (found.isEmpty()) {
      return Optional.of(new Interpretation.Silence());
    }
    Schedule schedule = found.get();
    List<String> missing =
        schedule.files().stream()
            .filter(name -> files.find(schedule.conversation(), name).isEmpty())
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            notRun(
                incoming,
                schedule,
                Label.SCHEDULED_FILE_GONE.in(
                    incoming.language(), String.join(", ", missing), schedule.personName())));
  }

  /** What was said to a schedule instead of a turn: that it did not run, and why. */
  Interpretation interpreted(Incoming incoming, Interpretation outcome) {
    Optional<Schedule> found = of(incoming);
    if (found.isEmpty()) {
      return outcome;
    }
    return switch (outcome) {
      case Interpretation.Compute compute ->
          found.get().isAlert()
              ? new Interpretation.Compute(
                  TurnKind.ALERT,
                  compute.text(),
                  compute.prompt(),
                  compute.code(),
                  compute.files(),
                  compute.saved())
              : compute;
      case Interpretation.Say(Reply reply) -> notRun(incoming, found.get(), reply.headline());
      case Interpretation.Whisper(Reply reply) -> notRun(incoming, found.get(), reply.headline());
      case Interpretation.Silence silence -> silence;
    };
  }

  private Interpretation notRun(Incoming incoming, Schedule schedule, String reason) {
    Language language = incoming.language();
    return told(
            schedule,
            reason,
            Label.SCHEDULED_NOT_RUN.in(language, name(schedule, language), reason))
        .<Interpretation>map(
            sentence ->
                new Interpretation.Say(
                    new Reply(
                        0,
                        Reply.Kind.REFUSED,
                        sentence,
                        List.of(
                            new Block.Text(
                                Label.SCHEDULED_AGAIN.in(
                                    language,
                                    time(schedule, schedule.nextAt()),
                                    schedule.number()))),
                        List.of())))
        .orElse(new Interpretation.Silence());
  }

  /** An alert says the same problem once; a schedule says each time why there is no answer. */
  private Optional<String> told(Schedule schedule, String problem, String sentence) {
    boolean same = schedule.last().problem().equals(problem);
    schedules.ran(schedule.id(), schedule.last().failed(problem));
    return same && schedule.isAlert() ? Optional.empty() : Optional.of(sentence);
  }

  /** What the reply says besides: whose it is, that it is late, that its data are the same. */
  List<String> notices(Incoming incoming) {
    Optional<Schedule> found = of(incoming);
    if (found.isEmpty() || !(incoming.content() instanceof Content.Scheduled run)) {
      return List.of();
    }
    Schedule schedule = found.get();
    List<String> notices = new ArrayList<>();
    Language language = incoming.language();
    notices.add(
        Label.SCHEDULED_OF.in(
            language, name(schedule, language), schedule.personName(), said(schedule)));
    if (run.missed() > 0) {
      notices.add(
          run.missed() == 1
              ? Label.SCHEDULED_LATE.in(language, time(schedule, run.due()))
              : Label.SCHEDULED_LATE_MORE.in(language, time(schedule, run.due()), run.missed()));
    }
    String data = data(schedule);
    if (!data.isEmpty() && data.equals(schedule.last().data())) {
      notices.add(
          Label.SCHEDULED_SAME_DATA.in(
              language,
              schedule.last().number(),
              time(schedule, schedule.last().at()),
              String.join(", ", schedule.files())));
    }
    return notices;
  }

  /**
   * Keeps what came of a run, in the transaction that ends its delivery.
   *
   * @param reply as it would be posted
   * @return what is posted; empty where an alert has nothing to say
   */
  Optional<Reply> ended(Incoming incoming, TurnRecord record, TurnResult result, Reply reply) {
    Optional<Schedule> found = of(incoming);
    if (found.isEmpty()) {
      return is(incoming) && record.kind() == TurnKind.ALERT
          ? Optional.empty()
          : Optional.of(reply);
    }
    Language language = incoming.language();
    Schedule schedule = found.get();
    Optional<Condition> watch = Condition.parse(schedule.watch());
    Schedule.Run last = schedule.last();
    String data = data(schedule);
    Instant now = clock.instant();
    if (watch.isEmpty()) {
      schedules.ran(schedule.id(), new Schedule.Run(record.number(), now, data, "", false, ""));
      return Optional.of(reply);
    }
    WatchedValue value =
        failed(result)
            ? new WatchedValue.Unclear(reply.headline())
            : ScheduleWatch.value(watch.get(), result);
    return switch (value) {
      case WatchedValue.Unclear(String reason) -> {
        schedules.ran(
            schedule.id(),
            new Schedule.Run(
                last.number(), last.at(), last.data(), last.value(), last.met(), reason));
        yield last.problem().equals(reason)
            ? Optional.empty()
            : Optional.of(
                headed(
                    reply,
                    Label.SCHEDULED_NO_VALUE.in(language, name(schedule, language), reason),
                    Label.SCHEDULED_TOLD_ONCE.in(language)));
      }
      case WatchedValue.Found current -> {
        boolean first = last.number() == 0;
        boolean met =
            !watch.get().waitsForChange()
                && current.number().map(watch.get()::isMetBy).orElse(false);
        boolean changed = watch.get().waitsForChange() && !first && !current.sameAs(last.value());
        schedules.ran(
            schedule.id(), new Schedule.Run(record.number(), now, data, current.text(), met, ""));
        yield changed || (met && !last.met())
            ? Optional.of(alert(schedule, record, current, reply, language))
            : Optional.empty();
      }
    };
  }

  private static boolean failed(TurnResult result) {
    return switch (result.status()) {
      case VERIFIED, PLAIN_YES, UNVERIFIED, NOT_JUDGED -> false;
      case FAILED, ASKED, DECLINED, OVER_BUDGET, CANCELLED, MODEL_ERROR -> true;
    };
  }

  private Reply alert(
      Schedule schedule,
      TurnRecord record,
      WatchedValue.Found current,
      Reply reply,
      Language language) {
    Schedule.Run last = schedule.last();
    String before =
        last.number() == 0
            ? Label.SCHEDULED_FIRST.in(language)
            : Label.SCHEDULED_BEFORE.in(
                language, shortened(last.value()), last.number(), last.number());
    Reply linked =
        turns
            .byNumber(schedule.conversation(), last.number())
            .map(earlier -> withPage(reply, earlier.id()))
            .orElse(reply);
    return headed(
        linked,
        Label.SCHEDULED_NOW.in(
            language, name(schedule, language), schedule.task(), shortened(current.text())),
        Label.SCHEDULED_RUN.in(
            language, shortened(current.text()), record.number(), record.number(), before));
  }

  private static Reply withPage(Reply reply, long turn) {
    List<Block> blocks = new ArrayList<>(reply.blocks());
    blocks.add(new Block.Page("/c/" + turn));
    return new Reply(
        reply.turn(), reply.kind(), reply.headline(), blocks, reply.actions(), reply.language());
  }

  private static Reply headed(Reply reply, String headline, String first) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Text(first));
    blocks.addAll(reply.blocks());
    return new Reply(
        reply.turn(), reply.kind(), headline, blocks, reply.actions(), reply.language());
  }

  private static String shortened(String value) {
    return Truncation.cut(value.strip().replaceAll("\\s+", " "), SHOWN);
  }

  /** What it reads, by content; the same data have the same text. */
  private String data(Schedule schedule) {
    if (schedule.files().isEmpty()) {
      return "";
    }
    String version =
        schedule.task().startsWith("do ")
            ? computations
                .find(schedule.team().id(), schedule.task().split(" ", 3)[1])
                .map(saved -> "version " + saved.version() + "; ")
                .orElse("")
            : "";
    return version
        + files.list(schedule.conversation()).stream()
            .filter(file -> schedule.files().contains(file.name()))
            .map(ScheduledRuns::content)
            .collect(Collectors.joining(", "));
  }

  private static String content(StoredFile file) {
    return file.name() + " " + file.sha256();
  }

  private static String name(Schedule schedule, Language language) {
    return (schedule.isAlert() ? Label.SCHEDULED_ALERT : Label.SCHEDULED_SCHEDULE)
        .in(language, schedule.number());
  }

  private static String said(Schedule schedule) {
    return "every "
        + schedule.recurrence()
        + (schedule.isAlert() ? ", when it " + schedule.watch() : "");
  }

  private static String time(Schedule schedule, Instant time) {
    return WHEN.format(time.atZone(ZoneId.of(schedule.zone()))) + " " + schedule.zone();
  }
}
