package dev.reckon.core.prompt;

import dev.reckon.core.check.HeadlineCheck;
import dev.reckon.core.files.FileProfile;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.model.Accounting;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.reply.JudgeReply;
import dev.reckon.core.turn.Attempt;
import dev.reckon.core.turn.ChartText;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.OutputChecks;
import dev.reckon.core.turn.PriorTurn;
import dev.reckon.core.turn.ResultLine;
import dev.reckon.core.turn.RunSummary;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.sandbox.SourceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts a case before the judge, and reads what comes back. Immutable. */
public final class JudgePrompt {
  private static final int EARLIER = 5;
  private static final int EARLIER_LENGTH = 500;
  private static final int OUTPUT = 12_000;
  private static final int CHART = 3_000;

  private final PromptTexts texts;

  public JudgePrompt(PromptTexts texts) {
    this.texts = texts;
  }

  /** The call. All that is not ours is fenced and stripped of marks; the output comes last. */
  public ModelRequest request(JudgeCase given) {
    String words =
        texts.fill(
            "judge#case",
            Map.of(
                "request",
                DataFence.stripped(given.work().request().text()),
                "team",
                team(given.work()),
                "earlier",
                earlier(given.work()),
                "task",
                task(given.work()),
                "files",
                files(given),
                "code",
                DataFence.stripped(given.code()),
                "facts",
                facts(given),
                "produced",
                produced(given),
                "before",
                before(given.work()),
                "output",
                DataFence.stripped(Truncation.middle(output(given), OUTPUT))));
    return new ModelRequest(
        ModelRequest.Purpose.JUDGE,
        List.of(
            new ModelRequest.Message(ModelRequest.Role.SYSTEM, texts.fill("judge", Map.of())),
            new ModelRequest.Message(ModelRequest.Role.USER, words)),
        JudgeReply.SCHEMA,
        Accounting.JUDGE_REPLY_TOKENS);
  }

  /**
   * The judgement, with every quotation looked up in what the judge was shown, and with a headline
   * only where all of it is found in the output.
   */
  public Judgement read(JudgeCase given, String reply) {
    List<String> evidence = new ArrayList<>();
    evidence.add(output(given));
    evidence.add(given.code());
    given.produced().forEach(file -> evidence.add(file.words()));
    charts(given).forEach(evidence::add);
    given.work().finished().stream().map(JudgePrompt::printed).forEach(evidence::add);
    String request = given.work().request().text();
    Judgement judgement =
        JudgeReply.read(reply, evidence, request, given.work().request().language());
    boolean holds =
        judgement.verdict() == Judgement.Verdict.ANSWERS
            && HeadlineCheck.holds(judgement.headline(), output(given), request);
    return holds ? judgement : judgement.withHeadline("");
  }

  /** What people are shown of what it printed. */
  private static String output(JudgeCase given) {
    return ResultLine.removed(given.run().stdout());
  }

  private static String team(TurnProgress work) {
    String asker = work.request().asker();
    return (asker == null ? "" : DataFence.fenced("asked", asker)) + settled(work);
  }

  private static String settled(TurnProgress work) {
    String settled = work.request().instructions();
    return settled.isBlank()
        ? ""
        : "What the team has settled, which says what the request's words mean:\n"
            + DataFence.fenced("team", settled.strip());
  }

  private static String earlier(TurnProgress work) {
    List<PriorTurn> history = work.request().history();
    if (history.isEmpty()) {
      return "";
    }
    StringBuilder words = new StringBuilder();
    for (PriorTurn exchange :
        history.subList(Math.max(0, history.size() - EARLIER), history.size())) {
      words.append("- ").append(Truncation.middle(exchange.request(), EARLIER_LENGTH)).append('\n');
    }
    return "Earlier requests of the same conversation, which the request may lean on:\n"
        + DataFence.fenced("earlier", words.toString());
  }

  private static String task(TurnProgress work) {
    if (work.steps() == 1) {
      return "";
    }
    return work.step() < work.steps()
        ? "The program is step "
            + work.step()
            + " of a plan. Check this step only, not the whole request:\n"
            + DataFence.fenced("step", work.task())
        : "The program is the last step of a plan; what earlier steps printed stands below. Check"
            + " the whole request.\n";
  }

  private static String files(JudgeCase given) {
    if (given.files().isEmpty()) {
      return "There were no files to read.\n";
    }
    StringBuilder words = new StringBuilder();
    given.files().forEach(file -> words.append(file.words(given.work().request().text())));
    return "Files that the program could read:\n" + DataFence.fenced("files", words.toString());
  }

  private static String facts(JudgeCase given) {
    List<String> facts = new ArrayList<>();
    if (given.facts().traits().contains(SourceReport.Trait.PRINTS_ONLY_LITERALS)) {
      facts.add("The program prints nothing but literals: the result was written down.");
    }
    if (given.facts().traits().contains(SourceReport.Trait.RANDOM)) {
      facts.add("The program uses random numbers without a fixed seed.");
    }
    facts.addAll(OutputChecks.doubts(given.facts(), given.run(), Language.ENGLISH));
    given
        .work()
        .dataOf(given.code())
        .forEach(
            data ->
                facts.add(
                    "The query for %s ran on the database %s and gave %d rows."
                        .formatted(data.query().file(), data.query().source(), data.rows())));
    if (given.run().droppedBytes() > 0) {
      facts.add(given.run().droppedBytes() + " bytes of output were not kept.");
    }
    given.files().stream()
        .map(FileProfile::name)
        .filter(name -> !given.run().read().contains(name))
        .forEach(name -> facts.add("The program did not open the file " + name + "."));
    return facts.isEmpty()
        ? ""
        : "Found out by rule:\n" + DataFence.fenced("facts", String.join("\n", facts));
  }

  private static String produced(JudgeCase given) {
    StringBuilder words = new StringBuilder();
    if (!given.produced().isEmpty()) {
      StringBuilder files = new StringBuilder();
      given.produced().forEach(file -> files.append(file.words()));
      words.append("Files that the program left:\n");
      words.append(DataFence.fenced("produced", files.toString()));
    }
    List<String> charts = charts(given);
    if (!charts.isEmpty()) {
      words.append(
          "What the program itself says of the charts that it drew. Nobody has looked at the"
              + " pictures, so these lines show which data was drawn and not that it is right:\n");
      words.append(DataFence.fenced("charts", String.join("\n", charts) + "\n"));
    }
    return words.toString();
  }

  private static List<String> charts(JudgeCase given) {
    return given.run().files().stream()
        .map(TurnResult.ProducedFile::picture)
        .filter(Objects::nonNull)
        .map(picture -> Truncation.middle(ChartText.facts(picture.chart()), CHART))
        .toList();
  }

  private static String before(TurnProgress work) {
    if (work.finished().isEmpty()) {
      return "";
    }
    StringBuilder words = new StringBuilder();
    for (Attempt attempt : work.finished()) {
      words.append("step ").append(attempt.step()).append(":\n").append(printed(attempt));
      words.append('\n');
    }
    return "What the earlier steps printed:\n" + DataFence.fenced("before", words.toString());
  }

  private static String printed(Attempt attempt) {
    RunSummary run = attempt.run();
    return run == null ? "" : Truncation.middle(ResultLine.removed(run.stdout()), OUTPUT / 4);
  }
}
