package dev.reckon.adapters.slack;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Remembers which of its newer blocks Slack takes, until the program ends. A refusal may be about
 * one message only, so it counts for its conversation; it counts for the workspace once the same
 * block was refused in several conversations and taken in none between. Safe for use by any number
 * of threads.
 */
final class KnownBlocks {
  /** In so many conversations a block is refused before it is no longer tried. */
  private static final int ENOUGH = 3;

  private static final int MOST_CONVERSATIONS = 10_000;

  private final Cache<String, BlockSupport> conversations =
      Caffeine.newBuilder().maximumSize(MOST_CONVERSATIONS).build();

  private final Set<String> withoutCharts = new HashSet<>();
  private final Set<String> withoutSorting = new HashSet<>();
  private BlockSupport workspace = BlockSupport.FULL;

  /** What to try first in a conversation. */
  synchronized BlockSupport in(String conversation) {
    return Objects.requireNonNullElse(conversations.getIfPresent(conversation), BlockSupport.FULL)
        .and(workspace);
  }

  /** A message was taken. */
  synchronized void taken(BlockMessage message) {
    if (message.has(ChartBlock.TYPE)) {
      withoutCharts.clear();
    }
    if (message.has(DataTableBlock.TYPE)) {
      withoutSorting.clear();
    }
  }

  /**
   * A message was refused, and taken in the next plainer form.
   *
   * @param refused the last form that was refused
   * @param taken the form that was taken
   */
  synchronized void plainer(String conversation, BlockSupport refused, BlockSupport taken) {
    conversations.put(conversation, taken);
    boolean chart = refused.charts() && !taken.charts();
    Set<String> refusing = chart ? withoutCharts : withoutSorting;
    refusing.add(conversation);
    if (refusing.size() >= ENOUGH) {
      workspace =
          workspace.and(
              chart
                  ? new BlockSupport(BlockSupport.FULL.tables(), false)
                  : new BlockSupport(BlockSupport.TableForm.FIXED, true));
      refusing.clear();
    }
  }
}
