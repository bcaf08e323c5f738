package dev.reckon.adapters.sql;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.reckon.adapters.sql.SourceSettings.Source;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.DataSources;
import dev.reckon.core.source.QueryResult;
import java.io.IOException;
import java.io.Serial;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The databases of the configuration through JDBC. Each query gets a connection to itself, in a
 * read-only transaction that is rolled back. What drivers say goes into no log, since it may hold
 * addresses and credentials; people and models are told it without them.
 */
public final class JdbcSources implements DataSources, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcSources.class);

  /** What ending a query may take beyond its time. */
  private static final Duration SLACK = Duration.ofSeconds(1);

  private static final String CANCELLED = "57014";
  private static final String TOO_MANY = "53300";

  /** SQLSTATE's class of refused logins. */
  private static final String REFUSED_LOGIN = "28";

  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, Semaphore> gates = new LinkedHashMap<>();
  private final SourceSettings.Limits limits;
  private final Drivers drivers;
  private final Map<String, SourceConnections> connections = new LinkedHashMap<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("query-", 0).factory());
  private final SchemaCache schemas;

  public JdbcSources(SourceSettings settings) {
    this(settings, Ticker.systemTicker());
  }

  JdbcSources(SourceSettings settings, Ticker ticker) {
    this.limits = settings.limits();
    this.schemas = new SchemaCache(ticker);
    this.drivers = settings.sources().isEmpty() ? Drivers.none() : Drivers.of(settings.drivers());
    ReadOnlySession sessions = new ReadOnlySession(drivers, limits);
    for (Source source : settings.sources()) {
      sources.put(source.name(), source);
      gates.put(source.name(), new Semaphore(limits.atOnce(), true));
      connections.put(source.name(), new SourceConnections(source, sessions));
    }
  }

  @Override
  public List<String> names() {
    return List.copyOf(sources.keySet());
  }

  @Override
  public String description(Collection<String> names, String request, WaitListener waits)
      throws InterruptedException {
    List<Source> wanted = names.stream().map(sources::get).filter(each -> each != null).toList();
    StringBuilder text = new StringBuilder();
    for (Source source : wanted) {
      text.append(text.isEmpty() ? "" : "\n");
      try {
        text.append(
            SchemaText.of(
                source, schema(source, waits), request, limits.schemaTokens() / wanted.size()));
      } catch (UnreachableException _) {
        text.append(SchemaText.head(source)).append("It cannot be reached now.\n");
      }
    }
    return text.toString();
  }

  @Override
  public QueryResult run(DataQuery query, WaitListener waits) throws InterruptedException {
    Source source = sources.get(query.source());
    if (source == null) {
      return new QueryResult.Refused("there is no database called " + query.source());
    }
    try {
      AllowedQuery allowed = QueryCheck.allowed(query.sql(), query.values(), schema(source, waits));
      Running running = new Running();
      return within(source, waits, running, () -> queried(source, allowed, running));
    } catch (RefusedQueryException e) {
      return new QueryResult.Refused(e.reason());
    } catch (UnreachableException e) {
      return new QueryResult.Unreachable(e.reason());
    }
  }

  /** A line about each of a database's tables, for people. */
  List<String> tables(String name) throws InterruptedException {
    Source source = sources.get(name);
    try {
      return source == null
          ? List.of()
          : schema(source, WaitListener.NONE).shown().stream()
              .map(Schema.Table::name)
              .sorted()
              .toList();
    } catch (UnreachableException _) {
      return List.of();
    }
  }

  /** What it holds, in the configuration's words. */
  String about(String name) {
    Source source = sources.get(name);
    return source == null ? "" : source.description();
  }

  /**
   * What a database was found to have.
   *
   * @param tables how many may be queried
   * @param unmatched entries of the configuration that nothing in it is called
   */
  public record Checked(int tables, List<String> unmatched) {
    public Checked {
      unmatched = List.copyOf(unmatched);
    }
  }

  /**
   * Reads what a database has now, whatever was read before.
   *
   * @throws UnreachableException saying why it cannot be reached
   */
  public Checked check(String name) throws UnreachableException, InterruptedException {
    Source source = sources.get(name);
    if (source == null) {
      throw new UnreachableException("There is no database called " + name + ".");
    }
    schemas.forget(name);
    Schema schema = schema(source, WaitListener.NONE);
    return new Checked(schema.shown().size(), schema.unmatched());
  }

  private Schema schema(Source source, WaitListener waits)
      throws UnreachableException, InterruptedException {
    return schemas.of(
        source.name(), () -> within(source, waits, new Running(), () -> read(source)));
  }

  private Schema read(Source source) throws UnreachableException {
    try (SourceConnections.Lease lease = lease(source)) {
      Schema schema = new SchemaReader(source).read(lease.connection());
      schema
          .unmatched()
          .forEach(
              entry ->
                  LOG.warn(
                      "sources.{} has an entry that matches nothing: {}", source.name(), entry));
      lease.done();
      return schema;
    } catch (SQLException e) {
      throw unreachable(source, e);
    }
  }

  private QueryResult queried(Source source, AllowedQuery query, Running running)
      throws UnreachableException {
    SourceConnections.Lease lease;
    try {
      lease = lease(source);
    } catch (SQLException e) {
      throw unreachable(source, e);
    }
    try (lease;
        PreparedStatement statement = lease.connection().prepareStatement(query.sql())) {
      QueryResult result;
      try {
        statement.setFetchSize(500);
        statement.setMaxRows(limits.rows() + 1);
        statement.setQueryTimeout((int) limits.time().toSeconds());
        query.bind(statement, Dialect.of(source.url()));
        running.begins(statement);
        try (ResultSet rows = statement.executeQuery()) {
          result = CsvResult.of(rows, limits);
        }
      } finally {
        running.ends();
      }
      if (!running.isCancelled()) { // what cancels it may still be on its way to the server
        lease.done();
      }
      return result;
    } catch (SQLException e) {
      LOG.info(
          "a query of {} failed: {} {}",
          source.name(),
          e.getClass().getSimpleName(),
          e.getSQLState());
      return running.isCancelled() || CANCELLED.equals(e.getSQLState())
          ? tooLong()
          : new QueryResult.Refused("the database says: " + ReadOnlySession.told(e, source));
    }
  }

  private QueryResult tooLong() {
    return new QueryResult.Refused(
        "it took longer than "
            + limits.time().toSeconds()
            + " s (query.seconds); filter more, or join and sort less");
  }

  private static UnreachableException unreachable(Source source, SQLException e) {
    LOG.warn(
        "the database {} cannot be reached: {} {}",
        source.name(),
        e.getClass().getSimpleName(),
        e.getSQLState());
    if (e instanceof Drivers.MissingDriverException) {
      return new UnreachableException(
          "No driver knows the address of the database " + source.name() + ".");
    }
    String name = "The database " + source.name();
    if (Dialect.isMissingFile(source.url())) {
      return new UnreachableException(name + " cannot be reached: its file does not exist.");
    }
    return new UnreachableException(
        switch (e.getSQLState()) {
          case TOO_MANY -> name + " has no connection free for Reckon now.";
          case String state when state.startsWith(REFUSED_LOGIN) ->
              name + " refuses its user or password.";
          case null, default -> name + " cannot be reached now.";
        });
  }

  private SourceConnections.Lease lease(Source source) throws SQLException {
    return Objects.requireNonNull(connections.get(source.name())).lease();
  }

  /** Does it on a thread of its own, which can be left, as soon as there is a place for it. */
  private <T> T within(Source source, WaitListener waits, Running running, Callable<T> work)
      throws UnreachableException, InterruptedException {
    Semaphore gate = Objects.requireNonNull(gates.get(source.name()));
    enter(gate, source, waits);
    Future<T> done;
    try {
      done =
          threads.submit(
              () -> {
                try {
                  return work.call();
                } finally {
                  gate.release();
                }
              });
    } catch (RuntimeException e) {
      gate.release();
      throw e;
    }
    try {
      try {
        return done.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        running.cancel();
        return done.get(SLACK.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException _) {
      throw new UnreachableException("The database " + source.name() + " does not answer in time.");
    } catch (InterruptedException e) {
      running.cancel();
      throw e;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case UnreachableException known -> throw known;
        case RefusedQueryException known -> throw known;
        case null, default -> {
          logFault(source, e.getCause());
          throw new IllegalStateException("a query failed inside Reckon");
        }
      }
    }
  }

  /**
   * Waits for a place, in the order of arrival and without an end of its own: each one before it
   * has one, since drivers are given times for connecting and answering.
   */
  private static void enter(Semaphore gate, Source source, WaitListener waits)
      throws InterruptedException {
    if (gate.tryAcquire(0, TimeUnit.SECONDS)) { // without the zero it would go before others
      return;
    }
    waits.waiting("the database " + source.name(), gate.getQueueLength());
    try {
      gate.acquire();
    } finally {
      waits.working();
    }
  }

  /** The kind and the place of a fault, without its message, which may hold a driver's words. */
  private static void logFault(Source source, @Nullable Throwable fault) {
    if (fault != null) {
      StackTraceElement[] frames = fault.getStackTrace();
      LOG.error(
          "a query of {} failed inside Reckon: {} at {}",
          source.name(),
          fault.getClass().getName(),
          frames.length == 0 ? "an unknown place" : frames[0]);
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    connections.values().forEach(SourceConnections::close);
    drivers.close();
  }

  /** A statement in progress, which another thread may end. */
  private static final class Running {
    private @Nullable PreparedStatement statement;
    private boolean cancelled;

    synchronized void begins(PreparedStatement begun) throws SQLException {
      if (cancelled) {
        throw new SQLException("cancelled", CANCELLED);
      }
      statement = begun;
    }

    synchronized void ends() {
      statement = null;
    }

    synchronized boolean isCancelled() {
      return cancelled;
    }

    synchronized void cancel() {
      cancelled = true;
      if (statement != null) {
        try {
          statement.cancel();
        } catch (SQLException e) {
          LOG.info("a query could not be cancelled: {}", e.getSQLState());
        }
      }
    }
  }

  /** A database that cannot be reached; the message is for people. */
  public static final class UnreachableException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    UnreachableException(String reason) {
      super(reason);
    }

    /** The reason; never null. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }
}
