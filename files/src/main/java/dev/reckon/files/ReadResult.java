package dev.reckon.files;

import java.util.List;

/**
 * What came of an attachment.
 *
 * @param files in the order of the attachment
 * @param notices sentences for the person who attached it: what was left out or changed, and what
 *     to do about it. Never empty when there are no files
 */
public record ReadResult(List<ReadFile> files, List<String> notices) {
  public ReadResult {
    files = List.copyOf(files);
    notices = List.copyOf(notices);
  }
}
