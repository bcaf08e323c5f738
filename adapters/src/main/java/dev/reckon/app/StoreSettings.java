package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import java.nio.file.Path;

/**
 * Where data is stored.
 *
 * @param url a JDBC address; a relative SQLite path is resolved against Reckon's own folder
 */
record StoreSettings(String url) {
  private static final String SQLITE = "jdbc:sqlite:";

  /** Reads the keys {@code store.*}. */
  static StoreSettings from(Configuration configuration, Path home) {
    String url = configuration.text("store.url", "jdbc:sqlite:data/reckon.db");
    if (!url.startsWith("jdbc:")) {
      configuration.problem(
          "store.url", "a JDBC address is needed, such as jdbc:sqlite:/var/lib/reckon.db");
    }
    return new StoreSettings(absolute(url, home));
  }

  /**
   * Where the terminal's history lies: beside the database, or in Reckon's own folder where that is
   * no file.
   */
  Path history(Path home) {
    String name = "chat_history";
    boolean file =
        url.startsWith(SQLITE)
            && !url.startsWith(SQLITE + ":")
            && !url.startsWith(SQLITE + "file:");
    return file
        ? Path.of(url.substring(SQLITE.length())).resolveSibling(name)
        : home.resolve("data").resolve(name);
  }

  private static String absolute(String url, Path home) {
    if (!url.startsWith(SQLITE)
        || url.startsWith(SQLITE + ":")
        || url.startsWith(SQLITE + "file:")) {
      return url;
    }
    return SQLITE + home.resolve(url.substring(SQLITE.length())).normalize();
  }
}
