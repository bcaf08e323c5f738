package dev.reckon.core.command;

import dev.reckon.core.files.FileQuota;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Language;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.TurnRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that a turn's program opens, as they were when the turn began: without what was
 * attached to its conversation later.
 */
final class UsedFiles {
  private final Files files;
  private final FileQuota quota;

  UsedFiles(FileQuota quota) {
    this.files = quota.files();
    this.quota = quota;
  }

  /**
   * Copies them into another conversation, except where that has a file of the same name: all of
   * them, or none if there is no room.
   *
   * @return why they were not copied, in words for people; empty when they are there
   */
  Optional<String> copy(TurnRecord turn, String code, ConversationId to, Language language) {
    List<StoredFile> then = files.listAt(turn.conversation(), turn.startedAt());
    List<String> opened =
        ProgramInputs.of(code, then.stream().map(StoredFile::name).toList()).files();
    List<StoredFile> wanted = new ArrayList<>();
    long bytes = 0;
    for (StoredFile file : then) {
      if (opened.contains(file.name()) && files.find(to, file.name()).isEmpty()) {
        bytes += file.bytes();
        Optional<String> refusal = quota.refusal(to, file.name(), bytes, language);
        if (refusal.isPresent()) {
          return refusal;
        }
        wanted.add(file);
      }
    }
    for (StoredFile file : wanted) {
      files.copy(file, to);
    }
    return Optional.empty();
  }
}
