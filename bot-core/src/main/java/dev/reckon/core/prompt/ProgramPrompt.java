package dev.reckon.core.prompt;

import dev.reckon.core.check.NearMiss;
import dev.reckon.core.files.FileProfile;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.source.QueryHead;
import dev.reckon.core.turn.Attempt;
import dev.reckon.core.turn.AttemptFailure;
import dev.reckon.core.turn.CodePolicy;
import dev.reckon.core.turn.GenerationStrategy;
import dev.reckon.core.turn.PlanStep;
import dev.reckon.core.turn.RunSummary;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.sandbox.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the model for a program: the first, the next step's, or a repair. Immutable. */
public final class ProgramPrompt {
  private static final int OUTPUT = 4_000;
  private static final String CHARTS = "matplotlib";

  private final PromptTexts texts;

  public ProgramPrompt(PromptTexts texts) {
    this.texts = texts;
  }

  /**
   * The call.
   *
   * @param files profiles of what the program can read, those of earlier steps included
   * @param databases what it may query, in words; may be empty
   */
  public ModelRequest request(
      TurnProgress work, Environment environment, List<FileProfile> files, String databases) {
    TurnSettings settings = work.request().settings();
    GenerationStrategy approach = GenerationStrategy.next(work);
    List<ModelRequest.Message> messages = new ArrayList<>();
    messages.add(
        new ModelRequest.Message(
            ModelRequest.Role.SYSTEM, system(work.request(), environment, files, databases)));
    messages.addAll(History.messages(work.request().history(), settings.historyTokens()));
    messages.add(new ModelRequest.Message(ModelRequest.Role.USER, asking(work, approach, files)));
    return new ModelRequest(
        approach instanceof GenerationStrategy.First
            ? ModelRequest.Purpose.GENERATE
            : ModelRequest.Purpose.REPAIR,
        messages,
        null,
        work.replyTokens());
  }

  /** The call for a second program, which is told nothing of the first. */
  public ModelRequest second(TurnProgress work, Environment environment, List<FileProfile> files) {
    List<ModelRequest.Message> messages = new ArrayList<>();
    messages.add(
        new ModelRequest.Message(
            ModelRequest.Role.SYSTEM, system(work.request(), environment, files, "")));
    messages.addAll(
        History.messages(work.request().history(), work.request().settings().historyTokens()));
    messages.add(new ModelRequest.Message(ModelRequest.Role.USER, work.request().text()));
    return new ModelRequest(
        ModelRequest.Purpose.SECOND_PROGRAM,
        messages,
        null,
        work.request().settings().replyTokens());
  }

  private String system(
      TurnRequest request, Environment environment, List<FileProfile> files, String databases) {
    TurnSettings settings = request.settings();
    CodePolicy policy = settings.code();
    Environment widest = environment.second().orElse(environment);
    List<String> missing = new ArrayList<>(widest.missing());
    missing.addAll(policy.forbiddenImports());
    String packages = String.join(", ", environment.packages());
    String wishes = DataFence.stripped(request.instructions());
    Map<String, String> values = new HashMap<>();
    values.put("python", environment.pythonVersion());
    values.put(
        "modules",
        environment.modules().stream()
            .filter(name -> !name.startsWith("_") && !missing.contains(name))
            .collect(Collectors.joining(", ")));
    values.put("packages", packages.isEmpty() ? "" : " And these packages: " + packages + ".");
    values.put("second", environment.second().map(each -> "\n" + second(each)).orElse(""));
    values.put(
        "charts",
        widest.packages().stream().anyMatch(each -> each.startsWith(CHARTS))
            ? texts.fill("system#charts", Map.of()) + "\n"
            : "");
    values.put("missing", String.join(", ", missing));
    values.put("seconds", String.valueOf(settings.limits().wallTime().toSeconds()));
    values.put("output", String.valueOf(settings.limits().outputBytes() / 1024));
    values.put("lines", String.valueOf(policy.maxLines()));
    values.put("forbidden", String.join(", ", policy.forbiddenCalls()));
    values.put("files", files(request, files));
    values.put("databases", databases.isBlank() ? "" : databases(databases));
    values.put("asker", asker(request));
    values.put("steps", String.valueOf(settings.maxSteps()));
    values.put(
        "instructions", wishes.isBlank() ? "" : "\n# What this team wants besides\n\n" + wishes);
    return texts.fill("system", values);
  }

  private String databases(String described) {
    return "\n"
        + texts.fill(
            "system#databases",
            Map.of(
                "queries",
                String.valueOf(QueryHead.MOST),
                "described",
                DataFence.fenced("databases", described)))
        + "\n";
  }

  private String second(Environment environment) {
    return texts.fill(
        "system#second",
        Map.of(
            "python",
            environment.pythonVersion(),
            "packages",
            String.join(", ", environment.packages())));
  }

  private static String asker(TurnRequest request) {
    String asker = request.asker();
    return asker == null
        ? ""
        : "\n# When and where\n\n"
            + DataFence.stripped(asker)
            + " Words such as today or this month mean that date. The clock of the sandbox runs in"
            + " UTC.\n";
  }

  private static String files(TurnRequest request, List<FileProfile> files) {
    StringBuilder words = new StringBuilder();
    if (files.isEmpty()) {
      words.append("There are no files.\n");
    }
    files.forEach(file -> words.append(DataFence.fenced("file", file.words(request.text()))));
    if (!request.missingFiles().isEmpty()) {
      words.append("Named in the request, but not there:\n");
      words.append(DataFence.fenced("missing", String.join("\n", request.missingFiles())));
    }
    return words.toString();
  }

