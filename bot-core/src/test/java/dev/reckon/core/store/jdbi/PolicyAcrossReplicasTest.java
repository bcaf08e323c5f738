package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyChange;
import dev.reckon.core.policy.PolicyCommands;
import dev.reckon.core.policy.PolicyInForce;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Two processes on one PostgreSQL database whose administrators change the same value. */
class PolicyAcrossReplicasTest {
  private static final Person ADA = new Person("slack/T1/ADA", "Ada", Person.Role.MEMBER);
  private static final long MOST_SECONDS = 30;

  /** Looked at between reading the policy and writing: both replicas have read when it returns. */
  private static InstantSource meeting(CyclicBarrier both) {
    AtomicBoolean first = new AtomicBoolean(true);
    return () -> {
      if (first.getAndSet(false)) {
        try {
          both.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
      return Instant.EPOCH;
    };
  }

  @Test
  void namesThatTwoAddAtOnceAreBothInTheList() throws Exception {
    String url = PostgresServer.newest().fresh();
    CyclicBarrier both = new CyclicBarrier(2);
    try (JdbiStore one = JdbiStore.open(url, Clock.systemUTC());
        JdbiStore two = JdbiStore.open(url, Clock.systemUTC());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Reply> here = () -> commands(one, both).answer(ADA, "add blocked slack/T1/EVE");
      Callable<Reply> there = () -> commands(two, both).answer(ADA, "add blocked slack/T1/MAL");
      for (Future<Reply> done : threads.invokeAll(List.of(here, there))) {
        assertEquals(Reply.Kind.NOTICE, done.get().kind());
      }
      List<PolicyChange> all = one.policyChanges().all();
      assertEquals("", all.getFirst().previous());
      assertEquals(all.getFirst().value(), all.getLast().previous());
      assertEquals(
          Set.of("slack/T1/EVE", "slack/T1/MAL"),
          Set.of(String.valueOf(all.getLast().value()).split(", ")));
    }
  }

  private static PolicyCommands commands(JdbiStore store, CyclicBarrier both) {
    return new PolicyCommands(
        new PolicyInForce(Policy.STANDARD, store.policyChanges(), meeting(both), ADA.id()::equals));
  }
}
