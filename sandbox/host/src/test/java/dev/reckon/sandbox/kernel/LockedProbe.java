package dev.reckon.sandbox.kernel;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Runs in a process of its own: locks itself and then tries what a guest would that is already out
 * of Python. Prints a line for each attempt that succeeded, and "tried" at the end.
 */
public final class LockedProbe {
  private LockedProbe() {}

  private interface Attempt {
    void make() throws IOException, InterruptedException;
  }

  /** The only argument is a directory that could be written before. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Path file = Files.writeString(directory.resolve("before"), "x");
    // Opening a channel once loads what later openings need.
    FileChannel.open(file).close();
    OsLockdown.engage()
        .forEach(
            layer -> System.out.println((layer.active() ? "stands " : "missing ") + layer.name()));
    Libc libc = new Libc();
    attempt("start a program", () -> new ProcessBuilder("/bin/true").start().waitFor());
    attempt("open a socket", () -> new ServerSocket(0).close());
    attempt("create a file", () -> Files.writeString(directory.resolve("after"), "x"));
    attempt("change a file", () -> FileChannel.open(file, StandardOpenOption.WRITE).close());
    attempt("delete a file", () -> Files.delete(file));
    attempt("make a directory", () -> Files.createDirectory(directory.resolve("folder")));
    for (int fork : new int[] {57, 58}) {
      attempt("fork by " + fork, () -> refused(libc.call(fork)));
    }
    attempt("fork by clone", () -> refused(libc.call(56, 17, 0, 0, 0, 0)));
    attempt("signal its parent", () -> refused(libc.call(62, parent(), 0)));
    attempt("trace its parent", () -> refused(libc.call(101, 16, parent())));
    System.out.println("tried");
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static long parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
  }

  private static void refused(long answer) throws IOException {
    if (answer < 0) {
      throw new IOException("refused: " + answer);
    }
  }

  private static void attempt(String what, Attempt attempt) {
    try {
      attempt.make();
      System.out.println("SUCCEEDED " + what);
    } catch (IOException | InterruptedException | LinkageError refused) {
      System.out.println("refused " + what);
    }
  }
}
