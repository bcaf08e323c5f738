package dev.reckon.adapters.sql;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Knows addresses such as {@code jdbc:fake:FILE}, which are SQLite's in truth. */
public final class FakeDriver implements Driver {
  /** What connections were told to wait for the network at most. */
  static final List<Integer> NETWORK_MILLIS = new CopyOnWriteArrayList<>();

  private static final String PREFIX = "jdbc:fake:";

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    Properties reading = new Properties();
    reading.setProperty("open_mode", "1");
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + url.substring(PREFIX.length()), reading);
    return (Connection)
        Proxy.newProxyInstance(
            FakeDriver.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("setNetworkTimeout")) {
                NETWORK_MILLIS.add((Integer) arguments[1]);
                return null;
              }
              return method.invoke(connection, arguments);
            });
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
