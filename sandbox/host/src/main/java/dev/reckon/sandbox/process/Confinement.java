package dev.reckon.sandbox.process;

import dev.reckon.sandbox.Environment.Layer;
import dev.reckon.sandbox.kernel.Architecture;
import dev.reckon.sandbox.kernel.Capabilities;
import dev.reckon.sandbox.kernel.Landlock;
import dev.reckon.sandbox.kernel.Libc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The layers that stand on the parent's side of a child, before the child has run at all. */
public final class Confinement {
  /** What every program on Linux loads before it does anything: the linker, libc, the clock. */
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/lib"),
          Path.of("/lib64"),
          Path.of("/usr/lib"),
          Path.of("/usr/lib64"),
          Path.of("/etc/ld.so.cache"),
          Path.of("/etc/ld.so.preload"),
          Path.of("/dev/urandom"),
          Path.of("/dev/random"));

  /** What the kernel lets a JVM know about the machine, none of it secret. */
  private static final List<Path> MACHINE =
      List.of(Path.of("/proc/cpuinfo"), Path.of("/proc/meminfo"), Path.of("/sys/devices/system"));

  private static final int PR_SET_DUMPABLE = 4;

  private Confinement() {}

  /**
   * Puts up all of them on the calling thread, and so around every child that it will start.
   *
   * @param readable what its children may read besides the system's libraries; they write nothing
   */
  public static List<Layer> ofChildren(List<Path> readable) {
    Layer parent = ofParent();
    // Before Landlock, behind which classes that lie elsewhere could not be loaded any more.
    Layer capabilities = withoutRootsRights();
    return List.of(parent, ofThisThread(readable), capabilities);
  }

  /** Confines the calling thread, and so every child that it will start. */
  static Layer ofThisThread(List<Path> readable) {
    Optional<Architecture> architecture = Architecture.current();
    if (architecture.isEmpty()) {
      return new Layer("landlock", false, "not Linux on x86-64 or aarch64 here");
    }
    Landlock landlock = new Landlock(architecture.get());
    long answer = landlock.restrictToReading(withSystem(readable));
    return answer == 0
        ? new Layer(
            "landlock",
            true,
            "reads only its runtime and libraries, writes nothing (version "
                + landlock.version()
                + ")")
        : new Layer("landlock", false, "the kernel refused it (error " + -answer + ")");
  }

  /** Takes root's rights from the calling thread, and so from every child that it will start. */
  public static Layer withoutRootsRights() {
    return Architecture.current()
        .map(architecture -> new Capabilities(architecture).giveUp())
        .map(
            answer ->
                answer == 0
                    ? new Layer(
                        "capabilities", true, "a child that root starts has no rights of root's")
                    : new Layer(
                        "capabilities", false, "the kernel refused it (error " + -answer + ")"))
        .orElseGet(() -> new Layer("capabilities", false, "not Linux on x86-64 or aarch64 here"));
  }

  /** Hides this process's memory and environment from others of the same user. */
  public static Layer ofParent() {
    Optional<Architecture> architecture = Architecture.current();
    if (architecture.isEmpty()) {
      return new Layer("parent-hidden", false, "not Linux on x86-64 or aarch64 here");
    }
    int prctl = architecture.get() == Architecture.X86_64 ? 157 : 167;
    long answer = new Libc().call(prctl, PR_SET_DUMPABLE, 0);
    return new Layer(
        "parent-hidden",
        answer == 0,
        answer == 0
            ? "this process's environment and memory cannot be read by others of its user"
            : "the kernel refused it (error " + -answer + ")");
  }

  private static List<Path> withSystem(List<Path> readable) {
    List<Path> paths = new ArrayList<>(SYSTEM);
    paths.addAll(MACHINE);
    paths.addAll(readable);
    return paths;
  }
}
