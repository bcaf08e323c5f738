package dev.reckon.app;

import dev.reckon.adapters.cli.StoreAdmin;
import dev.reckon.adapters.s3.S3Settings;
import dev.reckon.core.label.Amounts;
import dev.reckon.core.store.Privacy.Forgetting;
import dev.reckon.core.store.Statistics.Figures;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoredObjects;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.SqliteRestore;
import dev.reckon.core.store.jdbi.StoreAccess;
import dev.reckon.core.store.jdbi.StoreCopy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The store, opened for one command at a time. */
record JdbiStoreAdmin(StoreAccess access, LargeFileSettings large, Path home, Clock clock)
    implements StoreAdmin {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Override
  public Backup backup(Optional<Path> target) throws IOException {
    try (JdbiStore store = open()) {
      Path copy =
          target
              .orElseGet(() -> store.file().map(this::usual).orElse(Path.of("reckon.db")))
              .toAbsolutePath();
      Path folder = copy.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      store.backup(copy);
      return new Backup(copy, apart(store));
    }
  }

  /** What is elsewhere and in no copy of the database. */
  private Optional<String> apart(JdbiStore store) {
    StoredObjects.Kept kept = store.objects().kept();
    return kept.objects() == 0
        ? Optional.empty()
        : Optional.of(
            "%d large files (%s) are in %s, and not in the copy."
                .formatted(
                    kept.objects(),
                    Amounts.size(kept.bytes()),
                    large
                        .objects()
                        .map(S3Settings::address)
                        .orElse("an object store that files.store does not name")));
  }

  private Path usual(Path file) {
    return file.resolveSibling("backups")
        .resolve("reckon-" + STAMP.format(clock.instant()) + ".db");
  }

  @Override
  public Optional<Path> restore(Path backup) {
    if (!access.url().startsWith(SQLITE)) {
      throw new StoreException(
          StoreException.Kind.CANNOT_OPEN,
          "The store is in a PostgreSQL database. Stop Reckon and restore its dump with the"
              + " server's own tool: pg_restore --clean --if-exists --dbname=DATABASE FILE");
    }
    return SqliteRestore.restore(access.url(), backup, clock);
  }

  @Override
  public Map<String, Long> copy(String from, String to, Consumer<String> say) {
    StoreAccess source = at(from);
    if (source.url().startsWith(SQLITE)) {
      mustExist(source.url());
    }
    Map<String, Long> rows = StoreCopy.copy(source, at(to), clock, say);
    try (JdbiStore store = JdbiStore.open(source, clock)) {
      apart(store)
          .ifPresent(
              where ->
                  say.accept(
                      where
                          + " They stay there, and both stores refer to them: keep files.store, and"
                          + " do not start Reckon on the old store again, since what is deleted in"
                          + " one is gone for both."));
    }
    return rows;
  }

  private StoreAccess at(String url) {
    return new StoreAccess(
        StoreSettings.absolute(url, home),
        access.user(),
        access.password(),
        access.connections(),
        access.patience());
  }

  @Override
  public void export(Optional<String> person, Path target) throws IOException {
    try (JdbiStore store = open();
        OutputStream out =
            new BufferedOutputStream(
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW))) {
      store.export().write(person, out);
    }
  }

  @Override
  public List<Figures> statistics(Instant from) {
    try (JdbiStore store = open()) {
      return store.statistics().since(from, Optional.empty());
    }
  }

  @Override
  public Forgetting forget(String person) {
    try (JdbiStore store = open()) {
      return store.privacy().forget(person);
    }
  }

  /** A command that looks at what is kept makes no new database. */
  private JdbiStore open() {
    if (access.url().startsWith(SQLITE)) {
      mustExist(access.url());
    }
    return JdbiStore.open(access, large.open(), clock);
  }

  private static void mustExist(String url) {
    if (!Files.exists(Path.of(url.substring(SQLITE.length())))) {
      throw new StoreException(
          StoreException.Kind.CANNOT_OPEN,
          "There is no database at " + url + " yet. Check store.url, or ask something first.");
    }
  }
}
