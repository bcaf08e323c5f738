package dev.reckon.adapters.telegram;

/**
 * Which chats are sent rich messages. Some clients show those as empty bubbles, and nothing tells a
 * bot, so each chat chooses after it has seen one. Safe for use by any number of threads.
 */
public interface RichChats {
  /** Whether a chat has chosen them, or {@code telegram.rich} where it has chosen nothing. */
  boolean wanted(long chat);

  /**
   * Records what a chat chose.
   *
   * @param person who chose it
   */
  void choose(long chat, boolean rich, String person);
}
