package dev.reckon.sandbox;

import java.util.List;

/**
 * What a script left behind.
 *
 * @param stdout the first bytes of standard output, decoded as UTF-8 with replacement
 * @param stderr likewise of standard error; the traceback of an uncaught error is not in it
 * @param droppedBytes of output that came after the limit and was not kept
 * @param files created or changed by the script, without hidden files and {@code __pycache__}
 * @param droppedFiles how many more files there were than limits allow to come back
 */
public record Produced(
    String stdout, String stderr, long droppedBytes, List<SandboxFile> files, int droppedFiles) {
  public static final Produced NOTHING = new Produced("", "", 0, List.of(), 0);

  public Produced {
    files = List.copyOf(files);
  }

  /** Whether any output was not kept. */
  public boolean truncated() {
    return droppedBytes > 0 || droppedFiles > 0;
  }
}
