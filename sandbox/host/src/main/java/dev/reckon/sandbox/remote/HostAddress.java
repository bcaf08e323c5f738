package dev.reckon.sandbox.remote;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where a worker host listens.
 *
 * @param tls whether connections are encrypted; without, the address is on this machine
 * @param name the host's name or address, without brackets
 */
public record HostAddress(boolean tls, String name, int port) {
  public HostAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 1 to 65535");
    }
    if (!tls && !isLoopback(name)) {
      throw new IllegalArgumentException(
          name
              + " is another machine, and plain:// would send programs and data unencrypted; use"
              + " tls://");
    }
  }

  /**
   * Reads an address such as {@code tls://workers.example.org:7443} or {@code
   * plain://127.0.0.1:7443}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static HostAddress parse(String text) {
    URI uri;
    try {
      uri = URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(form(text), e);
    }
    String host = uri.getHost();
    boolean tls = "tls".equals(uri.getScheme());
    if (host == null
        || !(tls || "plain".equals(uri.getScheme()))
        || !uri.getRawPath().isEmpty()
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(form(text));
    }
    return new HostAddress(tls, unbracketed(host), uri.getPort());
  }

  /** Whether only this machine can reach the name: a loopback address, or {@code localhost}. */
  public static boolean isLoopback(String name) {
    if (name.equals("localhost")) {
      return true;
    }
    boolean literal = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    try {
      return literal && InetAddress.getByName(name).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The address with its name looked up now. */
  InetSocketAddress resolved() {
    return new InetSocketAddress(name, port);
  }

  /** The address in the brackets that IPv6 needs before a port, or the name itself. */
  public static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static String form(String text) {
    return "\"" + text + "\" is no worker host; write tls://HOST:PORT, or plain://127.0.0.1:PORT";
  }

  @Override
  public String toString() {
    String host = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
    return (tls ? "tls://" : "plain://") + host + ":" + port;
  }
}
