package dev.reckon.adapters.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets whose connections go through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6). The proxy
 * is given the address that was checked, never a name, so that it cannot look up another one. Safe
 * for use by any number of threads.
 */
final class TunnelSockets extends SocketFactory {
  /** What a proxy may say before the tunnel is open. */
  private static final int LONGEST_ANSWER = 16_384;

  private final InetSocketAddress proxy;

  /**
   * Sockets through a proxy.
   *
   * @param proxy unresolved: its name is looked up for each connection
   */
  TunnelSockets(InetSocketAddress proxy) {
    this.proxy = proxy;
  }

  @Override
  public Socket createSocket() {
    return new Tunnel();
  }

  @Override
  public Socket createSocket(String to, int toPort) {
    throw new UnsupportedOperationException("a tunnel is connected by its socket");
  }

  @Override
  public Socket createSocket(String to, int toPort, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("a tunnel is connected by its socket");
  }

  @Override
  public Socket createSocket(InetAddress to, int toPort) {
    throw new UnsupportedOperationException("a tunnel is connected by its socket");
  }

  @Override
  public Socket createSocket(InetAddress to, int toPort, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("a tunnel is connected by its socket");
  }

  /** Connects to the proxy, and through it to the address that it is given. */
  private final class Tunnel extends Socket {
    @Override
    public void connect(SocketAddress to, int timeout) throws IOException {
      if (!(to instanceof InetSocketAddress address) || address.isUnresolved()) {
        throw new IOException("a tunnel leads to an address, not to a name");
      }
      try {
        super.connect(new InetSocketAddress(proxy.getHostString(), proxy.getPort()), timeout);
      } catch (IOException e) {
        throw new ProxyException("the proxy cannot be reached (fetch.proxy)", true, e);
      }
      String target = literal(address.getAddress()) + ":" + address.getPort();
      String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
      getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      int status = status(answer(getInputStream()));
      if (status / 100 != 2) {
        throw new ProxyException(refusal(status), status >= 500, null);
      }
    }
  }

  private static String refusal(int status) {
    return switch (status) {
      case 0 -> "fetch.proxy does not name an HTTP proxy";
      case 407 -> "the proxy asks for credentials, and Reckon has none (fetch.proxy)";
      default -> "the proxy refuses to connect, with status " + status + " (fetch.proxy)";
    };
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  /** The head of an answer, byte by byte: what follows it belongs to the tunnel. */
  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < LONGEST_ANSWER) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
      if (next == '\n' && head.lastIndexOf("\r\n\r\n") == head.length() - 4) {
        return head.toString();
      }
    }
    return "";
  }

  /** The three digits of the first line; 0 where it has none. */
  private static int status(String head) {
    return head.matches("(?s)HTTP/1\\.[01] [1-5]\\d\\d[ \\r].*")
        ? Integer.parseInt(head.substring(9, 12))
        : 0;
  }

  /** The proxy did not open a tunnel; the message is for people. */
  static final class ProxyException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private final boolean passing;

    ProxyException(String reason, boolean passing, @Nullable Throwable e) {
      super(reason, e);
      this.passing = passing;
    }

    /** The reason; never null. */
    String reason() {
      return String.valueOf(getMessage());
    }

    /** Whether it may be another answer in a minute. */
    boolean isPassing() {
      return passing;
    }
  }
}
