package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyChange;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.policy.PolicyKey;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Two processes on one PostgreSQL database whose administrators change the same value. */
class PolicyAcrossReplicasTest {
  private static final String ADA = "slack/T1/ADA";

  /** Looked at between reading the policy and writing: both replicas have read when it returns. */
  private static InstantSource meeting(CyclicBarrier both) {
    AtomicBoolean first = new AtomicBoolean(true);
    return () -> {
      if (first.getAndSet(false)) {
        try {
          both.await();
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
      return Instant.EPOCH;
    };
  }

  @Test
  void eachChangeFollowsFromTheOneBefore() throws Exception {
    String url = PostgresServer.newest().fresh();
    CyclicBarrier both = new CyclicBarrier(2);
    try (JdbiStore one = JdbiStore.open(url, Clock.systemUTC());
        JdbiStore two = JdbiStore.open(url, Clock.systemUTC());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<PolicyChange> here = () -> policy(one, both).change(ADA, PolicyKey.GUESTS, "true");
      Callable<PolicyChange> there = () -> policy(two, both).change(ADA, PolicyKey.GUESTS, "true");
      for (Future<PolicyChange> done : threads.invokeAll(List.of(here, there))) {
        done.get();
      }
      List<PolicyChange> all = one.policyChanges().all();
      assertEquals(List.of("false", "true"), all.stream().map(PolicyChange::previous).toList());
    }
  }

  private static PolicyInForce policy(JdbiStore store, CyclicBarrier both) {
    return new PolicyInForce(Policy.STANDARD, store.policyChanges(), meeting(both));
  }
}
