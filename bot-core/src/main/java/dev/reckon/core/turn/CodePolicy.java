package dev.reckon.core.turn;

import java.util.List;

/**
 * What a program may not do, checked on its syntax tree before it runs. This is early feedback to
 * the model; the sandbox is what protects.
 *
 * @param forbiddenImports dotted module names; a name forbids its submodules too
 * @param forbiddenCalls dotted names of functions that may not be called, such as {@code os.system}
 * @param forbiddenAttributes dotted names that may not even be mentioned
 * @param maxLines the longest program
 */
public record CodePolicy(
    List<String> forbiddenImports,
    List<String> forbiddenCalls,
    List<String> forbiddenAttributes,
    int maxLines) {
  /** No processes, no network, no file deletion, no code from text, 100 lines. */
  public static final CodePolicy DEFAULT =
      new CodePolicy(
          List.of(
              "subprocess",
              "socket",
              "socketserver",
              "ssl",
              "urllib.request",
              "http.client",
              "http.server",
              "ftplib",
              "smtplib",
              "poplib",
              "imaplib",
              "telnetlib",
              "xmlrpc",
              "multiprocessing",
              "ctypes",
              "pty"),
          List.of(
              "eval",
              "exec",
              "compile",
              "__import__",
              "os.system",
              "os.popen",
              "os.fork",
              "os.kill",
              "os.remove",
              "os.unlink",
              "os.rmdir",
              "os.removedirs",
              "shutil.rmtree",
              "pathlib.Path.unlink",
              "pathlib.Path.rmdir"),
          List.of("__subclasses__", "__globals__", "__builtins__"),
          100);

  /**
   * The same without a ceiling on lines. That ceiling keeps a model to the point; what people wrote
   * or kept is as long as it is.
   */
  CodePolicy ofAnyLength() {
    return new CodePolicy(forbiddenImports, forbiddenCalls, forbiddenAttributes, Integer.MAX_VALUE);
  }

  public CodePolicy {
    forbiddenImports = List.copyOf(forbiddenImports);
    forbiddenCalls = List.copyOf(forbiddenCalls);
    forbiddenAttributes = List.copyOf(forbiddenAttributes);
    if (maxLines < 1) {
      throw new IllegalArgumentException("a program needs at least one line");
    }
  }
}
