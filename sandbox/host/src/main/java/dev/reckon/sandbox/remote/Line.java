package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.wire.FromHost;
import dev.reckon.sandbox.wire.HostCodec;
import dev.reckon.sandbox.wire.ToHost;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection, as either side has it. One thread reads; writers take turns; anybody may close
 * it, which ends what others wait for in it.
 */
final class Line implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();

  private Line(Socket socket, Socket secured) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(secured.getInputStream(), BUFFER);
    this.out = secured.getOutputStream();
  }

  /**
   * A connection to a host, once the host's certificate was checked. Takes as long as the network
   * does: the caller closes the socket when it takes too long.
   *
   * @param socket not yet connected
   */
  static Line connect(
      Socket socket, HostAddress address, Credentials credentials, Duration patience)
      throws IOException {
    socket.connect(address.resolved(), Math.toIntExact(patience.toMillis()));
    prepare(socket);
    if (!address.tls()) {
      return new Line(socket, socket);
    }
    SSLSocket secured =
        (SSLSocket)
            credentials
                .tls()
                .orElseThrow(() -> new IOException("TLS is not set up"))
                .getSocketFactory()
                .createSocket(socket, address.name(), address.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return new Line(socket, secured);
  }

  /** A connection that a bot has opened, once its certificate was checked where one is needed. */
  static Line accept(Socket socket, Credentials credentials) throws IOException {
    prepare(socket);
    if (credentials.tls().isEmpty()) {
      return new Line(socket, socket);
    }
    SSLSocket secured =
        (SSLSocket) credentials.tls().get().getSocketFactory().createSocket(socket, null, true);
    secured.setNeedClientAuth(credentials.mutual());
    secured.startHandshake();
    return new Line(socket, secured);
  }

  private static void prepare(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
  }

  /** From now on, reading fails when nothing has come for so long. */
  void expect(Duration silence) throws IOException {
    socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
  }

  void send(ToHost message) throws IOException {
    writing.lock();
    try {
      HostCodec.write(message, out);
    } finally {
      writing.unlock();
    }
  }

  void send(FromHost message) throws IOException {
    writing.lock();
    try {
      HostCodec.write(message, out);
    } finally {
      writing.unlock();
    }
  }

  /** Sends unless something else is being sent for that long; returns whether it did. */
  boolean sendWithin(Duration patience, ToHost message) throws IOException, InterruptedException {
    if (!writing.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    try {
      HostCodec.write(message, out);
      return true;
    } finally {
      writing.unlock();
    }
  }

  /** The next message from a host; null at the connection's end. */
  @Nullable FromHost fromHost(IntSupplier mostBytes) throws IOException {
    return HostCodec.readFromHost(in, mostBytes);
  }

  /** The next message from a bot; null at the connection's end. */
  @Nullable ToHost toHost(int mostBytes, IntConsumer announced) throws IOException {
    return HostCodec.readToHost(in, mostBytes, announced);
  }

  /** Closes the socket itself: a TLS socket's own closing waits for whoever writes to it. */
  @Override
  public void close() {
    quietly(socket);
  }

  static void quietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more, either way.
    }
  }
}
