package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.process.Confinement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs in a process of its own, with a secret in its environment: starts a child that is not
 * confined to any files and reads what the kernel tells of its parent. Prints what the child says.
 */
public final class ReadParent {
  private ReadParent() {}

  /** The first argument says whether this process is "hidden" or "open". */
  public static void main(String[] arguments) throws InterruptedException {
    boolean hidden = arguments[0].equals("hidden");
    if (hidden) {
      System.out.println(Confinement.ofParent());
    }
    Thread spawner =
        Thread.ofPlatform()
            .start(
                () -> {
                  if (hidden) {
                    System.out.println(Confinement.withoutRootsRights());
                  }
                  read("/proc/self/status");
                  for (String of : List.of("environ", "maps", "auxv")) {
                    read("/proc/" + ProcessHandle.current().pid() + "/" + of);
                  }
                });
    spawner.join();
    System.out.println("tried");
  }

  private static void read(String file) {
    try {
      Process child = new ProcessBuilder("cat", "-v", file).redirectErrorStream(true).start();
      System.out.println(
          file + ": " + new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.out.println(file + ": " + e);
    }
  }
}
