package dev.reckon.core.files;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Language;
import dev.reckon.core.store.Files;
import java.util.Optional;

/**
 * How much the files of a conversation and of its team may have together, whichever way they come
 * in. Safe for use by any number of threads; what holds until a file is stored takes a transaction.
 */
public record FileQuota(Files files, FileLimits limits) {
  /**
   * Why a file cannot be stored, in a sentence for people; empty when there is room.
   *
   * @param bytes that are to be added
   */
  public Optional<String> refusal(
      ConversationId conversation, String name, long bytes, Language language) {
    if (files.bytesOf(conversation) + bytes > limits.conversationBytes()) {
      return Optional.of(
          Label.ATTACHED_CONVERSATION_FULL.in(language, name, limits.conversationBytes() >> 20));
    }
    if (files.bytesOfTeam(conversation) + bytes > limits.teamBytes()) {
      return Optional.of(Label.ATTACHED_TEAM_FULL.in(language, name, limits.teamBytes() >> 20));
    }
    return Optional.empty();
  }
}