  private String asking(TurnProgress work, GenerationStrategy approach, List<FileProfile> files) {
    String request = work.plan().isEmpty() ? work.request().text() : step(work);
    return switch (approach) {
      case GenerationStrategy.First _ -> request;
      case GenerationStrategy.Repair(Attempt failed) -> repair(work, request, failed, files);
      case GenerationStrategy.Fresh(List<Attempt> failed) ->
          texts.fill(
              "repair#fresh",
              Map.of(
                  "request",
                  request,
                  "attempt",
                  String.valueOf(work.attempts().size() + 1),
                  "attempts",
                  String.valueOf(work.maxAttempts()),
                  "failures",
                  DataFence.stripped(
                      failed.stream()
                          .map(attempt -> "- " + oneLine(attempt))
                          .collect(Collectors.joining("\n")))));
    };
  }

  private static String oneLine(Attempt attempt) {
    AttemptFailure failure = attempt.failure();
    String reason = failure == null ? "" : failure.reason();
    return Truncation.middle(reason.lines().findFirst().orElse(""), 300);
  }

  private static String step(TurnProgress work) {
    StringBuilder words = new StringBuilder("The whole request:\n");
    words.append(work.request().text()).append("\n\nThe plan:\n");
    for (int i = 0; i < work.plan().size(); i++) {
      PlanStep step = work.plan().get(i);
      words.append(i + 1).append(". ").append(step.title());
      words.append(step.reads().isEmpty() ? "" : " | reads " + String.join(", ", step.reads()));
      words.append(step.leaves().isEmpty() ? "" : " | leaves " + String.join(", ", step.leaves()));
      words.append('\n');
    }
    for (Attempt attempt : work.finished()) {
      RunSummary run = attempt.run();
      words.append("\nStep ").append(attempt.step()).append(" printed:\n");
      words.append(
          DataFence.fenced("output", run == null ? "" : Truncation.middle(run.stdout(), OUTPUT)));
    }
    return words
        .append("\nNow write the program of step ")
        .append(work.step())
        .append(" only, in one ```python block.")
        .toString();
  }

  private String repair(
      TurnProgress work, String request, Attempt failed, List<FileProfile> files) {
    AttemptFailure failure = failed.failure();
    if (failure == null) {
      throw new IllegalArgumentException("nothing to repair in attempt " + failed.number());
    }
    Map<String, String> values = new HashMap<>();
    values.put("error", DataFence.stripped(Truncation.middle(failure.reason(), OUTPUT)));
    values.put("at", failure.line() > 0 ? " in line " + failure.line() : "");
    values.put("line", sourceLine(failed.code(), failure.line()));
    values.put("near", near(failure, files));
    values.put("output", printed(failed.run()));
    values.put("printed", DataFence.stripped(Truncation.middle(stdout(failed.run()), OUTPUT)));
    String cause = texts.fill("repair#" + section(failure.cause()), values);
    return texts.fill(
        "repair#fix",
        Map.of(
            "request",
            request,
            "attempt",
            String.valueOf(work.attempts().size() + 1),
            "attempts",
            String.valueOf(work.maxAttempts()),
            "code",
            DataFence.stripped(failed.code()),
            "cause",
            cause));
  }

  private static String section(AttemptFailure.Cause cause) {
    return switch (cause) {
      case NO_CODE -> "no-code";
      case CUT_OFF -> "cut-off";
      case SCREENED -> "screened";
      case QUERY_FAILED -> "query";
      case CRASHED -> "crashed";
      case BLOCKED -> "blocked";
      case TIME_LIMIT, MEMORY_LIMIT, OUTPUT_LIMIT, WORKER_LOST, STOPPED -> "limit";
      case PRINTED_NOTHING -> "nothing";
      case TRIVIAL_OUTPUT, ERROR_PRINTED, FILE_NOT_OPENED -> "unusable";
      case JUDGED_WRONG -> "wrong";
    };
  }

  private static String sourceLine(String code, int line) {
    List<String> lines = code.lines().toList();
    return line < 1 || line > lines.size()
        ? ""
        : "That line reads:\n" + DataFence.fenced("line", lines.get(line - 1).strip());
  }

  private static String stdout(@Nullable RunSummary run) {
    return run == null ? "" : run.stdout();
  }

  private static String printed(@Nullable RunSummary run) {
    String text = stdout(run);
    return text.isBlank()
        ? ""
        : "Until then it printed:\n" + DataFence.fenced("output", Truncation.middle(text, OUTPUT));
  }

  /** Columns and files that the program may have meant by a name that is not there. */
  private static String near(AttemptFailure failure, List<FileProfile> files) {
    boolean file = failure.signature().startsWith("FileNotFoundError");
    if (!file && !failure.signature().startsWith("KeyError")) {
      return "";
    }
    List<String> names =
        file
            ? files.stream().map(FileProfile::name).toList()
            : files.stream()
                .flatMap(f -> f.columns().stream())
                .map(FileProfile.Column::name)
                .toList();
    String message = failure.signature().substring(failure.signature().indexOf(' ') + 1);
    int open = message.indexOf('\'');
    int close = message.lastIndexOf('\'');
    String wanted = close > open ? message.substring(open + 1, close) : message;
    List<String> near = NearMiss.of(wanted, names);
    List<String> shown = near.isEmpty() ? names.stream().limit(40).toList() : near;
    if (shown.isEmpty()) {
      return "";
    }
    return (near.isEmpty() ? "Names that are there:\n" : "Names that are there and come near:\n")
        + DataFence.fenced("names", String.join("\n", shown));
  }
}
