package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import dev.reckon.core.store.jdbi.StoreAccess;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where everything is remembered; a relative SQLite file is in Reckon's own folder. */
record StoreSettings(StoreAccess access) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final int MOST_CONNECTIONS = 500;

  /** Reads the keys {@code store.*}. */
  static StoreSettings from(Configuration configuration, Path home) {
    String url = configuration.text("store.url", "jdbc:sqlite:data/reckon.db");
    if (!url.startsWith("jdbc:")) {
      configuration.problem(
          "store.url",
          "a JDBC address is needed, such as jdbc:sqlite:/var/lib/reckon.db or"
              + " jdbc:postgresql://db.example.com/reckon");
    }
    if (url.matches("(?s).*[?&]password=.*")) {
      configuration.problem(
          "store.url",
          "a password does not belong here; set store.password or RECKON_STORE_PASSWORD");
    }
    String user = configuration.text("store.user", "RECKON_STORE_USER", "");
    Secret password = configuration.secret("store.password", "RECKON_STORE_PASSWORD");
    String file = configuration.text("store.password_file", "");
    int connections = configuration.number("store.connections", 0, 0, MOST_CONNECTIONS);
    int patience = configuration.number("store.patience_seconds", 180, 0, 86_400);
    return new StoreSettings(
        new StoreAccess(
            absolute(url, home),
            user.isEmpty() ? null : user,
            password.isSet() ? password.value() : password(configuration, home, file).orElse(null),
            connections == 0 ? StoreAccess.connectionsOfThisMachine() : connections,
            Duration.ofSeconds(patience)));
  }

  /**
   * Where the terminal's history lies: beside the database, or in Reckon's own folder where that is
   * no file.
   */
  Path history(Path home) {
    String name = "chat_history";
    String url = access.url();
    boolean file =
        url.startsWith(SQLITE)
            && !url.startsWith(SQLITE + ":")
            && !url.startsWith(SQLITE + "file:");
    return file
        ? Path.of(url.substring(SQLITE.length())).resolveSibling(name)
        : home.resolve("data").resolve(name);
  }

  /** The first line of the file. */
  private static Optional<String> password(Configuration configuration, Path home, String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Path file = home.resolve(name);
    try {
      Optional<String> first = Files.readString(file).lines().findFirst();
      if (first.filter(line -> !line.isEmpty()).isEmpty()) {
        configuration.problem("store.password_file", file + " is empty");
      }
      first.map(Secret::new).ifPresent(configuration::hide);
      return first;
    } catch (CharacterCodingException e) {
      configuration.problem("store.password_file", file + " is no UTF-8 text");
    } catch (IOException e) {
      configuration.problem("store.password_file", file + " cannot be read");
    }
    return Optional.empty();
  }

  /** The same address, a relative SQLite file in Reckon's own folder. */
  static String absolute(String url, Path home) {
    if (!url.startsWith(SQLITE)
        || url.startsWith(SQLITE + ":")
        || url.startsWith(SQLITE + "file:")) {
      return url;
    }
    return SQLITE + home.resolve(url.substring(SQLITE.length())).normalize();
  }
}
