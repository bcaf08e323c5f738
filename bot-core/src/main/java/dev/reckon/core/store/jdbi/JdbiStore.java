package dev.reckon.core.store.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
import dev.reckon.core.store.Offers;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Privacy;
import dev.reckon.core.store.Statistics;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.Turns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The store in a SQLite file. */
public final class JdbiStore implements Store {
  static final int CONNECTIONS = 8;

  private final SqliteAddress address;
  private final HikariDataSource pool;
  private final Database database;
  private final Conversations conversations;
  private final Deliveries deliveries;
  private final Turns turns;
  private final Outbox outbox;
  private final Files files;
  private final Computations computations;
  private final Feedback feedback;
  private final Preferences settings;
  private final Offers offers;
  private final JdbiAudit audit;
  private final JdbiStatistics statistics;
  private final JdbiPrivacy privacy;
  private final JdbiExport export;
  private final JdbiLedger ledger;
  private final JdbiPolicyChanges policyChanges;
  private final JdbiBacklog backlog;

  private JdbiStore(SqliteAddress address, HikariDataSource pool, Database database, Clock clock) {
    this.address = address;
    this.pool = pool;
    this.database = database;
    Json json = new Json();
    this.conversations = new JdbiConversations(database, json, clock);
    this.deliveries = new JdbiDeliveries(database, json, conversations, clock);
    this.turns = new JdbiTurns(database, json, clock);
    this.outbox = new JdbiOutbox(database, json, clock);
    this.files = new JdbiFiles(database, clock);
    this.computations = new JdbiComputations(database, json, clock);
    this.feedback = new JdbiFeedback(database, clock);
    this.settings = new JdbiSettings(database, clock);
    this.offers = new JdbiOffers(database, clock);
    this.audit = new JdbiAudit(database, clock);
    this.statistics = new JdbiStatistics(database);
    this.privacy = new JdbiPrivacy(database, json, clock);
    this.export = new JdbiExport(database, json);
    this.ledger = new JdbiLedger(database);
    this.policyChanges = new JdbiPolicyChanges(database);
    this.backlog = new JdbiBacklog(database, clock);
  }

  /**
   * Opens the database and migrates it to the current version. Before a migration a backup is made
   * beside the file.
   *
   * @param url such as {@code jdbc:sqlite:/var/lib/reckon/reckon.db}; the folder is made if missing
   * @throws StoreException when that is not possible
   */
  public static JdbiStore open(String url, Clock clock) {
    SqliteAddress address = SqliteAddress.of(url);
    address.prepare();
    address.create();
    SqliteErrors errors = new SqliteErrors(address.file());
    DataSource source = address.dataSource();
    new Schema(address, source, errors, clock).bringUpToDate();
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("store");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    HikariDataSource pool = new HikariDataSource(config);
    return new JdbiStore(address, pool, new Database(pool, errors), clock);
  }

  /** The file that holds it. */
  public Path file() {
    return address.file();
  }

  /** For tests that look at what is done in it. */
  Database database() {
    return database;
  }

  /** The same database for a scheduler that lives in it. */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * Keeps other instances off until it is closed.
   *
   * @throws StoreException when another instance holds the lock
   */
  public AutoCloseable lockInstance() {
    return InstanceLock.acquire(address.file());
  }

  /**
   * Whether nobody but the owner of its file can read it; some file systems have no such rights.
   */
  public boolean closedToOthers() {
    try {
      return OwnerOnly.isClosed(address.file());
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAULT, "The rights of " + address.file() + " cannot be read.", e);
    }
  }

  /** Reads the whole database for damage: what is wrong, or empty. */
  public Optional<String> damage() {
    String answer =
        database.read(
            handle -> handle.createQuery("pragma quick_check(1)").mapTo(String.class).one());
    return answer.equals("ok") ? Optional.empty() : Optional.of(answer);
  }

  @Override
  public Deliveries deliveries() {
    return deliveries;
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
  public Computations computations() {
    return computations;
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
  public PolicyChanges policyChanges() {
    return policyChanges;
  }

  @Override
  public Backlog backlog() {
    return backlog.get();
  }

  /**
   * Copies the database to a new file while it is in use.
   *
   * @throws StoreException when there is such a file, or it cannot be written
   */
  public void backup(Path target) {
    SqliteBackup.take(pool, new SqliteErrors(address.file()), target.toAbsolutePath());
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return database.write(handle -> work.get());
  }

  @Override
  public void close() {
    pool.close();
  }
}
