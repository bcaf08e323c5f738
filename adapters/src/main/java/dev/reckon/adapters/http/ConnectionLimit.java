package dev.reckon.adapters.http;

import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the open connections: one more than allowed closes the one that has been open the longest.
 * New callers, health checks among them, are served however many old connections do nothing. Safe
 * for any threads.
 */
final class ConnectionLimit implements Connection.Listener {
  private final int most;
  private final Set<Connection> open = new LinkedHashSet<>();

  ConnectionLimit(int most) {
    this.most = most;
  }

  @Override
  public void onOpened(Connection connection) {
    Connection surplus = add(connection);
    if (surplus != null) {
      surplus.getEndPoint().close();
    }
  }

  private synchronized @Nullable Connection add(Connection connection) {
    open.add(connection);
    if (open.size() <= most) {
      return null;
    }
    Connection oldest = open.iterator().next();
    open.remove(oldest);
    return oldest;
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    open.remove(connection);
  }
}
