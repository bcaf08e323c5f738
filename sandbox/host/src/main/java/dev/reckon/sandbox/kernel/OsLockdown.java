package dev.reckon.sandbox.kernel;

import dev.reckon.sandbox.Environment.Layer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Locks the process it is called in. What is locked stays so: neither this process nor a child of
 * it can undo it. A layer that the platform does not have is left out and said to be missing; the
 * pool decides whether it can do without.
 */
public final class OsLockdown {
  private static final int PR_SET_PDEATHSIG = 1;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SIGKILL = 9;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;

  private static final int RLIMIT_FSIZE = 1;
  private static final int RLIMIT_CORE = 4;
  private static final int RLIMIT_NOFILE = 7;

  /** Open files: what a warm worker holds, and then some. */
  private static final long OPEN_FILES = 256;

  private final Libc libc = new Libc();
  private final Numbers numbers;

  private OsLockdown(Numbers numbers) {
    this.numbers = numbers;
  }

  /** The calls that put up the layers; they are not among those that pass the filter. */
  private record Numbers(
      Architecture architecture, int prctl, int prlimit, int seccomp, int setsid) {
    static Numbers of(Architecture architecture) {
      return switch (architecture) {
        case X86_64 -> new Numbers(architecture, 157, 302, 317, 112);
        case AARCH64 -> new Numbers(architecture, 167, 261, 277, 157);
      };
    }
  }

  /**
   * To be called first thing: the process goes when the thread that started it goes, even by
   * SIGKILL, and leaves its parent's session, so that an interrupt typed at the terminal does not
   * reach it. Does nothing where the platform cannot.
   */
  public static void attachToParent() {
    onLinux()
        .ifPresent(
            lockdown -> {
              lockdown.prctl(PR_SET_PDEATHSIG, SIGKILL);
              long ignored = lockdown.libc.call(lockdown.numbers.setsid());
            });
  }

  /**
   * To be called once, when everything is warm: afterwards no process can be started, no file
   * opened for writing and no socket made, by any thread there is or will be.
   *
   * @return the layers, whether they stand or not; never throws for one that is missing
   */
  public static List<Layer> engage() {
    return onLinux()
        .map(OsLockdown::putUp)
        .orElseGet(
            () -> List.of(new Layer("seccomp", false, "not Linux on x86-64 or aarch64 here")));
  }

  private static Optional<OsLockdown> onLinux() {
    return Architecture.current().map(architecture -> new OsLockdown(Numbers.of(architecture)));
  }

  private List<Layer> putUp() {
    List<Layer> layers = new ArrayList<>();
    boolean hidden = prctl(PR_SET_DUMPABLE, 0) == 0;
    layers.add(
        layer(
            "not-dumpable",
            hidden ? 0 : -1,
            "other processes of this user cannot read the worker's memory"));
    layers.add(
        layer(
            "rlimits",
            limit(RLIMIT_FSIZE, 0) | limit(RLIMIT_CORE, 0) | limit(RLIMIT_NOFILE, OPEN_FILES),
            "no file can grow, no core is dumped, at most " + OPEN_FILES + " files are open"));
    long privileges = prctl(PR_SET_NO_NEW_PRIVS, 1);
    layers.add(layer("no-new-privs", privileges, "no program can be given more rights"));
    layers.add(
        layer(
            "seccomp",
            filter(),
            "no new process, socket, signal to others, or file opened for writing"));
    return layers;
  }

  private static Layer layer(String name, long answer, String detail) {
    return answer == 0
        ? new Layer(name, true, detail)
        : new Layer(name, false, "the kernel refused it (error " + Math.abs(answer) + ")");
  }

  private long prctl(int option, long value) {
    return libc.call(numbers.prctl(), option, value);
  }

  private long limit(int resource, long value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment softAndHard = arena.allocateFrom(ValueLayout.JAVA_LONG, value, value);
      return libc.call(numbers.prlimit(), 0, resource, softAndHard.address(), 0);
    }
  }

  /** Installs the filter on all threads; the answer may be a thread's id, which is a failure. */
  private long filter() {
    List<Instruction> program =
        WorkerFilter.program(numbers.architecture(), (int) ProcessHandle.current().pid());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocate((long) program.size() * Instruction.BYTES, 8);
      for (int i = 0; i < program.size(); i++) {
        Instruction instruction = program.get(i);
        long at = (long) i * Instruction.BYTES;
        code.set(ValueLayout.JAVA_SHORT, at, (short) instruction.code());
        code.set(ValueLayout.JAVA_BYTE, at + 2, (byte) instruction.ifTrue());
        code.set(ValueLayout.JAVA_BYTE, at + 3, (byte) instruction.ifFalse());
        code.set(ValueLayout.JAVA_INT, at + 4, instruction.operand());
      }
      MemorySegment header = arena.allocate(16, 8);
      header.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
      header.set(ValueLayout.JAVA_LONG, 8, code.address());
      return libc.call(
          numbers.seccomp(), SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, header.address());
    }
  }
}
