package dev.reckon.core.store.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reckon.core.policy.AdmissionState;
import dev.reckon.core.policy.Ledger;
import dev.reckon.core.policy.PolicyChanges;
import dev.reckon.core.store.Audit;
import dev.reckon.core.store.Backlog;
import dev.reckon.core.store.Computations;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Export;
import dev.reckon.core.store.Feedback;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Installations;
import dev.reckon.core.store.LargeFiles;
import dev.reckon.core.store.Memory;
import dev.reckon.core.store.Offers;
import dev.reckon.core.store.Operations;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Privacy;
import dev.reckon.core.store.Replicas;
import dev.reckon.core.store.Schedules;
import dev.reckon.core.store.Statistics;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoredObjects;
import dev.reckon.core.store.Turns;
import dev.reckon.core.store.WebMessages;
import dev.reckon.core.store.WebSessions;
import dev.reckon.core.store.WebShares;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The store in a SQLite file or a PostgreSQL database. */
public final class JdbiStore implements Store {
  /** How long work waits for one of the pool's connections before it looks again. */
  private static final int CONNECTION_MS = 5_000;

  private final Engine engine;
  private final HikariDataSource pool;
  private final Database database;
  private final Conversations conversations;
  private final Deliveries deliveries;
  private final Replicas replicas;
  private final AdmissionState admissionState;
  private final Turns turns;
  private final Outbox outbox;
  private final Files files;
  private final FileContents contents;
  private final Computations computations;
  private final Schedules schedules;
  private final Memory memory;
  private final Feedback feedback;
  private final Preferences settings;
  private final Offers offers;
  private final JdbiAudit audit;
  private final JdbiStatistics statistics;
  private final Operations operations;
  private final JdbiPrivacy privacy;
  private final JdbiExport export;
  private final JdbiLedger ledger;
  private final JdbiPolicyChanges policyChanges;
  private final JdbiBacklog backlog;
  private final WebSessions webSessions;
  private final WebShares webShares;
  private final WebMessages webMessages;
  private final Installations installations;

  private JdbiStore(
      Engine engine, HikariDataSource pool, Database database, FileContents contents, Clock clock) {
    this.engine = engine;
    this.pool = pool;
    this.database = database;
    Json json = new Json();
    this.conversations = new JdbiConversations(database, json, clock);
    this.deliveries = new JdbiDeliveries(database, json, conversations, clock);
    String self =
        "%s/%d/%s"
            .formatted(
                Objects.requireNonNullElse(System.getenv("HOSTNAME"), "replica"),
                ProcessHandle.current().pid(),
                UUID.randomUUID());
    this.replicas = new JdbiReplicas(database, self);
    this.admissionState = new JdbiAdmissionState(database, self);
    this.turns = new JdbiTurns(database, json, clock);
    this.outbox = new JdbiOutbox(database, json, clock);
    this.contents = contents;
    this.files = new JdbiFiles(database, contents, clock);
    this.computations = new JdbiComputations(database, json, clock);
    this.schedules = new JdbiSchedules(database, json);
    this.memory = new JdbiMemory(database, clock);
    this.feedback = new JdbiFeedback(database, clock);
    this.settings = new JdbiSettings(database, clock);
    this.offers = new JdbiOffers(database, clock);
    this.audit = new JdbiAudit(database, clock);
    this.statistics = new JdbiStatistics(database);
    this.operations = new JdbiOperations(database);
    this.privacy = new JdbiPrivacy(database, contents, json, clock);
    this.export = new JdbiExport(database, contents, json);
    this.ledger = new JdbiLedger(database);
    this.policyChanges = new JdbiPolicyChanges(database);
    this.backlog = new JdbiBacklog(database, clock);
    this.webSessions = new JdbiWebSessions(database);
    this.webShares = new JdbiWebShares(database);
    this.webMessages = new JdbiWebMessages(database, json, clock);
    this.installations = new JdbiInstallations(database);
  }

  /** The same as {@link #open(StoreAccess, Clock)} for an address that says all. */
  public static JdbiStore open(String url, Clock clock) {
    return open(StoreAccess.of(url), clock);
  }

  /**
   * Opens the database, and brings it up to date. A SQLite file that this changes is backed up
   * first, in the same folder.
   *
   * @param access such as {@code jdbc:sqlite:/var/lib/reckon/reckon.db}, whose folder is made if
   *     missing, or {@code jdbc:postgresql://host/database}, which must be there
   * @throws StoreException when that is not possible
   */
  public static JdbiStore open(StoreAccess access, Clock clock) {
    return open(access, Optional.empty(), clock);
  }

