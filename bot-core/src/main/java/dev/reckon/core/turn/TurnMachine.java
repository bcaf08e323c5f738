package dev.reckon.core.turn;

import dev.reckon.core.label.Label;
import dev.reckon.core.source.QueriedData;
import dev.reckon.core.source.QueryHead;
import dev.reckon.sandbox.GuestError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The turn's graph: a state and what came of it give the next state. Retry is an edge back to
 * {@link TurnState.Generating}. No I/O, no clock.
 */
public final class TurnMachine {
  private TurnMachine() {}

  /**
   * The state after this one.
   *
   * @param took how long doing it took; counts against the turn's wall time
   * @throws IllegalArgumentException if that state cannot have that outcome
   */
  public static TurnState next(TurnState state, EffectResult outcome, Duration took) {
    return switch (state) {
      case TurnState.Generating s -> generated(s.work().withSpent(took), outcome);
      case TurnState.Screening s -> screened(s.work().withSpent(took), s.code(), outcome);
      case TurnState.Querying s -> queried(s.work().withSpent(took), s, outcome);
      case TurnState.Executing s -> executed(s.work().withSpent(took), s, outcome);
      case TurnState.Verifying s -> verified(s.work().withSpent(took), s, outcome);
      case TurnState.Done done -> throw impossible(done, outcome);
    };
  }

  private static TurnState generated(TurnProgress work, EffectResult outcome) {
    if (outcome instanceof EffectResult.Replied(FirstReply reply, Usage usage)) {
      return replied(work.withUsage(usage), reply);
    }
    return ended(work, null, outcome);
  }

  private static TurnState replied(TurnProgress work, FirstReply reply) {
    return switch (reply) {
      case FirstReply.Code(String source) -> new TurnState.Screening(work, source);
      case FirstReply.Plan(List<PlanStep> steps) -> planned(work, steps);
      case FirstReply.Ask(String question) -> done(ResultBuilder.asked(work, question));
      case FirstReply.Decline decline -> done(ResultBuilder.declined(work, decline));
      case FirstReply.Say(String words) -> done(ResultBuilder.said(work, words));
      case FirstReply.CutOff(int tokens) -> cutOff(work, tokens);
      case FirstReply.Unusable(String reason) -> noCode(work, reason);
    };
  }

  private static TurnState planned(TurnProgress work, List<PlanStep> steps) {
    if (!work.plan().isEmpty() || !work.attempts().isEmpty()) {
      return failedWithoutCode(
          work, reason(work, AttemptFailure.Cause.NO_CODE, Label.FAILURE_PLAN));
    }
    int most = work.request().settings().maxSteps();
    if (steps.isEmpty() || steps.size() > most) {
      return failedWithoutCode(
          work,
          reason(work, AttemptFailure.Cause.NO_CODE, Label.FAILURE_STEPS, most, steps.size()));
    }
    return new TurnState.Generating(work.withPlan(steps));
  }

  /** Asked for again once; a second reply that is cut off ends the turn. */
  private static TurnState cutOff(TurnProgress work, int tokens) {
    if (work.afterCutOff()) {
      return done(
          ResultBuilder.stopped(
              work,
              TurnStatus.FAILED,
              Label.FAILURE_CUT_OFF_TWICE.in(work.request().language(), tokens)));
    }
    return failedWithoutCode(
        work, reason(work, AttemptFailure.Cause.CUT_OFF, Label.FAILURE_CUT_OFF, tokens));
  }

  private static TurnState noCode(TurnProgress work, String reason) {
    return failedWithoutCode(work, new AttemptFailure(AttemptFailure.Cause.NO_CODE, reason, 0, ""));
  }

  private static TurnState failedWithoutCode(TurnProgress work, AttemptFailure failure) {
    return failed(work, "", CodeFacts.NONE, null, failure, null);
  }

  private static AttemptFailure reason(
      TurnProgress work, AttemptFailure.Cause cause, Label reason, Object... values) {
    return AttemptFailure.of(cause, work.request().language(), reason, values);
  }

