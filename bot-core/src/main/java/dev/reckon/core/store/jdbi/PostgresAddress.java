package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A JDBC address of a PostgreSQL database. Whatever the address says of TLS, schema and time-outs
 * goes to the driver as it is.
 *
 * @param place server and database, without anything secret
 * @param source connects to it
 */
record PostgresAddress(String place, PGSimpleDataSource source) {
  static final String PREFIX = "jdbc:postgresql:";

  private static final int CONNECT_SECONDS = 5;

  /** A server that says nothing for so long is as good as away; no statement takes that long. */
  private static final int SILENT_SECONDS = 60;

  /**
   * Reads an address.
   *
   * @throws StoreException when it cannot be meant
   */
  static PostgresAddress of(StoreAccess access) {
    String url = access.url();
    checkParameters(url);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setApplicationName("reckon");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SILENT_SECONDS);
    source.setTcpKeepAlive(true);
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          "store.url is not the address of a PostgreSQL database. Write"
              + " jdbc:postgresql://HOST:5432/DATABASE",
          e);
    }
    if (access.user() != null) {
      only("user", source.getUser());
      source.setUser(access.user());
    }
    if (access.password() != null) {
      only("password", source.getPassword());
      source.setPassword(access.password());
    }
    return new PostgresAddress(place(source), source);
  }

  private static void only(String name, @Nullable String inUrl) {
    if (inUrl != null) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          "store.url has a %s, and store.%s gives another. Leave it out of store.url."
              .formatted(name, name));
    }
  }

  /** The driver ignores a parameter that it does not know, even a misspelt sslmode. */
  private static void checkParameters(String url) {
    int begin = url.indexOf('?');
    if (begin < 0) {
      return;
    }
    for (String parameter : url.substring(begin + 1).split("&", -1)) {
      String name =
          URLDecoder.decode(parameter.replaceFirst("=.*", ""), StandardCharsets.UTF_8).strip();
      if (!name.isEmpty() && PGProperty.forName(name) == null) {
        throw new StoreException(
            Kind.CANNOT_OPEN,
            "store.url has the parameter \""
                + name
                + "\", which the PostgreSQL driver does not know. Check its spelling.");
      }
    }
  }

  private static String place(PGSimpleDataSource source) {
    StringBuilder place = new StringBuilder("PostgreSQL at ");
    String[] servers = source.getServerNames();
    int[] ports = source.getPortNumbers();
    for (int i = 0; i < servers.length; i++) {
      int port = i < ports.length && ports[i] != 0 ? ports[i] : 5432;
      place.append(i == 0 ? "" : ",").append(servers[i]).append(':').append(port);
    }
    String database = source.getDatabaseName();
    return place.append('/').append(database == null ? "" : database).toString();
  }
}