  /**
   * The same with the contents of large files elsewhere.
   *
   * @param large where; closed with the store, or when it cannot be opened. Empty keeps them in the
   *     database.
   */
  public static JdbiStore open(StoreAccess access, Optional<LargeFiles> large, Clock clock) {
    JdbiStore store = openUnfinished(access, large, clock);
    try {
      if (store.database.readNow(StoreCopy::isUnfinished)) {
        throw new StoreException(
            StoreException.Kind.CANNOT_OPEN,
            "A copy into the database "
                + store.place()
                + " is not complete. Run the same `reckon store copy` again to continue.");
      }
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The same also where a copy into it is not complete. */
  static JdbiStore openUnfinished(StoreAccess access, Optional<LargeFiles> large, Clock clock) {
    Engine engine;
    try {
      engine = engine(access, clock);
      engine.bringUpToDate();
    } catch (RuntimeException e) {
      large.ifPresent(files -> files.objects().close());
      throw e;
    }
    HikariConfig config = new HikariConfig();
    config.setDataSource(engine.dataSource());
    config.setPoolName("store");
    config.setMaximumPoolSize(engine.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_MS);
    HikariDataSource pool = new HikariDataSource(config);
    Database database = new Database(pool, engine);
    FileContents contents = new FileContents(database, large, access.patience(), clock);
    return new JdbiStore(engine, pool, database, contents, clock);
  }

  private static Engine engine(StoreAccess access, Clock clock) {
    return access.url().startsWith(PostgresAddress.PREFIX)
        ? new PostgresEngine(access)
        : new SqliteEngine(SqliteAddress.of(access.url()), access.patience(), clock);
  }

  /** Where it lies, for messages: a file's path, or a server and its database. */
  public String place() {
    return engine.place();
  }

  /** The file that holds it, where one does. */
  public Optional<Path> file() {
    return engine instanceof SqliteEngine sqlite ? Optional.of(sqlite.file()) : Optional.empty();
  }

  /** For tests that look at what is done in it. */
  Database database() {
    return database;
  }

  /** The same database for whoever speaks to it directly. */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * Keeps other instances off until it is closed.
   *
   * @param lost called at most once, on another thread, when a database that was away let another
   *     instance take this one's place
   * @throws StoreException when another instance holds the lock
   */
  public AutoCloseable lockInstance(Runnable lost) {
    return engine.lockInstance(false, lost);
  }

  /**
   * Keeps off whoever wants the store alone until it is closed, and in a SQLite file everybody.
   *
   * @param lost as for {@link #lockInstance}
   * @throws StoreException when an instance has the store alone
   */
  public AutoCloseable shareInstance(Runnable lost) {
    return engine.lockInstance(true, lost);
  }

  /**
   * Whether nobody but the owner of its file can read it; some file systems have no such rights. A
   * server keeps its own.
   */
  public boolean closedToOthers() {
    Optional<Path> file = file();
    try {
      return file.isEmpty() || OwnerOnly.isClosed(file.get());
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAULT, "The rights of " + engine.place() + " cannot be read.", e);
    }
  }

  /** The version of the program that keeps the data, as it names it. */
  public String serverVersion() {
    try (Connection connection = pool.getConnection()) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw engine.translate(e);
    }
  }

  /** Looks the database over for damage, a file as a whole: what is wrong, or empty. */
  public Optional<String> damage() {
    return database.read(engine::damage);
  }

  @Override
  public Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public Replicas replicas() {
    return replicas;
  }

  @Override
  public Conversations conversations() {
    return conversations;
  }

  @Override
  public Turns turns() {
    return turns;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public Files files() {
    return files;
  }

  @Override
  public StoredObjects objects() {
    return contents;
  }

  @Override
  public Computations computations() {
    return computations;
  }

  @Override
  public Schedules schedules() {
    return schedules;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public Feedback feedback() {
    return feedback;
  }

  @Override
  public Preferences preferences() {
    return settings;
  }

  @Override
  public Offers offers() {
    return offers;
  }

  @Override
  public Audit audit() {
    return audit;
  }

  @Override
  public Statistics statistics() {
    return statistics;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public Privacy privacy() {
    return privacy;
  }

  @Override
  public Export export() {
    return export;
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public AdmissionState admissionState() {
    return admissionState;
  }

  @Override
  public PolicyChanges policyChanges() {
    return policyChanges;
  }

  @Override
  public WebSessions webSessions() {
    return webSessions;
  }

  @Override
  public WebShares webShares() {
    return webShares;
  }

  @Override
  public WebMessages webMessages() {
    return webMessages;
  }

  @Override
  public Installations installations() {
    return installations;
  }

  @Override
  public Backlog backlog() {
    return backlog.get();
  }

  /**
   * Copies the database to a new file while it is in use.
   *
   * @throws StoreException when there is such a file, it cannot be written, or the database is a
   *     server's, which has tools of its own for that
   */
  public void backup(Path target) {
    Path file =
        file()
            .orElseThrow(
                () ->
                    new StoreException(
                        StoreException.Kind.CANNOT_OPEN,
                        "The store is in "
                            + engine.place()
                            + ". Back it up with the server's own tool while Reckon runs:"
                            + " pg_dump --format=custom --file=reckon.dump DATABASE"));
    SqliteBackup.take(pool, new SqliteErrors(file), target.toAbsolutePath());
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return database.write(handle -> work.get());
  }

  @Override
  public void close() {
    contents.close();
    database.close();
    pool.close();
  }
}
