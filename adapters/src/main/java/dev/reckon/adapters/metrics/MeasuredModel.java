package dev.reckon.adapters.metrics;

import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelException;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Model calls: how long, to what end, how many tokens. Time-outs and retries inside count as one.
 */
final class MeasuredModel implements LanguageModel {
  /** The name of the timer. */
  static final String CALLS = "reckon.model.calls";

  private final LanguageModel model;
  private final MeterRegistry registry;

  MeasuredModel(LanguageModel model, MeterRegistry registry) {
    this.model = model;
    this.registry = registry;
  }

  @Override
  public ModelReply complete(ModelRequest request) throws ModelException, InterruptedException {
    return complete(request, WaitListener.NONE);
  }

  @Override
  public ModelReply complete(ModelRequest request, WaitListener waits)
      throws ModelException, InterruptedException {
    String purpose = lower(request.purpose());
    Timer.Sample sample = Timer.start(registry);
    String outcome = "fault";
    try {
      ModelReply reply = model.complete(request, waits);
      outcome = "ok";
      count(purpose, reply.tokens());
      return reply;
    } catch (ModelException e) {
      outcome = lower(e.kind());
      throw e;
    } catch (InterruptedException e) {
      outcome = "cancelled";
      throw e;
    } finally {
      sample.stop(
          Timer.builder(CALLS)
              .description("Model calls, by purpose and outcome")
              .tag("purpose", purpose)
              .tag("outcome", outcome)
              .publishPercentileHistogram()
              .register(registry));
    }
  }

  @Override
  public String modelFor(ModelRequest.Purpose purpose) {
    return model.modelFor(purpose);
  }

  private void count(String purpose, ModelReply.@Nullable Tokens tokens) {
    if (tokens == null) {
      Counter.builder("reckon.model.replies.without.tokens")
          .description("Replies of servers that do not count tokens")
          .register(registry)
          .increment();
      return;
    }
    count(purpose, "input", tokens.input());
    count(purpose, "output", tokens.output());
  }

  private void count(String purpose, String direction, long tokens) {
    Counter.builder("reckon.model.tokens")
        .description("Tokens read and written by models")
        .tag("purpose", purpose)
        .tag("direction", direction)
        .register(registry)
        .increment((double) tokens);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
