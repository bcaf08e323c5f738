package dev.reckon.core.delivery;

import dev.reckon.core.message.Language;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import dev.reckon.core.turn.effect.TurnDriver;
import dev.reckon.core.turn.effect.TurnJournal;
import dev.reckon.core.turn.effect.TurnSuspendedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Drives turns without a model: a request that says "wait" runs until it is interrupted or may end,
 * any other is answered with its own words, and a program that is a number with that number.
 */
final class FakeDriver implements TurnDriver {
  final List<TurnRequest> requests = new CopyOnWriteArrayList<>();
  final CountDownLatch waiting = new CountDownLatch(1);
  final CountDownLatch go = new CountDownLatch(1);
  private final TurnJournal journal;
  private volatile boolean suspended;
  private volatile String program = "";

  FakeDriver(TurnJournal journal) {
    this.journal = journal;
  }

  @Override
  public TurnResult drive(long turn, TurnState from, Consumer<TurnEvent> listener) {
    if (from instanceof TurnState.Done done) {
      return done.result();
    }
    TurnRequest request =
        switch (from) {
          case TurnState.Generating(var work) -> work.request();
          case TurnState.Screening(var work, var code) -> work.request();
          case TurnState.Executing(var work, var code, var facts) -> work.request();
          default -> throw new IllegalStateException("not a state this driver saves: " + from);
        };
    requests.add(request);
    listener.accept(
        new TurnEvent(turn, TurnEvent.Phase.GENERATING, 1, 1, 1, 3, "", Language.ENGLISH));
    TurnResult result = withProgram(result(turn, TurnStatus.VERIFIED, request));
    if (request.text().contains("crash")) {
      result = result(turn, TurnStatus.FAILED, request);
    }
    if (request.text().contains("wait")) {
      try {
        waiting.countDown();
        go.await();
      } catch (InterruptedException e) {
        if (suspended) {
          throw new TurnSuspendedException(turn);
        }
        result = result(turn, TurnStatus.CANCELLED, request);
      }
    }
    journal.save(turn, new TurnState.Done(result));
    return result;
  }

  /** From now on that program is the code of every answer. */
  void programs(String code) {
    program = code;
  }

  private TurnResult withProgram(TurnResult result) {
    return program.isEmpty()
        ? result
        : new TurnResult(
            result.turn(),
            result.status(),
            result.message(),
            result.output(),
            program,
            result.steps(),
            result.attempts(),
            result.verification(),
            result.files(),
            result.usage(),
            result.elapsed());
  }

  @Override
  public void suspend() {
    suspended = true;
  }

  static TurnResult result(long turn, TurnStatus status, TurnRequest request) {
    String given = request.givenCode();
    String output = given != null && given.matches("[0-9.]+") ? given : request.text();
    String code = given == null ? "print('" + request.text() + "')" : given;
    return new TurnResult(
        turn,
        given == null || status == TurnStatus.CANCELLED ? status : TurnStatus.NOT_JUDGED,
        "Because.",
        output,
        code,
        List.of(new TurnResult.Step("", "completed", output)),
        List.of(new TurnResult.Attempt(1, 1, code, "completed", output, null, null)),
        null,
        List.of(),
        Usage.NONE,
        Duration.ofMillis(5));
  }
}