  private static TurnState screened(TurnProgress work, String code, EffectResult outcome) {
    if (!(outcome instanceof EffectResult.Inspected inspected)) {
      return ended(work, null, outcome);
    }
    boolean given = work.request().givenCode() != null;
    CodePolicy policy = work.request().settings().code();
    Screening found =
        Screening.of(
            inspected.answer(), given ? policy.ofAnyLength() : policy, work.request().language());
    AttemptFailure failure = found.failure();
    return failure == null
        ? screened(work, code, found.facts())
        : notRun(work, code, found.facts(), failure);
  }

  /** What the program's queries fetch is there before it runs. */
  private static TurnState screened(TurnProgress work, String code, CodeFacts facts) {
    QueryHead head = QueryHead.of(code);
    if (!head.problem().isEmpty()) {
      return notRun(work, code, facts, queryFailure(head.problem()));
    }
    return head.queries().isEmpty()
        ? new TurnState.Executing(work, code, facts)
        : new TurnState.Querying(work, code, facts);
  }

  private static TurnState queried(
      TurnProgress work, TurnState.Querying state, EffectResult outcome) {
    return switch (outcome) {
      case EffectResult.Queried(List<QueriedData> data) ->
          new TurnState.Executing(work.withData(data), state.code(), state.facts());
      case EffectResult.NotQueried(String reason, List<QueriedData> data) ->
          notRun(work.withData(data), state.code(), state.facts(), queryFailure(reason));
      default -> ended(work, null, outcome);
    };
  }

  private static AttemptFailure queryFailure(String reason) {
    return new AttemptFailure(AttemptFailure.Cause.QUERY_FAILED, reason, 0, reason);
  }

  private static TurnState notRun(
      TurnProgress work, String code, CodeFacts facts, AttemptFailure failure) {
    return work.request().givenCode() == null
        ? failed(work, code, facts, null, failure, null)
        : done(ResultBuilder.given(work, attempt(work, code, facts, null, failure, null)));
  }

  private static TurnState executed(
      TurnProgress work, TurnState.Executing state, EffectResult outcome) {
    if (!(outcome instanceof EffectResult.Ran(RunSummary run))) {
      return ended(work, stopped(work, state, outcome), outcome);
    }
    if (work.request().givenCode() != null) {
      return done(
          ResultBuilder.given(work, attempt(work, state.code(), state.facts(), run, null, null)));
    }
    Optional<AttemptFailure> failure = RunFailure.of(run).or(() -> OutputChecks.check(work, run));
    if (failure.isPresent()) {
      return failed(missedFile(work, run), state.code(), state.facts(), run, failure.get(), null);
    }
    if (!work.missingFiles().isEmpty() || work.request().settings().verify() == VerifyMode.OFF) {
      return accepted(work, attempt(work, state.code(), state.facts(), run, null, null));
    }
    return new TurnState.Verifying(work, state.code(), state.facts(), run);
  }

  /** The attempt whose run was stopped with the turn, if any. */
  private static @Nullable Attempt stopped(
      TurnProgress work, TurnState.Executing state, EffectResult outcome) {
    Optional<RunSummary> run =
        switch (outcome) {
          case EffectResult.Cancelled(var stopped) -> stopped;
          case EffectResult.OutOfTime(var stopped) -> stopped;
          default -> Optional.empty();
        };
    return run.map(
            partial ->
                attempt(
                    work,
                    state.code(),
                    state.facts(),
                    partial,
                    RunFailure.of(partial).orElse(null),
                    null))
        .orElse(null);
  }

  /** A program that opened a file where there are none shows that one is missing. */
  private static TurnProgress missedFile(TurnProgress work, RunSummary run) {
    GuestError error = run.error();
    if (error == null
        || !error.type().equals("FileNotFoundError")
        || !work.request().files().isEmpty()
        || !work.finished().isEmpty()) {
      return work;
    }
    String message = error.message();
    int end = message.lastIndexOf('\'');
    int begin = end < 1 ? -1 : message.lastIndexOf('\'', end - 1);
    return begin < 0 ? work : work.withMissing(message.substring(begin + 1, end));
  }

