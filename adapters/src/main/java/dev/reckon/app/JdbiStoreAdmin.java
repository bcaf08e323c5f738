package dev.reckon.app;

import dev.reckon.adapters.cli.StoreAdmin;
import dev.reckon.core.store.Privacy.Forgetting;
import dev.reckon.core.store.Statistics.Figures;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.SqliteRestore;
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
import java.util.Optional;

/** Opens the store for one command at a time. */
record JdbiStoreAdmin(String url, Clock clock) implements StoreAdmin {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Override
  public Path backup(Optional<Path> target) throws IOException {
    try (JdbiStore store = open()) {
      Path copy = target.orElseGet(() -> usual(store.file())).toAbsolutePath();
      Path folder = copy.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      store.backup(copy);
      return copy;
    }
  }

  private Path usual(Path file) {
    return file.resolveSibling("backups")
        .resolve("reckon-" + STAMP.format(clock.instant()) + ".db");
  }

  @Override
  public Optional<Path> restore(Path backup) {
    return SqliteRestore.restore(url, backup, clock);
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
    if (url.startsWith("jdbc:sqlite:")
        && !Files.exists(Path.of(url.substring("jdbc:sqlite:".length())))) {
      throw new StoreException(
          StoreException.Kind.CANNOT_OPEN,
          "There is no database at " + url + " yet. Check store.url, or ask something first.");
    }
    return JdbiStore.open(url, clock);
  }
}
