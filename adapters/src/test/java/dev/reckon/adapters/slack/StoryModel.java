package dev.reckon.adapters.slack;

import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.model.ModelRequest.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replies by what a call is for and what it says, so that turns may run side by side. Each reply is
 * given once; a call that none is written for fails the turn loudly.
 */
final class StoryModel implements LanguageModel {
  private record Line(Purpose purpose, String containing, String reply, AtomicInteger left) {}

  private final List<Line> lines = new ArrayList<>();
  final AtomicInteger calls = new AtomicInteger();
  final List<String> unexpected = new CopyOnWriteArrayList<>();

  /** For calls of a purpose that contain some text: this reply, so many times. */
  synchronized StoryModel on(Purpose purpose, String containing, String reply, int times) {
    lines.add(new Line(purpose, containing, reply, new AtomicInteger(times)));
    return this;
  }

  StoryModel code(String request, String python) {
    return on(Purpose.GENERATE, request, "```python\n" + python + "\n```", 1);
  }

  /** The judge finds the requirement met, by words of the output. */
  StoryModel judgeMet(String request, String quote) {
    return on(
        Purpose.JUDGE,
        request,
        "{\"requirements\":[{\"requirement\":\"the result\",\"kind\":\"measure\",\"quote\":\"%s\",\"mismatch\":\"\"}]}"
            .formatted(quote),
        1);
  }

  @Override
  public synchronized ModelReply complete(ModelRequest request) {
    calls.incrementAndGet();
    String said = request.messages().getLast().text();
    for (Line line : lines) {
      boolean fits =
          line.purpose() == request.purpose()
              && said.contains(line.containing())
              && line.left().get() > 0;
      if (fits) {
        line.left().decrementAndGet();
        return new ModelReply(line.reply(), "story", null);
      }
    }
    unexpected.add(request.purpose() + ": " + said);
    throw new IllegalStateException("no reply is written for " + request.purpose() + ": " + said);
  }

  @Override
  public String modelFor(Purpose purpose) {
    return "story";
  }
}
