package dev.reckon.core.delivery;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.Deliveries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One durable task for each conversation with something in its inbox, on db-scheduler in the
 * store's own database. Only for the holder of the instance lock.
 */
final class ConversationScheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConversationScheduler.class);
  private static final String TASK = "conversation";
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private final DataSource database;
  private final ConversationTask drain;
  private final Deliveries deliveries;
  private final Set<String> surfaces;
  private final CustomTask<Void> task;
  private final Scheduler scheduler;

  ConversationScheduler(
      DataSource database,
      ConversationTask drain,
      Deliveries deliveries,
      Set<String> surfaces,
      SchedulerSettings settings) {
    this.database = database;
    this.drain = drain;
    this.deliveries = deliveries;
    this.surfaces = Set.copyOf(surfaces);
    this.task =
        Tasks.custom(TASK, Void.class)
            .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(FIRST_RETRY, 2))
            .onDeadExecutionRevive()
            .execute((instance, context) -> run(new ConversationId(instance.getId())));
    RecurringTask<Void> sweep =
        Tasks.recurring("sweep", FixedDelay.of(settings.sweep()))
            .execute((instance, context) -> sweep());
    this.scheduler =
        Scheduler.create(database, task)
            .startTasks(sweep)
            .schedulerName(new SchedulerName.Fixed("reckon-" + ProcessHandle.current().pid()))
            .threads(settings.atOnce())
            .pollingInterval(settings.poll())
            .heartbeatInterval(settings.heartbeat())
            .missedHeartbeatsLimit(4)
            .enableImmediateExecution()
            .failureLogging(LogLevel.WARN, true)
            .shutdownMaxWait(Duration.ofSeconds(5))
            .build();
  }

  /** Takes up what an earlier process left behind, and everything that comes. */
  void start() {
    revive();
    scheduler.start();
    sweep();
  }

  /** Something waits in that conversation's inbox. */
  void wake(ConversationId conversation) {
    scheduler.schedule(
        SchedulableInstance.of(task.instance(conversation.value()), Instant.now()),
        ScheduleOptions.WHEN_EXISTS_DO_NOTHING);
  }

  private CompletionHandler<Void> run(ConversationId conversation) {
    boolean left = drain.drain(conversation);
    return (complete, operations) -> {
      operations.remove();
      // A delivery that came between the last look and the removal found this task in its way.
      if (!left && deliveries.next(conversation).isPresent()) {
        wake(conversation);
      }
    };
  }

  private void sweep() {
    deliveries.waiting(surfaces).forEach(this::wake);
  }

  /** The lock says that whoever had picked these is dead: there is no heartbeat to wait for. */
  private void revive() {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update scheduled_tasks set picked = 0, picked_by = null, last_heartbeat = null,"
                    + " execution_time = ?, version = version + 1 where picked = 1 or task_name"
                    + " = ?")) {
      update.setLong(1, System.currentTimeMillis());
      update.setString(2, TASK);
      int revived = update.executeUpdate();
      if (revived > 0) {
        LOG.info("Taking up {} tasks that an earlier process left", revived);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tasks of an earlier process cannot be read", e);
    }
  }

  /** From now on no conversation takes up anything more. */
  void closing() {
    drain.close();
    scheduler.pause();
  }

  @Override
  public void close() {
    closing();
    scheduler.stop();
  }
}
