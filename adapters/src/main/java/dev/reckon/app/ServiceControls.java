package dev.reckon.app;

import dev.reckon.adapters.cli.TerminalMessages;
import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.Readiness;
import dev.reckon.adapters.metrics.Metrics;
import dev.reckon.adapters.web.OperationsSources;
import dev.reckon.core.command.AdminCommands;
import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.loop.Watchdog;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionState;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.store.Housekeeping;
import dev.reckon.core.store.RecordedAdmission;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.StoreException;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.remote.HostState;
import dev.reckon.sandbox.remote.RemoteSandbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policy, metrics, health checks and housekeeping of a running service. */
final class ServiceControls implements AutoCloseable {
  private static final SupervisedLoop.Schedule WATCHDOG =
      new SupervisedLoop.Schedule(
          "watchdog", Duration.ofSeconds(5), Duration.ofMinutes(1), Backoff.DEFAULT);

  /** How soon what an administrator changed elsewhere is in force here. */
  private static final Duration POLICY = Duration.ofMillis(700);

  private final Settings settings;
  private final Store store;
  private final Metrics metrics = new Metrics();
  private final Admission admission;
  private final PolicyInForce policy;
  private final AdminCommands words;
  private final SupervisedLoop housekeeping;
  private final Optional<SupervisedLoop> storedObjects;
  private final Optional<SupervisedLoop> policyChanges;
  private final InstantSource clock;
  private volatile @Nullable SupervisedLoop watchdog;

  /** Begins to sweep; counts nothing until something is measured. */
  ServiceControls(Settings settings, Store store, InstantSource clock) {
    this.settings = settings;
    this.store = store;
    this.clock = clock;
    this.policy =
        new PolicyInForce(
            settings.policy(), store.policyChanges(), clock, TerminalMessages::isAtTerminal);
    Gatekeeper gatekeeper = new Gatekeeper(policy, store.ledger(), state(store, clock), clock);
    this.admission = metrics.measured(new RecordedAdmission(gatekeeper, store.audit()));
    this.words =
        new AdminCommands(
            store.statistics(), store.privacy(), store.audit(), gatekeeper, policy, clock);
    this.housekeeping = Housekeeping.start(store.privacy(), settings.retention(), clock);
    this.storedObjects =
        settings
            .service()
            .large()
            .objects()
            .map(_ -> Housekeeping.startObjects(store.objects(), clock));
    // One process alone makes all changes itself.
    this.policyChanges =
        store.replicas().isShared() ? Optional.of(refreshing(policy, clock)) : Optional.empty();
    metrics.watchBacklog(store::backlog);
  }

  private static SupervisedLoop refreshing(PolicyInForce policy, InstantSource clock) {
    return SupervisedLoop.every(
            POLICY,
            new SupervisedLoop.Schedule(
                "policy-changes", POLICY, Duration.ofMinutes(1), Backoff.IMPATIENT),
            policy::refresh,
            clock)
        .start();
  }

  /** One process alone knows all; several know it together. */
  private static AdmissionState state(Store store, InstantSource clock) {
    return store.replicas().isShared() ? store.admissionState() : new LocalAdmissionState(clock);
  }

  /** For the engine: who may, on the record. */
  Admission admission() {
    return admission;
  }

  /** For administrators' rights elsewhere. */
  PolicyInForce policy() {
    return policy;
  }

  /** For the vocabulary. */
  AdminCommands words() {
    return words;
  }

  /** For the operations page. */
  OperationsSources operations(Sandbox sandbox) {
    return new OperationsSources(
        store.operations(),
        store.statistics(),
        store::backlog,
        sandbox::engines,
        () ->
            metrics.modelCalls().stream()
                .map(
                    one ->
                        new OperationsSources.ModelCalls(
                            one.purpose(),
                            one.outcome(),
                            one.calls(),
                            one.median(),
                            one.p95(),
                            one.longest()))
                .toList(),
        policy,
        settings.inForce());
  }

  /** Measures whatever is wrapped by it. */
  Metrics metrics() {
    return metrics;
  }

  /** What the HTTP server adds to the surfaces' addresses. */
  List<Endpoint> endpoints() {
    return settings.http().metrics() ? List.of(metrics.endpoint()) : List.of();
  }

  /** What {@code /health/ready} asks besides the surfaces. */
  List<Readiness> readiness(Sandbox sandbox) {
    metrics.watchPool(sandbox::status);
    if (sandbox instanceof RemoteSandbox remote) {
      for (HostState host : remote.hosts()) {
        metrics.watchHost(
            host.address().toString(),
            () ->
                remote.hosts().stream()
                    .anyMatch(
                        each -> each.address().equals(host.address()) && each.problem().isEmpty()));
      }
    }
    List<Readiness> all = new ArrayList<>();
    all.add(new Readiness("store", this::storeAnswers));
    all.add(new Readiness("sandbox", () -> sandbox.status().serves()));
    if (storedObjects.isPresent()) {
      // Messages are accepted without it; those that need a large file wait.
      all.add(new Readiness("large files", store.objects()::answers, false));
    }
    return all;
  }

  /**
   * Restarts loops that hang, its own among them, until this is closed; but not while the store is
   * away. Call once.
   *
   * @return what readiness asks about them
   */
  List<Readiness> watch(List<SupervisedLoop> loops) {
    List<SupervisedLoop> all = new ArrayList<>(loops);
    all.add(housekeeping);
    storedObjects.ifPresent(all::add);
    policyChanges.ifPresent(all::add);
    metrics.watchLoops(all);
    Watchdog dog = new Watchdog(all, this::storeAnswers);
    watchdog = SupervisedLoop.every(WATCHDOG.first(), WATCHDOG, dog::look, clock).start();
    return all.stream()
        .map(loop -> new Readiness("loop " + loop.name(), () -> !loop.isStalled(), isNeeded(loop)))
        .toList();
  }

  /** What an object store holds for deleted files can wait for as long as that is away. */
  private boolean isNeeded(SupervisedLoop loop) {
    return !storedObjects.equals(Optional.of(loop));
  }

  private boolean storeAnswers() {
    try {
      return store.backlog().deliveries() >= 0;
    } catch (StoreException e) {
      return false;
    }
  }

  @Override
  public void close() {
    SupervisedLoop watching = watchdog;
    if (watching != null) {
      watching.close();
    }
    housekeeping.close();
    storedObjects.ifPresent(SupervisedLoop::close);
    policyChanges.ifPresent(SupervisedLoop::close);
    metrics.close();
  }
}
