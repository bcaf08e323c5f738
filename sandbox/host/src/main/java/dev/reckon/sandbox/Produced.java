package dev.reckon.sandbox;

import java.util.List;
import java.util.Set;

/**
 * What a script left behind.
 *
 * @param stdout the first bytes of standard output, decoded as UTF-8 with replacement
 * @param stderr likewise of standard error; the traceback of an uncaught error is not in it
 * @param droppedBytes of output that came after the limit and was not kept
 * @param files created or changed by the script, without hidden files and {@code __pycache__}
 * @param droppedFiles how many more files there were than limits allow to come back
 * @param read the names of those of its given files that it opened for reading, as far as known
 * @param charts what it says of figures that came back as files
 * @param engine what ran it, such as {@code GraalPy}; empty when it never ran
 */
public record Produced(
    String stdout,
    String stderr,
    long droppedBytes,
    List<SandboxFile> files,
    int droppedFiles,
    Set<String> read,
    List<Chart> charts,
    String engine) {
  public static final Produced NOTHING = new Produced("", "", 0, List.of(), 0);

  public Produced {
    files = List.copyOf(files);
    read = Set.copyOf(read);
    charts = List.copyOf(charts);
  }

  /** Of a script that opened none of its files. */
  public Produced(
      String stdout, String stderr, long droppedBytes, List<SandboxFile> files, int droppedFiles) {
    this(stdout, stderr, droppedBytes, files, droppedFiles, Set.of());
  }

  /** Of a script that drew nothing. */
  public Produced(
      String stdout,
      String stderr,
      long droppedBytes,
      List<SandboxFile> files,
      int droppedFiles,
      Set<String> read) {
    this(stdout, stderr, droppedBytes, files, droppedFiles, read, List.of(), "");
  }

  /** Whether any output was not kept. */
  public boolean truncated() {
    return droppedBytes > 0 || droppedFiles > 0;
  }
}
