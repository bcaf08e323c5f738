package dev.reckon.adapters.web;

import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import java.time.Duration;
import java.util.Set;

/**
 * How the browser's surface is served.
 *
 * @param person who signs in with the one-time link: the owner of this machine's store
 * @param team whose saved computations are theirs
 * @param hosts names besides this machine's own under which pages may be asked for, in small
 *     letters
 * @param session how long a browser stays signed in without being used
 * @param streams pages that may be open at once
 * @param streamsPerSession the same for one browser; one more closes the oldest
 * @param messageBytes the longest message with its files
 * @param noModel why no model can be asked; empty when one can
 */
public record WebSettings(
    Person person,
    Team team,
    Set<String> hosts,
    Duration session,
    int streams,
    int streamsPerSession,
    int messageBytes,
    String noModel) {
  public WebSettings {
    hosts = Set.copyOf(hosts);
    if (!session.isPositive() || streams < 1 || streamsPerSession < 1 || messageBytes < 1) {
      throw new IllegalArgumentException("limits of the browser's surface must be positive");
    }
  }
}
