package dev.reckon.sandbox.process;

import java.util.List;

/** JVM flags that every child needs whatever it does. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * The child ends when its heap is full; nothing but its own messages reaches its standard output;
   * it writes no file of its own and nobody attaches to it; messages are English, time is UTC, text
   * is UTF-8.
   */
  public static List<String> flags() {
    return List.of(
        "-XX:+ExitOnOutOfMemoryError",
        // The JVM's own log would go to standard output, which carries the protocol.
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        "-XX:+DisplayVMOutputToStderr",
        "-XX:+ErrorFileToStderr",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:-UsePerfData",
        "-XX:+DisableAttachMechanism",
        "-Duser.language=en",
        "-Duser.country=US",
        "-Duser.timezone=UTC",
        "-Dfile.encoding=UTF-8",
        "-Dstdout.encoding=UTF-8",
        "-Dstderr.encoding=UTF-8",
        "-Djava.awt.headless=true",
        "--enable-native-access=ALL-UNNAMED");
  }
}
