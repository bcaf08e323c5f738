package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.wire.ToHost;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Which worker hosts a sandbox uses.
 *
 * @param hosts at least one
 * @param credentials what this side shows and asks for
 * @param service which of their pools
 * @param version of this program, which hosts compare with theirs
 * @param requireLockdown whether a host that lacks a layer of protection of its operating system is
 *     not used
 * @param patience how long a script waits while no host can be reached, before it counts as lost
 */
public record RemoteSettings(
    List<HostAddress> hosts,
    Credentials credentials,
    ToHost.Service service,
    String version,
    boolean requireLockdown,
    Duration patience) {
  public RemoteSettings {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("a remote sandbox needs a worker host");
    }
    Objects.requireNonNull(credentials);
    Objects.requireNonNull(service);
  }
}
