package dev.reckon.core.turn;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.sandbox.SourceReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a turn's end into words and gathers its result. */
final class ResultBuilder {
  private static final int TITLE = 80;

  private ResultBuilder() {}

  private static Language language(TurnProgress work) {
    return work.request().language();
  }

  static TurnResult asked(TurnProgress work, String question) {
    return result(work, TurnStatus.ASKED, question, lastClean(work));
  }

  static TurnResult said(TurnProgress work, String words) {
    return result(work, TurnStatus.DECLINED, words, null);
  }

  /** Declined; what ran clean before, or earlier steps of the plan, are shown all the same. */
  static TurnResult declined(TurnProgress work, FirstReply.Decline decline) {
    String words =
        decline.nearest().isBlank()
            ? decline.reason()
            : decline.reason()
                + "\n"
                + Label.DECLINED_NEAREST.in(language(work), decline.nearest());
    Attempt clean = lastClean(work);
    if (clean == null && work.finished().isEmpty()) {
      return result(work, TurnStatus.DECLINED, words, null);
    }
    return stopped(work, TurnStatus.FAILED, words);
  }

  static TurnResult given(TurnProgress before, Attempt attempt) {
    TurnProgress work = before.withAttempt(withFailure(attempt));
    Attempt ran = work.attempts().getLast();
    AttemptFailure failure = ran.failure();
    if (failure == null) {
      return result(work, TurnStatus.NOT_JUDGED, notJudged(work), ran);
    }
    return result(work, TurnStatus.FAILED, stoppedWith(failure, work.request(), ran.run()), ran);
  }

  private static String notJudged(TurnProgress work) {
    SavedRun saved = work.request().saved();
    return saved == null || saved.badge().isEmpty()
        ? Label.STATUS_NOT_JUDGED.in(language(work))
        : saved.badge();
  }

  /** A program that once worked: where it finds no values, its input is empty. */
  private static String stoppedWith(
      AttemptFailure failure, TurnRequest request, @Nullable RunSummary run) {
    Language language = request.language();
    SavedRun saved = request.saved();
    if (saved != null && run != null && EmptyInput.isLikely(failure)) {
      String absent = absent(request, saved, run);
      return absent.isEmpty()
          ? Label.STATUS_EMPTY_INPUT.in(language, failure.line(), failure.forPerson())
          : absent;
    }
    return switch (failure.cause()) {
      case NO_CODE, SCREENED, QUERY_FAILED ->
          Label.STATUS_NOT_RUN.in(language, failure.forPerson());
      case TIME_LIMIT, MEMORY_LIMIT, OUTPUT_LIMIT, WORKER_LOST, STOPPED ->
          Label.STATUS_PROGRAM_STOPPED.in(language, failure.forPerson());
      default ->
          failure.line() > 0
              ? Label.STATUS_PROGRAM_FAILED_LINE.in(language, failure.line(), failure.forPerson())
              : Label.STATUS_PROGRAM_FAILED.in(language, failure.forPerson());
    };
  }

  /** Sentences about texts that occur in none of the files that a run read. */
  private static String absent(TurnRequest request, SavedRun saved, RunSummary run) {
    String where =
        request.files().stream()
            .filter(file -> run.read().contains(file.name()))
            .map(AttachedFile::known)
            .collect(Collectors.joining(", "));
    return saved.sought().stream()
        .filter(one -> run.absent().contains(one.name()))
        .map(one -> Label.STATUS_VALUE_ABSENT.in(request.language(), one.spelled(), where))
        .collect(Collectors.joining(" "));
  }

  private static Attempt withFailure(Attempt attempt) {
    RunSummary run = attempt.run();
    return new Attempt(
        attempt.number(),
        attempt.step(),
        attempt.code(),
        attempt.facts(),
        run,
        run == null ? attempt.failure() : RunFailure.of(run).orElse(null),
        null);
  }

  static TurnResult cancelled(TurnProgress work) {
    Attempt last = work.attempts().isEmpty() ? null : work.attempts().getLast();
    boolean stopped =
        last != null
            && last.run() != null
            && last.run().ending() == RunSummary.Ending.STOPPED
            && !last.run().stdout().isBlank();
    return stopped
        ? result(
            work, TurnStatus.CANCELLED, Label.STATUS_CANCELLED_WITH_OUTPUT.in(language(work)), last)
        : result(
            work, TurnStatus.CANCELLED, Label.STATUS_CANCELLED.in(language(work)), lastClean(work));
  }

