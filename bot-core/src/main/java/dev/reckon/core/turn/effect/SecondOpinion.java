package dev.reckon.core.turn.effect;

import dev.reckon.core.check.Agreement;
import dev.reckon.core.label.Label;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.message.Language;
import dev.reckon.core.model.Accounting;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelException;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.prompt.ProgramPrompt;
import dev.reckon.core.reply.ReplyReader;
import dev.reckon.core.turn.CodeFacts;
import dev.reckon.core.turn.FirstReply;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.ResultLine;
import dev.reckon.core.turn.RunSummary;
import dev.reckon.core.turn.Screening;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.Usage;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SourceReport;
import java.util.List;
import java.util.Optional;

/** Has a second program written, blind to the first, and compares what both find. */
final class SecondOpinion {
  private static final int SHOWN = 300;

  private final LanguageModel model;
  private final Sandbox sandbox;
  private final Inspections inspections;
  private final WorkingFiles files;
  private final ProgramRuns runs;
  private final ProgramPrompt programs;
  private final Accounting accounting;

  SecondOpinion(
      LanguageModel model,
      Sandbox sandbox,
      Inspections inspections,
      WorkingFiles files,
      ProgramRuns runs,
      ProgramPrompt programs,
      Accounting accounting) {
    this.model = model;
    this.sandbox = sandbox;
    this.inspections = inspections;
    this.files = files;
    this.runs = runs;
    this.programs = programs;
    this.accounting = accounting;
  }

  /**
   * What came of it.
   *
   * @param judgement empty when there was nothing to compare: the judge is to be asked
   */
  record Finding(Optional<Judgement> judgement, Usage usage) {
    static Finding none(Usage usage) {
      return new Finding(Optional.empty(), usage);
    }
  }

  Finding on(long turn, TurnState.Verifying state, WaitListener waits) throws InterruptedException {
    TurnProgress work = state.work();
    Optional<String> first = ResultLine.of(state.run().stdout());
    // What a second program would find in the same data says nothing about the query.
    boolean queried = !work.dataOf(state.code()).isEmpty();
    if (first.isEmpty()
        || queried
        || work.steps() > 1
        || isVarying(state.facts())
        || state.run().varies()) {
      return Finding.none(Usage.NONE);
    }
    ModelRequest request =
        programs.second(
            work, SandboxWait.await(sandbox.environment(), waits), files.profiles(work));
    boolean dear =
        accounting
            .refusal(
                work.usage(),
                request,
                work.request().settings(),
                model.modelFor(request.purpose()),
                model.modelFor(ModelRequest.Purpose.JUDGE))
            .isPresent();
    if (dear) {
      return Finding.none(Usage.NONE);
    }
    try {
      ModelReply reply = model.complete(request, waits).within(request.maxOutputTokens());
      Usage usage = accounting.of(request, reply);
      if (reply.isCutOff()) {
        return Finding.none(usage);
      }
      return ReplyReader.read(reply.text()) instanceof FirstReply.Code(String code)
          ? new Finding(compared(turn, work, first.get(), code, waits), usage)
          : Finding.none(usage);
    } catch (ModelException _) {
      return Finding.none(Usage.NONE);
    }
  }

  private Optional<Judgement> compared(
      long turn, TurnProgress work, String first, String code, WaitListener waits)
      throws InterruptedException {
    Screening screened =
        Screening.of(
            inspections.of(code, waits),
            work.request().settings().code(),
            work.request().language());
    if (screened.failure() != null || isVarying(screened.facts())) {
      return Optional.empty();
    }
    RunSummary run = runs.run(turn, work, code, screened.facts(), waits);
    Optional<String> second =
        run.ending() == RunSummary.Ending.COMPLETED
            ? ResultLine.of(run.stdout())
            : Optional.empty();
    return second.flatMap(
        other ->
            Agreement.of(first, other)
                .map(same -> judgement(same, first, other, work.request().language())));
  }

  private static Judgement judgement(boolean same, String first, String second, Language language) {
    String both = "first: " + shortened(first) + "; second: " + shortened(second);
    return same
        ? new Judgement(
            Judgement.Verdict.ANSWERS,
            "two programs agree.",
            List.of(new TurnResult.Requirement("two independent programs agree", true, both)),
            Judgement.Method.TWICE)
        : new Judgement(
            Judgement.Verdict.UNSURE,
            Label.JUDGE_DISAGREED.in(language, shortened(first), shortened(second)),
            List.of(new TurnResult.Requirement("two independent programs agree", false, both)),
            Judgement.Method.TWICE);
  }

  private static boolean isVarying(CodeFacts facts) {
    return facts.traits().contains(SourceReport.Trait.RANDOM)
        || facts.traits().contains(SourceReport.Trait.CLOCK);
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
