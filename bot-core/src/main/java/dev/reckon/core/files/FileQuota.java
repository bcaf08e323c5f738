package dev.reckon.core.files;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.Files;
import java.util.Optional;

/**
 * How much the files of a conversation and of its team may have together, whichever way they come
 * in. Safe for use by any number of threads; what holds until a file is stored takes a transaction.
 */
public record FileQuota(Files files, FileLimits limits) {
  /**
   * Why a file cannot be stored, in words for people; empty when there is room.
   *
   * @param bytes that are to be added
   */
  public Optional<String> refusal(ConversationId conversation, String name, long bytes) {
    if (files.bytesOf(conversation) + bytes > limits.conversationBytes()) {
      return Optional.of(
          "%s was not stored: the files of a conversation may have %d MiB together (files.conversation_mib). \"files\" lists them, \"drop NAME\" removes one."
              .formatted(name, limits.conversationBytes() >> 20));
    }
    if (files.bytesOfTeam(conversation) + bytes > limits.teamBytes()) {
      return Optional.of(
          "%s was not stored: the team's files have reached %d MiB together (files.team_mib). Drop some that are no longer needed."
              .formatted(name, limits.teamBytes() >> 20));
    }
    return Optional.empty();
  }
}
