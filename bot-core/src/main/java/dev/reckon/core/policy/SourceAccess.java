package dev.reckon.core.policy;

import dev.reckon.core.message.Incoming;
import java.util.List;
import java.util.Set;

/** Decides who may query which database. Pure functions. */
public final class SourceAccess {
  private static final String ANYBODY = "any";

  private SourceAccess() {}

  /**
   * Those of the databases that the sender may query where the message was sent.
   *
   * @param sources names of all databases
   */
  public static List<String> allowed(Policy policy, List<String> sources, Incoming incoming) {
    if (policy.lists(PolicyKey.ADMINISTRATORS, incoming.person().id())) {
      return sources;
    }
    Set<String> listed = policy.names(PolicyKey.SOURCES);
    String channel = incoming.address().channel();
    List<String> who =
        List.of(
            ANYBODY,
            incoming.person().id(),
            incoming.team().id(),
            channel,
            incoming.address().surface() + "/" + channel);
    return sources.stream()
        .filter(source -> who.stream().anyMatch(one -> listed.contains(source + ":" + one)))
        .toList();
  }
}
