package dev.reckon.core.turn.effect;

import dev.reckon.core.check.RuleCheck;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.label.Label;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.message.Language;
import dev.reckon.core.model.Accounting;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelException;
import dev.reckon.core.model.ModelPrices;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.prompt.JudgeCase;
import dev.reckon.core.prompt.JudgePrompt;
import dev.reckon.core.prompt.ProgramPrompt;
import dev.reckon.core.prompt.PromptTexts;
import dev.reckon.core.reply.ReplyReader;
import dev.reckon.core.source.DataSources;
import dev.reckon.core.turn.EffectResult;
import dev.reckon.core.turn.FirstReply;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.ResultLine;
import dev.reckon.core.turn.SmallTalk;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.Usage;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Sandbox;
import java.time.InstantSource;
import java.util.Optional;

/** Does what states ask for with a model and a sandbox. */
public final class TurnEffects implements EffectRunner {
  private final LanguageModel model;
  private final Sandbox sandbox;
  private final DataSources sources;
  private final WorkingFiles files;
  private final ProgramRuns runs;
  private final ProgramPrompt programs;
  private final JudgePrompt judges;
  private final Accounting accounting;
  private final Inspections inspections;
  private final SecondOpinion second;
  private final Queries queries;

  public TurnEffects(
      LanguageModel model,
      Sandbox sandbox,
      TurnFiles files,
      FileProfiles profiles,
      PromptTexts texts,
      ModelPrices prices,
      DataSources sources,
      InstantSource clock) {
    this.sources = sources;
    this.queries = new Queries(sources, files, clock);
    this.model = model;
    this.sandbox = sandbox;
    this.files = new WorkingFiles(files, profiles);
    this.runs = new ProgramRuns(sandbox, this.files);
    this.programs = new ProgramPrompt(texts);
    this.judges = new JudgePrompt(texts);
    this.accounting = new Accounting(prices);
    this.inspections = new Inspections(sandbox);
    this.second =
        new SecondOpinion(model, sandbox, inspections, this.files, runs, programs, accounting);
  }

  @Override
  public EffectResult perform(long turn, TurnState state, WaitListener waits)
      throws InterruptedException {
    try {
      return switch (state) {
        case TurnState.Generating(TurnProgress work) -> generate(work, waits);
        case TurnState.Screening s -> new EffectResult.Inspected(inspections.of(s.code(), waits));
        case TurnState.Querying s -> queries.run(turn, s.work(), s.code(), waits);
        case TurnState.Executing s ->
            new EffectResult.Ran(runs.run(turn, s.work(), s.code(), s.facts(), waits));
        case TurnState.Verifying s -> verify(turn, s, waits);
        case TurnState.Done done ->
            throw new IllegalArgumentException("nothing is left to do in " + done);
      };
    } catch (ModelException e) {
      return new EffectResult.ModelFailed(message(e));
    } catch (FileGoneException e) {
      return new EffectResult.Faulted(e.sentence(state.language()));
    }
  }

  private EffectResult generate(TurnProgress work, WaitListener waits)
      throws ModelException, InterruptedException {
    Optional<String> answer = SmallTalk.answer(work.request());
    if (answer.isPresent()) {
      return new EffectResult.Replied(new FirstReply.Say(answer.get()), Usage.NONE);
    }
    Environment environment = SandboxWait.await(sandbox.environment(), waits);
    ModelRequest request =
        programs.request(
            work,
            environment,
            files.profiles(work),
            sources.description(work.request().sources(), work.request().text(), waits));
    Optional<String> refusal = refusal(work, request);
    if (refusal.isPresent()) {
      return new EffectResult.OverBudget(refusal.get());
    }
    ModelReply reply = model.complete(request, waits).within(request.maxOutputTokens());
    FirstReply read =
        reply.isCutOff()
            ? new FirstReply.CutOff(request.maxOutputTokens())
            : ReplyReader.read(reply.text());
    return new EffectResult.Replied(read, accounting.of(request, reply));
  }

  private EffectResult verify(long turn, TurnState.Verifying state, WaitListener waits)
      throws ModelException, InterruptedException {
    Usage used = Usage.NONE;
    switch (state.work().request().settings().verify()) {
      case AUTO -> {
        Optional<Judgement> ruled =
            RuleCheck.of(
                state.work(),
                files.profiles(state.work()),
                ResultLine.removed(state.run().stdout()));
        if (ruled.isPresent()) {
          return new EffectResult.Judged(ruled.get(), Usage.NONE);
        }
      }
      case TWICE -> {
        SecondOpinion.Finding finding = second.on(turn, state, waits);
        if (finding.judgement().isPresent()) {
          return new EffectResult.Judged(finding.judgement().get(), finding.usage());
        }
        used = finding.usage();
      }
      case JUDGE, OFF -> {}
    }
    return judge(state, used, waits);
  }

  /** What was used before the judge counts also when the judge fails. */
  private EffectResult judge(TurnState.Verifying state, Usage used, WaitListener waits)
      throws InterruptedException {
    Language language = state.work().request().language();
    JudgeCase given =
        new JudgeCase(
            state.work(),
            state.code(),
            state.facts(),
            state.run(),
            files.profiles(state.work()),
            files.heads(state.work(), state.run()));
    ModelRequest request = judges.request(given);
    Optional<String> refusal =
        accounting.refusal(
            state.work().usage().plus(used),
            request,
            state.work().request().settings(),
            model.modelFor(request.purpose()),
            model.modelFor(ModelRequest.Purpose.JUDGE));
    if (refusal.isPresent()) {
      return new EffectResult.Judged(unchecked(refusal.get(), language), used);
    }
    try {
      ModelReply reply = model.complete(request, waits).within(request.maxOutputTokens());
      Judgement judgement =
          reply.isCutOff()
              ? Judgement.unsure(Label.JUDGE_CUT_OFF.in(language))
              : judges.read(given, reply.text());
      return new EffectResult.Judged(judgement, used.plus(accounting.of(request, reply)));
    } catch (ModelException e) {
      return new EffectResult.Judged(unchecked(message(e), language), used);
    }
  }

  private static Judgement unchecked(String reason, Language language) {
    return Judgement.unsure(Label.JUDGE_UNCHECKED.in(language, reason));
  }

  private Optional<String> refusal(TurnProgress work, ModelRequest request) {
    return accounting.refusal(
        work.usage(),
        request,
        work.request().settings(),
        model.modelFor(request.purpose()),
        model.modelFor(ModelRequest.Purpose.JUDGE));
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? "" : message;
  }
}