  private static TurnState verified(
      TurnProgress before, TurnState.Verifying state, EffectResult outcome) {
    TurnProgress work = before;
    Judgement judgement;
    switch (outcome) {
      case EffectResult.Judged(Judgement found, Usage usage) -> {
        work = before.withUsage(usage);
        judgement = found;
      }
      case EffectResult.ModelFailed(String message) -> judgement = unchecked(work, message);
      case EffectResult.OverBudget(String message) -> judgement = unchecked(work, message);
      case EffectResult.OutOfTime _ ->
          judgement = Judgement.unsure(Label.JUDGE_NO_TIME.in(work.request().language()));
      default -> {
        Attempt unjudged = attempt(work, state.code(), state.facts(), state.run(), null, null);
        return ended(work, unjudged, outcome);
      }
    }
    if (judgement.verdict() == Judgement.Verdict.REJECTED) {
      AttemptFailure failure =
          new AttemptFailure(
              AttemptFailure.Cause.JUDGED_WRONG, judgement.reason(), 0, judgement.reason());
      return failed(work, state.code(), state.facts(), state.run(), failure, judgement);
    }
    return accepted(work, attempt(work, state.code(), state.facts(), state.run(), null, judgement));
  }

  private static Judgement unchecked(TurnProgress work, String reason) {
    return Judgement.unsure(Label.JUDGE_UNCHECKED.in(work.request().language(), reason));
  }

  private static TurnState accepted(TurnProgress before, Attempt attempt) {
    TurnProgress work = before.withAttempt(attempt);
    return work.step() < work.steps()
        ? new TurnState.Generating(work.withFinished(attempt))
        : done(ResultBuilder.answered(work, attempt));
  }

  private static TurnState failed(
      TurnProgress before,
      String code,
      CodeFacts facts,
      @Nullable RunSummary run,
      AttemptFailure failure,
      @Nullable Judgement judgement) {
    TurnProgress work = before.withAttempt(attempt(before, code, facts, run, failure, judgement));
    return work.attempts().size() < work.maxAttempts()
        ? new TurnState.Generating(work)
        : done(ResultBuilder.exhausted(work));
  }

  private static Attempt attempt(
      TurnProgress work,
      String code,
      CodeFacts facts,
      @Nullable RunSummary run,
      @Nullable AttemptFailure failure,
      @Nullable Judgement judgement) {
    return new Attempt(
        work.attempts().size() + 1, work.step(), code, facts, run, failure, judgement);
  }

  /** Ends the turn early; an attempt in progress that ran is kept. */
  private static TurnState ended(TurnProgress before, @Nullable Attempt ran, EffectResult outcome) {
    TurnProgress work = ran == null ? before : before.withAttempt(ran);
    return switch (outcome) {
      case EffectResult.ModelFailed(String message) ->
          done(ResultBuilder.stopped(work, TurnStatus.MODEL_ERROR, message));
      case EffectResult.OverBudget(String message) ->
          done(ResultBuilder.stopped(work, TurnStatus.OVER_BUDGET, message));
      case EffectResult.OutOfTime _ ->
          done(
              ResultBuilder.stopped(
                  work,
                  TurnStatus.OVER_BUDGET,
                  Label.STATUS_TOO_LONG.in(
                      work.request().language(),
                      work.request().settings().wallTime().toSeconds())));
      case EffectResult.Cancelled _ -> done(ResultBuilder.cancelled(work));
      case EffectResult.Faulted(String message) ->
          done(ResultBuilder.stopped(work, TurnStatus.FAILED, message));
      case EffectResult.Replied _,
          EffectResult.Inspected _,
          EffectResult.Queried _,
          EffectResult.NotQueried _,
          EffectResult.Ran _,
          EffectResult.Judged _ ->
          throw new IllegalArgumentException("no way out of this state: " + outcome);
    };
  }

  private static TurnState done(TurnResult result) {
    return new TurnState.Done(result);
  }

  private static IllegalArgumentException impossible(TurnState state, EffectResult outcome) {
    return new IllegalArgumentException(
        "no " + outcome.getClass().getSimpleName() + " in " + state.getClass().getSimpleName());
  }
}