  /** The last step was answered; how sure that is, its check and the steps before it say. */
  static TurnResult answered(TurnProgress work, Attempt last) {
    Judgement judgement = last.judgement();
    if (!work.missingFiles().isEmpty()) {
      return result(
          work,
          TurnStatus.UNVERIFIED,
          Label.STATUS_UNVERIFIED.in(language(work), madeUp(work, last)),
          last);
    }
    if (judgement == null) {
      return result(
          work,
          TurnStatus.UNVERIFIED,
          Label.STATUS_UNVERIFIED.in(language(work), Label.STATUS_VERIFY_OFF.in(language(work)))
              + doubts(last, language(work)),
          last);
    }
    if (judgement.verdict() != Judgement.Verdict.ANSWERS) {
      return result(
          work,
          TurnStatus.UNVERIFIED,
          Label.STATUS_UNVERIFIED.in(language(work), judgement.reason()),
          last);
    }
    boolean plain = judgement.method() == Judgement.Method.PLAIN;
    for (Attempt step : work.finished()) {
      Judgement earlier = step.judgement();
      if (earlier == null || earlier.verdict() != Judgement.Verdict.ANSWERS) {
        String reason =
            earlier == null ? Label.STATUS_NOT_CHECKED.in(language(work)) : earlier.reason();
        return result(
            work,
            TurnStatus.UNVERIFIED,
            Label.STATUS_UNVERIFIED.in(
                language(work),
                Label.STATUS_UNVERIFIED_STEP.in(language(work), step.step(), reason)),
            last);
      }
      plain = plain || earlier.method() == Judgement.Method.PLAIN;
    }
    return plain
        ? result(work, TurnStatus.PLAIN_YES, Label.STATUS_PLAIN_YES.in(language(work)), last)
        : result(
            work,
            TurnStatus.VERIFIED,
            verified(judgement, language(work)) + pictured(last, language(work)),
            last);
  }

  private static String doubts(Attempt attempt, Language language) {
    RunSummary run = attempt.run();
    return run == null
        ? ""
        : OutputChecks.doubts(attempt.facts(), run, language).stream()
            .map(doubt -> " " + doubt)
            .collect(Collectors.joining());
  }

  private static String verified(Judgement judgement, Language language) {
    return switch (judgement.method()) {
      case JUDGE, PLAIN ->
          Label.STATUS_VERIFIED.in(language, CheckedRequirements.of(judgement, language));
      case RULE -> Label.STATUS_VERIFIED_BY_RULE.in(language, byRule(judgement, language));
      case TWICE -> Label.STATUS_VERIFIED_TWICE.in(language, Label.JUDGE_AGREED.in(language));
    };
  }

  private static String byRule(Judgement judgement, Language language) {
    return judgement.requirements().isEmpty()
        ? judgement.reason()
        : Label.JUDGE_RULE.in(language, judgement.requirements().getFirst().evidence());
  }

  /** Says of a chart that nobody has looked at it. */
  private static String pictured(Attempt last, Language language) {
    RunSummary run = last.run();
    return run != null && run.files().stream().anyMatch(file -> file.picture() != null)
        ? " " + Label.STATUS_LOOK_UNCHECKED.in(language)
        : "";
  }

  /** Says of an answer that another run may give another one. */
  private static String varying(@Nullable Attempt shown, Language language) {
    RunSummary run = shown == null ? null : shown.run();
    if (shown == null || run == null) {
      return "";
    }
    if (shown.facts().traits().contains(SourceReport.Trait.RANDOM)) {
      return " " + Label.STATUS_RANDOM.in(language);
    }
    if (shown.facts().traits().contains(SourceReport.Trait.CLOCK)) {
      return " " + Label.STATUS_CLOCK.in(language);
    }
    return run.varies() ? " " + Label.STATUS_VARIES.in(language) : "";
  }

  private static String madeUp(TurnProgress work, Attempt last) {
    String names = String.join(", ", work.missingFiles());
    RunSummary run = last.run();
    return run != null && !run.read().isEmpty()
        ? Label.STATUS_MADE_UP_PARTLY.in(language(work), names)
        : Label.STATUS_MADE_UP.in(language(work), names);
  }

  /** No attempt is left: a clean run that was judged wrong is shown with the objection. */
  static TurnResult exhausted(TurnProgress work) {
    AttemptFailure failure = work.attempts().getLast().failure();
    String reason = failure == null ? "" : failure.forPerson();
    int attempts = work.attempts().size();
    String words =
        attempts == 1
            ? Label.STATUS_EXHAUSTED_ONE.in(language(work), reason)
            : Label.STATUS_EXHAUSTED.in(language(work), attempts, reason);
    return stopped(work, TurnStatus.FAILED, words);
  }

