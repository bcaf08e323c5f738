package dev.reckon.adapters.cli;

import dev.reckon.core.message.ConversationId;
import java.util.List;
import java.util.Optional;

/** What the store has for a conversation at the terminal. */
public interface ChatMemory {
  /**
   * A file of a conversation.
   *
   * @param computed whether a run made it
   */
  record Kept(String id, String name, boolean computed) {}

  /** The names of saved computations. */
  List<String> computations();

  /** The conversation's files by name. */
  List<Kept> files(ConversationId conversation);

  /** A file's content, or empty when it has expired. */
  Optional<byte[]> read(String id);
}
