package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.process.StderrTail;
import dev.reckon.sandbox.wire.FromHost;
import dev.reckon.sandbox.wire.HostCodec;
import dev.reckon.sandbox.wire.ToHost;
import dev.reckon.sandbox.wire.WireException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Opens a bot's connections to one host, and introduces the bot there. Stateless. */
record HostConnector(HostAddress address, RemoteSettings settings, ScheduledExecutorService clock) {
  /** For connecting, TLS, and the introduction together. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /**
   * A connection that the host has accepted.
   *
   * @param version of the host's program
   */
  record Connected(Line line, String version) {}

  /**
   * Opens one more.
   *
   * @throws IOException when the host does not answer in time, is another one, or refuses
   */
  Connected connect() throws IOException {
    Socket socket = new Socket();
    Future<?> deadline =
        clock.schedule(() -> Line.quietly(socket), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    try {
      Line line = Line.connect(socket, address, settings.credentials(), LIMIT);
      return new Connected(line, introduce(line));
    } catch (IOException e) {
      Line.quietly(socket);
      throw deadline.isDone() && !deadline.isCancelled()
          ? new IOException("no answer within " + LIMIT.toSeconds() + " s", e)
          : e;
    } catch (RuntimeException e) {
      Line.quietly(socket);
      throw e;
    } finally {
      deadline.cancel(false);
    }
  }

  /**
   * Returns the host's version. In TLS 1.3 a host looks at a bot's certificate when the bot is
   * already connected, so a refused certificate shows here.
   */
  private String introduce(Line line) throws IOException {
    FromHost answer;
    try {
      line.send(
          new ToHost.Hello(HostCodec.PROTOCOL, settings.version(), settings.credentials().token()));
      answer = line.fromHost(() -> HostCodec.MAX_HELLO_BYTES);
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          address.tls()
              ? "it does not accept this side's certificate, or ended the connection"
                  + " (worker.certificate): "
                  + e.getMessage()
              : "it ended the connection: " + e.getMessage(),
          e);
    }
    return switch (answer) {
      case FromHost.Welcome(String there) -> StderrTail.line(there);
      case FromHost.Refused(String reason) ->
          throw new IOException("it refuses: " + StderrTail.line(reason));
      case null, default -> throw new WireException("it did not introduce itself");
    };
  }
}
