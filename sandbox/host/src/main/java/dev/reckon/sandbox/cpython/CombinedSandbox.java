package dev.reckon.sandbox.cpython;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Environment.Layer;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.Timing;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two engines behind one port. A script's syntax tree decides: one that imports a package which
 * only the second engine has runs there, every other on the first.
 *
 * <p>The second engine starts when it is first needed or asked about. It is used only where every
 * layer that it needs stands, so that no script can choose a weaker engine by what it imports.
 */
public final class CombinedSandbox implements Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(CombinedSandbox.class);
  private static final int REMEMBERED = 1_000;

  private final Sandbox first;
  private final Supplier<Optional<Sandbox>> opening;
  private final Set<String> layers;

  // Guarded by this.
  private @Nullable Sandbox second;
  private @Nullable CompletableFuture<Optional<Second>> usable;
  private boolean closed;

  /** Which engine a source was found to need; the oldest are forgotten. */
  private final Map<String, Boolean> needsSecond =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** Scripts whose source is being read, and the futures that their callers hold. */
  private final Map<Script, CompletableFuture<RunResult>> undecided =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /** The second engine, once it is known to be safe, and the packages that only it has. */
  private record Second(Sandbox sandbox, Environment environment, Set<String> packages) {}

  /**
   * Combines two engines; closing it closes both.
   *
   * @param first runs whatever it can
   * @param second asked at most once, when it is needed; empty where there is none
   * @param layers without which the second is not used
   */
  public CombinedSandbox(Sandbox first, Supplier<Optional<Sandbox>> second, Set<String> layers) {
    this.first = first;
    this.opening = second;
    this.layers = Set.copyOf(layers);
  }

  @Override
  public CompletableFuture<RunResult> submit(Script script) {
    return submit(script, () -> {});
  }

  @Override
  public CompletableFuture<RunResult> submit(Script script, Runnable taken) {
    Boolean known = needsSecond.get(script.source());
    if (known != null && !known) {
      return first.submit(script, taken);
    }
    CompletableFuture<RunResult> answer = new CompletableFuture<>();
    undecided.put(script, answer);
    var _ =
        answer.whenComplete(
            (result, fault) -> {
              if (answer.isCancelled()) {
                stop(script);
              }
            });
    CompletableFuture<?> decided =
        known == null ? inspect(script.source()) : CompletableFuture.completedFuture(known);
    var _ =
        decided
            .handle((read, fault) -> null)
            .thenCompose(ignored -> engineOf(script.source()))
            .whenComplete((engine, fault) -> hand(script, taken, fault == null ? engine : first));
    return answer;
  }

  private void hand(Script script, Runnable taken, Sandbox engine) {
    CompletableFuture<RunResult> answer = undecided.remove(script);
    if (answer == null) {
      return;
    }
    if (answer.isDone()) {
      return;
    }
    var _ =
        engine
            .submit(script, taken)
            .whenComplete(
                (result, fault) -> {
                  if (fault == null) {
                    answer.complete(result);
                  } else {
                    answer.completeExceptionally(fault);
                  }
                });
  }

  private CompletableFuture<Sandbox> engineOf(String source) {
    if (!Boolean.TRUE.equals(needsSecond.get(source))) {
      return CompletableFuture.completedFuture(first);
    }
    return usable().thenApply(found -> found.map(Second::sandbox).orElse(first));
  }

  @Override
  public void stop(Script script) {
    CompletableFuture<RunResult> waiting = undecided.remove(script);
    if (waiting != null) {
      waiting.complete(new RunResult.Stopped(Produced.NOTHING, Timing.NONE));
    }
    first.stop(script);
    opened().ifPresent(sandbox -> sandbox.stop(script));
  }

  @Override
  public CompletableFuture<Inspection> inspect(String source) {
    return first
        .inspect(source)
        .thenCompose(
            answer ->
                answer instanceof Inspection.Read(SourceReport report)
                    ? decide(source, report, answer)
                    : CompletableFuture.completedFuture(answer));
  }

  private CompletableFuture<Inspection> decide(
      String source, SourceReport report, Inspection answer) {
    Set<String> imports =
        report.imports().stream()
            .map(each -> each.module().split("\\.", 2)[0])
            .collect(Collectors.toSet());
    return first
        .environment()
        .thenCompose(
            environment -> {
              imports.removeAll(environment.modules());
              environment.packages().forEach(imports::remove);
              if (imports.isEmpty()) {
                needsSecond.put(source, false);
                return CompletableFuture.completedFuture(answer);
              }
              return usable()
                  .thenCompose(
                      found -> {
                        boolean needed =
                            found.isPresent()
                                && !Collections.disjoint(imports, found.get().packages());
                        needsSecond.put(source, needed);
                        // Read again by the Python that will run it, whose syntax may differ.
                        return needed
                            ? found.get().sandbox().inspect(source)
                            : CompletableFuture.completedFuture(answer);
                      });
            });
  }

  /** The first engine's, with the second's where there is one; starts the second. */
  @Override
  public CompletableFuture<Environment> environment() {
    return first
        .environment()
        .thenCombine(
            usable(),
            (environment, found) ->
                found.map(each -> environment.withSecond(each.environment())).orElse(environment));
  }

  @Override
  public Map<String, PoolStatus> engines() {
    Map<String, PoolStatus> engines = new TreeMap<>(Map.of("GraalPy", first.status()));
    opened().ifPresent(second -> engines.put("CPython", second.status()));
    return engines;
  }

  @Override
  public PoolStatus status() {
    PoolStatus one = first.status();
    return opened()
        .map(Sandbox::status)
        .map(
            two ->
                new PoolStatus(
                    one.workers() + two.workers(),
                    one.ready() + two.ready(),
                    one.busy() + two.busy(),
                    one.starting() + two.starting(),
                    one.queued() + two.queued(),
                    one.runs() + two.runs(),
                    one.killed() + two.killed(),
                    one.recycled() + two.recycled()))
        .orElse(one);
  }

  @Override
  public void close() {
    Optional<Sandbox> other;
    synchronized (this) {
      closed = true;
      other = Optional.ofNullable(second);
    }
    first.close();
    other.ifPresent(Sandbox::close);
  }

  private synchronized Optional<Sandbox> opened() {
    return Optional.ofNullable(second);
  }

  private synchronized CompletableFuture<Optional<Second>> usable() {
    if (usable == null) {
      usable = closed ? CompletableFuture.completedFuture(Optional.empty()) : start();
    }
    return usable;
  }

  private CompletableFuture<Optional<Second>> start() {
    second = opening.get().orElse(null);
    return second == null ? CompletableFuture.completedFuture(Optional.empty()) : usable(second);
  }

  private CompletableFuture<Optional<Second>> usable(Sandbox sandbox) {
    return sandbox
        .environment()
        .handle(
            (environment, fault) -> {
              if (fault != null) {
                LOG.warn("The second engine is not used: {}", fault.getMessage());
                return Optional.empty();
              }
              List<Layer> missing = missing(environment);
              if (!missing.isEmpty()) {
                LOG.warn(
                    "The second engine ({}) is not used, because these layers of protection are"
                        + " missing: {}. On a system that has them it is; sandbox.engine ="
                        + " \"cpython\" uses it as it is, see SECURITY.md",
                    environment.engine(),
                    missing.stream()
                        .map(layer -> layer.name() + " (" + layer.detail() + ")")
                        .collect(Collectors.joining(", ")));
                return Optional.empty();
              }
              return Optional.of(new Second(sandbox, environment, names(environment)));
            });
  }

  private List<Layer> missing(Environment environment) {
    Set<String> standing =
        environment.layers().stream()
            .filter(Layer::active)
            .map(Layer::name)
            .collect(Collectors.toSet());
    return layers.stream()
        .filter(name -> !standing.contains(name))
        .sorted()
        .map(
            name ->
                environment.layers().stream()
                    .filter(layer -> layer.name().equals(name))
                    .findFirst()
                    .orElse(new Layer(name, false, "nothing is known of it")))
        .toList();
  }

  /** A package is told with its version after a blank. */
  private static Set<String> names(Environment environment) {
    return environment.packages().stream()
        .map(each -> each.split(" ", 2)[0])
        .collect(Collectors.toUnmodifiableSet());
  }
}
