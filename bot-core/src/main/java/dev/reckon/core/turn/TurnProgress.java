package dev.reckon.core.turn;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reckon.core.source.QueriedData;
import dev.reckon.core.source.QueryHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a turn has come to so far; every state but the last carries it.
 *
 * @param request what was asked
 * @param plan empty when one program answers
 * @param finished the attempts that ended a step, in the order of steps
 * @param attempts all of them, in order
 * @param data what queries came to so far, the latest last
 * @param missingFiles named by the request or opened by a program, and not there
 * @param usage of the model so far
 * @param spent time so far, without pauses between being saved and going on
 */
public record TurnProgress(
    TurnRequest request,
    List<PlanStep> plan,
    List<Attempt> finished,
    List<Attempt> attempts,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<QueriedData> data,
    List<String> missingFiles,
    Usage usage,
    Duration spent) {
  public TurnProgress {
    plan = List.copyOf(plan);
    finished = List.copyOf(finished);
    attempts = List.copyOf(attempts);
    data = List.copyOf(data);
    missingFiles = List.copyOf(missingFiles);
  }

  /** The step in progress, counted from 1. */
  public int step() {
    return finished.size() + 1;
  }

  /** How many steps there are, 1 without a plan. */
  public int steps() {
    return Math.max(1, plan.size());
  }

  /**
   * How many programs may be written in all: those of the settings, and one for each further step
   * of the plan, so that what the steps share is the number of repairs. A reply that was cut off is
   * asked for again and takes none of them.
   */
  public int maxAttempts() {
    return request.settings().maxAttempts() + steps() - 1 + (int) cutOffs();
  }

  private long cutOffs() {
    return attempts.stream().map(Attempt::failure).filter(TurnProgress::isCutOff).count();
  }

  private static boolean isCutOff(@Nullable AttemptFailure failure) {
    return failure != null && failure.cause() == AttemptFailure.Cause.CUT_OFF;
  }

  /** Whether the model's reply before was cut off, so that the next may be longer. */
  public boolean afterCutOff() {
    return !attempts.isEmpty() && isCutOff(attempts.getLast().failure());
  }

  /** The ceiling for the model's next reply, in tokens: doubled after one that was cut off. */
  public int replyTokens() {
    int tokens = request.settings().replyTokens();
    return afterCutOff() ? (int) Math.min(2L * tokens, Integer.MAX_VALUE) : tokens;
  }

  /** What the step in progress is to do: its title, or the whole request without a plan. */
  public String task() {
    return plan.isEmpty() ? request.text() : plan.get(step() - 1).title();
  }

  /** Files that earlier steps left, the latest of each name. */
  public List<TurnResult.ProducedFile> leftFiles() {
    Map<String, TurnResult.ProducedFile> latest = new LinkedHashMap<>();
    for (Attempt attempt : finished) {
      RunSummary run = attempt.run();
      if (run != null) {
        run.files().forEach(file -> latest.put(file.name(), file));
      }
    }
    return List.copyOf(latest.values());
  }

  TurnProgress withPlan(List<PlanStep> steps) {
    return new TurnProgress(request, steps, finished, attempts, data, missingFiles, usage, spent);
  }

  TurnProgress withAttempt(Attempt attempt) {
    return new TurnProgress(
        request, plan, finished, appended(attempts, attempt), data, missingFiles, usage, spent);
  }

  TurnProgress withFinished(Attempt attempt) {
    return new TurnProgress(
        request, plan, appended(finished, attempt), attempts, data, missingFiles, usage, spent);
  }

  /** What the queries of that program came to, as far as they ran. */
  public List<QueriedData> dataOf(String code) {
    return QueryHead.of(code).queries().stream()
        .flatMap(
            query -> data.reversed().stream().filter(one -> one.query().equals(query)).limit(1))
        .toList();
  }

  TurnProgress withData(List<QueriedData> fetched) {
    List<QueriedData> all = new ArrayList<>(data);
    fetched.stream().filter(one -> !data.contains(one)).forEach(all::add);
    return new TurnProgress(request, plan, finished, attempts, all, missingFiles, usage, spent);
  }

  TurnProgress withMissing(String name) {
    return missingFiles.contains(name)
        ? this
        : new TurnProgress(
            request, plan, finished, attempts, data, appended(missingFiles, name), usage, spent);
  }

  TurnProgress withUsage(Usage more) {
    return new TurnProgress(
        request, plan, finished, attempts, data, missingFiles, usage.plus(more), spent);
  }

  TurnProgress withSpent(Duration more) {
    return new TurnProgress(
        request, plan, finished, attempts, data, missingFiles, usage, spent.plus(more));
  }

  private static <T> List<T> appended(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
