package dev.reckon.adapters.web;

import dev.reckon.core.store.WebSessions.Identity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A reverse proxy in front of this server that has signed people in, and says in a header who they
 * are. The header counts only where the connection comes from one of the proxy's addresses; the
 * proxy has to remove what a browser sends under that name.
 *
 * @param header its name
 * @param addresses from which the proxy connects; literal addresses, not names
 * @param person what a person's id is, with {@code *} for the header's value
 * @param team the id of the team of everybody who comes that way
 */
public record ProxySignIn(String header, Set<String> addresses, String person, String team) {
  /** In sessions. */
  static final String PROVIDER = "proxy";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,60}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._@+-]{1,100}");

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one cannot be used; the message names it
   */
  public ProxySignIn {
    if (!NAME.matcher(header).matches()) {
      throw new IllegalArgumentException(
          "web.proxy_header must be a header's name, such as X-Forwarded-User");
    }
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException(
          "web.proxy_addresses must name the addresses from which the proxy connects");
    }
    Set<String> normal = new HashSet<>();
    for (String address : addresses) {
      normal.add(
          normal(address)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "web.proxy_addresses: \"%s\" is no IP address".formatted(address))));
    }
    addresses = Set.copyOf(normal);
    if (person.indexOf('*') < 0 || person.indexOf('*') != person.lastIndexOf('*')) {
      throw new IllegalArgumentException(
          "web.proxy_person must contain one *, which stands for the header's value");
    }
    if (person.startsWith("*") || person.startsWith("terminal/") || person.startsWith("web/")) {
      throw new IllegalArgumentException(
          "web.proxy_person must begin with whose people they are, such as slack/T0123/ or proxy/");
    }
    if (team.isBlank()) {
      throw new IllegalArgumentException("web.proxy_team must not be empty");
    }
  }

  private static Optional<String> normal(String address) {
    if (!ADDRESS.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address).getHostAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether that value of the header is the name of somebody who came that way. */
  boolean names(String value, Identity who) {
    return VALUE.matcher(value).matches() && person.replace("*", value).equals(who.person());
  }

  /**
   * Who the proxy says it is.
   *
   * @param from the address of the connection, not what a header says of it
   * @param values every value of the header in the request
   */
  Optional<Identity> identity(String from, List<String> values) {
    boolean trusted = normal(from).filter(addresses::contains).isPresent();
    if (!trusted || values.size() != 1 || !VALUE.matcher(values.getFirst()).matches()) {
      return Optional.empty();
    }
    String name = values.getFirst();
    return Optional.of(new Identity(person.replace("*", name), name, team, "", PROVIDER));
  }
}
