package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import java.nio.file.Path;

/**
 * Where everything is remembered.
 *
 * @param url a JDBC address; a relative SQLite file lies in Reckon's own folder
 * @param user empty for SQLite
 * @param password likewise
 */
record StoreSettings(String url, String user, Secret password) {
  private static final String SQLITE = "jdbc:sqlite:";

  /** Reads the keys {@code store.*}. */
  static StoreSettings from(Configuration configuration, Path home) {
    String url = configuration.text("store.url", "jdbc:sqlite:data/reckon.db");
    if (!url.startsWith("jdbc:")) {
      configuration.problem(
          "store.url", "a JDBC address is needed, such as jdbc:sqlite:/var/lib/reckon.db");
    }
    return new StoreSettings(
        absolute(url, home),
        configuration.text("store.user", ""),
        configuration.secret("store.password", "RECKON_STORE_PASSWORD"));
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
