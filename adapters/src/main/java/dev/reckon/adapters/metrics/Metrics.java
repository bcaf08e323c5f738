package dev.reckon.adapters.metrics;

import dev.reckon.adapters.http.Endpoint;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.Backlog;
import dev.reckon.core.surface.Surface;
import dev.reckon.core.turn.effect.TurnDriver;
import dev.reckon.sandbox.PoolStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The registry of this program's figures, and the wrappers that fill it. Thread-safe. */
public final class Metrics implements AutoCloseable {
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** The registry holds what it reads weakly. */
  private final List<Supplier<?>> sources = new CopyOnWriteArrayList<>();

  /** A registry that has the figures of this process only, until something is measured. */
  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** Where Prometheus reads them. */
  public Endpoint endpoint() {
    return new Endpoint(
        Endpoint.Method.GET,
        "/metrics",
        context -> context.contentType(CONTENT_TYPE).result(registry.scrape()));
  }

  /** Counts turns by their end, with the time and the attempts that they took. */
  public TurnDriver measured(TurnDriver driver) {
    return new MeasuredDriver(driver, registry);
  }

  /** Times model calls by purpose and outcome, and counts their tokens. */
  public LanguageModel measured(LanguageModel model) {
    return new MeasuredModel(model, registry);
  }

  /** Counts deliveries: new, repeated, and those that could not be kept. */
  public Inbox measured(Inbox inbox) {
    return new MeasuredInbox(inbox, registry);
  }

  /** Times what is sent, by outcome: everything that did not go out at once is a retry to come. */
  public Surface measured(Surface surface) {
    return new MeasuredSurface(surface, registry);
  }

  /** Counts what the policy decides, by reason. */
  public Admission measured(Admission admission) {
    return new MeasuredAdmission(admission, registry);
  }

  /** How model calls went since the start, by purpose and outcome. */
  public List<CallFigures> modelCalls() {
    return registry.find(MeasuredModel.CALLS).timers().stream()
        .map(CallFigures::of)
        .sorted(Comparator.comparing(CallFigures::purpose).thenComparing(CallFigures::outcome))
        .toList();
  }

  /** Shows the sandbox's pool as it is whenever Prometheus asks. */
  public void watchPool(Supplier<PoolStatus> pool) {
    sources.add(pool);
    Gauge.builder("reckon.sandbox.workers.wanted", pool, p -> p.get().workers())
        .description("Workers that are wanted")
        .register(registry);
    String workers = "Workers, each in one state";
    gauge("reckon.sandbox.workers", workers, "state", "ready", pool, PoolStatus::ready);
    gauge("reckon.sandbox.workers", workers, "state", "busy", pool, PoolStatus::busy);
    gauge("reckon.sandbox.workers", workers, "state", "starting", pool, PoolStatus::starting);
    Gauge.builder("reckon.sandbox.queued", pool, p -> p.get().queued())
        .description("Scripts that wait for a worker")
        .register(registry);
    counter("reckon.sandbox.runs", "Scripts that were run", pool, PoolStatus::runs);
    counter("reckon.sandbox.killed", "Workers ended by force", pool, PoolStatus::killed);
    counter("reckon.sandbox.recycled", "Workers replaced as planned", pool, PoolStatus::recycled);
  }

  /**
   * Shows whether a worker host is used.
   *
   * @param used asked whenever Prometheus asks; must answer quickly
   */
  public void watchHost(String address, BooleanSupplier used) {
    Supplier<BooleanSupplier> source = () -> used;
    sources.add(source);
    gauge(
        "reckon.sandbox.host.usable",
        "Whether a worker host takes scripts: 1 or 0",
        "host",
        address,
        source,
        it -> it.getAsBoolean() ? 1 : 0);
  }

  /**
   * Shows what waits whenever Prometheus asks.
   *
   * @param backlog asked once per figure; must answer quickly
   */
  public void watchBacklog(Supplier<Backlog> backlog) {
    sources.add(backlog);
    String waiting = "What waits to be processed or sent";
    gauge("reckon.waiting", waiting, "what", "deliveries", backlog, Backlog::deliveries);
    gauge("reckon.waiting", waiting, "what", "replies", backlog, Backlog::replies);
    String oldest = "How long the oldest of them has waited";
    gauge(
        "reckon.waiting.oldest.seconds",
        oldest,
        "what",
        "deliveries",
        backlog,
        now -> now.oldestDelivery().toMillis() / 1000.0);
    gauge(
        "reckon.waiting.oldest.seconds",
        oldest,
        "what",
        "replies",
        backlog,
        now -> now.oldestReply().toMillis() / 1000.0);
  }

  /** Shows when each loop last succeeded, how often it failed and how often it was restarted. */
  public void watchLoops(List<SupervisedLoop> loops) {
    for (SupervisedLoop loop : loops) {
      Supplier<SupervisedLoop> source = () -> loop;
      sources.add(source);
      gauge(
          "reckon.loop.since.success.seconds",
          "How long ago the loop last succeeded",
          "loop",
          loop.name(),
          source,
          it -> it.sinceSuccess().toMillis() / 1000.0);
      FunctionCounter.builder("reckon.loop.failures", source, it -> it.get().failures())
          .description("How often a round of the loop failed")
          .tag("loop", loop.name())
          .register(registry);
      FunctionCounter.builder("reckon.loop.restarts", source, it -> it.get().restarts())
          .description("How often the loop hung and was restarted")
          .tag("loop", loop.name())
          .register(registry);
    }
  }

  MeterRegistry registry() {
    return registry;
  }

  private <T> void gauge(
      String name,
      String description,
      String tag,
      String value,
      Supplier<T> source,
      ToDoubleFunction<T> figure) {
    Gauge.builder(name, source, s -> figure.applyAsDouble(s.get()))
        .description(description)
        .tag(tag, value)
        .register(registry);
  }

  private <T> void counter(
      String name, String description, Supplier<T> source, ToDoubleFunction<T> figure) {
    FunctionCounter.builder(name, source, s -> figure.applyAsDouble(s.get()))
        .description(description)
        .register(registry);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
