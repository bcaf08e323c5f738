package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import dev.reckon.adapters.sql.SourceSettings;
import dev.reckon.adapters.sql.SourceSettings.Limits;
import dev.reckon.adapters.sql.SourceSettings.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Databases that programs may query: the keys {@code sources.*} and {@code query.*}. */
final class DatabaseSettings {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

  private DatabaseSettings() {}

  static SourceSettings from(Configuration configuration, Path home) {
    Limits limits =
        new Limits(
            configuration.number("query.rows", 50_000, 1, 10_000_000),
            configuration.number("query.mib", 10, 1, 32) << 20,
            Duration.ofSeconds(configuration.number("query.seconds", 20, 1, 600)),
            configuration.number("query.at_once", 4, 1, 100),
            configuration.number("query.schema_tokens", 2_000, 200, 100_000));
    Path drivers = home.resolve(configuration.text("query.drivers", "drivers"));
    List<Source> sources = new ArrayList<>();
    for (String name : configuration.names("sources")) {
      sources.add(source(configuration, home, name));
    }
    return new SourceSettings(sources, limits, drivers);
  }

  private static Source source(Configuration configuration, Path home, String name) {
    String key = "sources." + Configuration.part(name) + ".";
    if (!NAME.matcher(name).matches()) {
      configuration.problem(
          "sources." + name, "a name has letters, digits, - and _, and begins with a letter");
    }
    String url = configuration.text(key + "url", "");
    if (!url.startsWith("jdbc:")) {
      configuration.problem(
          key + "url", "needs a JDBC address, such as jdbc:postgresql://HOST/NAME");
    }
    return new Source(
        name,
        absolute(url, home),
        configuration.text(key + "user", ""),
        password(configuration, home, key, name),
        configuration.text(key + "description", ""),
        configuration.text(key + "notes", ""),
        configuration.texts(key + "schemas", List.of()),
        configuration.texts(key + "tables", List.of()),
        configuration.texts(key + "hidden", List.of()));
  }

  /** A relative SQLite file is in Reckon's own folder, whatever the working directory is. */
  private static String absolute(String url, Path home) {
    boolean relative =
        url.startsWith(SQLITE) && !url.startsWith("file:", SQLITE.length()) && !url.contains("::");
    return relative ? SQLITE + home.resolve(url.substring(SQLITE.length())) : url;
  }

  private static Secret password(Configuration configuration, Path home, String key, String name) {
    String variable =
        "RECKON_SOURCE_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD";
    Secret given = configuration.secret(key + "password", variable);
    Optional<Path> file = FileKeys.path(configuration, key + "password_file", home);
    return given.isSet() || file.isEmpty()
        ? given
        : FileKeys.secret(configuration, key + "password_file", file.get()).orElse(given);
  }
}
