package dev.reckon.core.files;

import java.util.List;

/**
 * Reads untrusted files: archives, workbooks, text of any encoding, tables. Safe for use by any
 * number of threads.
 *
 * <p>Implementations read in another process, so that nothing in a file can harm this one: whatever
 * a file holds, the answer comes within a bounded time and has a bounded size.
 */
public interface FileImporter {
  /**
   * Reads one file; blocks until it is read or has failed.
   *
   * @throws InterruptedException if the calling thread is interrupted; reading is given up then
   */
  Result read(Request request) throws InterruptedException;

  /**
   * A file to read.
   *
   * @param tenant whose files may be read by one process one after another
   * @param queue who waits in line: requests of different queues get their turns fairly (a
   *     conversation, usually)
   * @param name as the person attached it
   * @param content not copied; nobody may change it
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way to the reader, compared by nobody
  record Request(String tenant, String queue, String name, byte[] content) {}

  /** What came of it. */
  sealed interface Result {}

  /**
   * It was read.
   *
   * @param files under names that programs can open, each another one
   * @param notices sentences for the person: what was left out or changed
   */
  record Read(List<ImportedFile> files, List<String> notices) implements Result {
    public Read {
      files = List.copyOf(files);
      notices = List.copyOf(notices);
    }
  }

  /**
   * It could not be read.
   *
   * @param message a sentence for the person that names the file and says what to do
   */
  record NotRead(String message) implements Result {}

  /**
   * A file that programs can open.
   *
   * @param name without folders, as programs open it
   * @param part what it is of the attachment: a path in an archive, a sheet; empty when the whole
   * @param content text is in UTF-8
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way to the store, compared by nobody
  record ImportedFile(String name, String part, byte[] content, FileProfile profile) {}
}
