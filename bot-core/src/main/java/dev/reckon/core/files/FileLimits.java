package dev.reckon.core.files;

/**
 * Limits for attached files.
 *
 * @param fileBytes in one file, as it is kept: unpacked and in UTF-8
 * @param conversationBytes in a conversation's files together
 * @param teamBytes in the files of all conversations of a team
 * @param unpackedFiles files out of one archive or workbook
 */
public record FileLimits(
    long fileBytes, long conversationBytes, long teamBytes, int unpackedFiles) {
  /** 20 MiB a file, 100 MiB a conversation, 1 GiB a team, 50 files of an archive. */
  public static final FileLimits DEFAULT = new FileLimits(20L << 20, 100L << 20, 1L << 30, 50);

  public FileLimits {
    if (fileBytes < 1 || conversationBytes < 1 || teamBytes < 1 || unpackedFiles < 1) {
      throw new IllegalArgumentException("file limits must be positive");
    }
  }
}