  /** Stopped before an answer was accepted. */
  static TurnResult stopped(TurnProgress work, TurnStatus status, String words) {
    Attempt clean = lastClean(work);
    String where =
        work.steps() > 1
            ? Label.STATUS_STEP.in(language(work), work.step(), work.steps()) + " "
            : "";
    if (clean == null) {
      return result(work, status, where + words, null);
    }
    Judgement judgement = clean.judgement();
    String objection = judgement == null ? words : judgement.reason();
    return result(
        work,
        TurnStatus.UNVERIFIED,
        Label.STATUS_UNVERIFIED.in(language(work), where + objection),
        clean);
  }

  /** The step's last run that ended well, whatever the judge said. */
  private static @Nullable Attempt lastClean(TurnProgress work) {
    return work.attempts().reversed().stream()
        .filter(attempt -> attempt.step() == work.step())
        .filter(ResultBuilder::isClean)
        .findFirst()
        .orElse(null);
  }

  private static boolean isClean(Attempt attempt) {
    AttemptFailure failure = attempt.failure();
    return attempt.run() != null
        && (failure == null || failure.cause() == AttemptFailure.Cause.JUDGED_WRONG);
  }

  private static TurnResult result(
      TurnProgress work, TurnStatus status, String message, @Nullable Attempt shown) {
    RunSummary run = shown == null ? null : shown.run();
    return new TurnResult(
        0,
        status,
        message + varying(shown, language(work)),
        run == null ? "" : ResultLine.removed(run.stdout()),
        shown == null ? "" : shown.code(),
        steps(work, status, shown),
        work.attempts().stream().map(ResultBuilder::told).toList(),
        shown == null ? null : verification(shown.judgement()),
        files(work, run),
        work.usage(),
        work.spent(),
        language(work),
        shown == null ? List.of() : work.dataOf(shown.code()));
  }

  private static List<TurnResult.ProducedFile> files(TurnProgress work, @Nullable RunSummary run) {
    Map<String, TurnResult.ProducedFile> latest = new LinkedHashMap<>();
    work.leftFiles().forEach(file -> latest.put(file.name(), file));
    if (run != null) {
      run.files().forEach(file -> latest.put(file.name(), file));
    }
    return List.copyOf(latest.values());
  }

  private static List<TurnResult.Step> steps(
      TurnProgress work, TurnStatus status, @Nullable Attempt shown) {
    List<TurnResult.Step> steps = new ArrayList<>();
    for (Attempt attempt : work.finished()) {
      steps.add(step(work, attempt, stepStatus(attempt)));
    }
    if (shown != null) {
      steps.add(step(work, shown, lower(status)));
    } else if (!work.attempts().isEmpty()) {
      steps.add(new TurnResult.Step(title(work, work.step()), lower(status), ""));
    }
    for (int i = steps.size(); i < work.plan().size(); i++) {
      steps.add(new TurnResult.Step(title(work, i + 1), "not_run", ""));
    }
    return steps;
  }

  private static TurnResult.Step step(TurnProgress work, Attempt attempt, String status) {
    RunSummary run = attempt.run();
    return new TurnResult.Step(
        title(work, attempt.step()), status, run == null ? "" : ResultLine.removed(run.stdout()));
  }

  private static String stepStatus(Attempt attempt) {
    Judgement judgement = attempt.judgement();
    if (judgement == null || judgement.verdict() != Judgement.Verdict.ANSWERS) {
      return lower(TurnStatus.UNVERIFIED);
    }
    return lower(
        judgement.method() == Judgement.Method.PLAIN ? TurnStatus.PLAIN_YES : TurnStatus.VERIFIED);
  }

  private static String title(TurnProgress work, int step) {
    if (!work.plan().isEmpty()) {
      return work.plan().get(step - 1).title();
    }
    String line = work.request().text().strip().lines().findFirst().orElse("");
    return line.length() <= TITLE ? line : line.substring(0, TITLE - 1) + "…";
  }

  private static TurnResult.Attempt told(Attempt attempt) {
    RunSummary run = attempt.run();
    AttemptFailure failure = attempt.failure();
    String status =
        run != null ? lower(run.ending()) : failure == null ? "" : lower(failure.cause());
    return new TurnResult.Attempt(
        attempt.number(),
        attempt.step(),
        attempt.code(),
        status,
        run == null ? "" : run.stdout(),
        failure == null ? null : failure.reason(),
        verification(attempt.judgement()),
        run == null ? "" : run.engine());
  }

  private static TurnResult.@Nullable Verification verification(@Nullable Judgement judgement) {
    return judgement == null
        ? null
        : new TurnResult.Verification(
            judgement.verdict() == Judgement.Verdict.ANSWERS
                && judgement.method() != Judgement.Method.PLAIN,
            judgement.reason(),
            judgement.requirements(),
            judgement.headline());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
