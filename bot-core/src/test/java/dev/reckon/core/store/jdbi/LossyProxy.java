package dev.reckon.core.store.jdbi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A network between a store and its server that can be cut, and can lose an answer. */
final class LossyProxy implements AutoCloseable {
  private final int target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean loseCommit = new AtomicBoolean();
  private @Nullable ServerSocket server;

  LossyProxy(int target) throws IOException {
    this.target = target;
    ServerSocket first = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = first.getLocalPort();
    accept(first);
  }

  int port() {
    return port;
  }

  /** The next commit reaches the server; its answer reaches nobody. */
  void loseTheNextCommitsAnswer() {
    loseCommit.set(true);
  }

  /** Whether the answer was lost by now. */
  boolean hasLostIt() {
    return !loseCommit.get();
  }

  /** Ends all connections and lets no new one in. */
  synchronized void cut() throws IOException {
    if (server != null) {
      server.close();
    }
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  synchronized void restore() throws IOException {
    ServerSocket again = new ServerSocket();
    again.setReuseAddress(true);
    again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    accept(again);
  }

  private synchronized void accept(ServerSocket listening) {
    server = listening;
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listening.isClosed()) {
                try {
                  connect(listening, listening.accept());
                } catch (IOException e) {
                  return;
                }
              }
            });
  }

  private void connect(ServerSocket accepted, Socket client) throws IOException {
    Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
    synchronized (this) {
      open.add(client);
      open.add(behind);
      if (accepted.isClosed()) { // cut meanwhile
        client.close();
        behind.close();
        return;
      }
    }
    AtomicBoolean lost = new AtomicBoolean();
    Thread.ofVirtual().start(() -> pump(client, behind, lost, true));
    Thread.ofVirtual().start(() -> pump(behind, client, lost, false));
  }

  private void pump(Socket from, Socket to, AtomicBoolean lost, boolean toServer) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        if (toServer && text.contains("COMMIT") && loseCommit.compareAndSet(true, false)) {
          lost.set(true);
        }
        if (!toServer && lost.get()) {
          return;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side is gone, and so is the other.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() {
    try {
      cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
