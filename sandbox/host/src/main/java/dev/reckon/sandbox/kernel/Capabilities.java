package dev.reckon.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Root's rights, which a thread has when root runs the program. Numbers from {@code
 * linux/capability.h}; they are the same on every architecture.
 */
public final class Capabilities {
  /** Reading files whatever their permissions: the runtime may lie in a folder of another user. */
  private static final int READ_FILES = 1 << 2;

  private static final int VERSION_3 = 0x20080522;

  /** Effective, permitted and inheritable rights, 32 of each, and then the next 32 of each. */
  private static final int WORDS = 6;

  private static final int PERMITTED = 1;

  private static final int PR_SET_NO_NEW_PRIVS = 38;

  private final Libc libc = new Libc();
  private final Numbers numbers;

  private record Numbers(int capget, int capset, int prctl) {}

  public Capabilities(Architecture architecture) {
    numbers =
        switch (architecture) {
          case X86_64 -> new Numbers(125, 126, 157);
          case AARCH64 -> new Numbers(90, 91, 167);
        };
  }

  /**
   * Gives up, for the calling thread and every program that it starts from then on, all of them but
   * reading files. Other threads keep theirs. It cannot be undone.
   *
   * @return 0, or the negative error number of the call that failed
   */
  public long giveUp() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment thisThread = arena.allocateFrom(ValueLayout.JAVA_INT, VERSION_3, 0);
      MemorySegment rights = arena.allocate(ValueLayout.JAVA_INT, WORDS);
      long answer = libc.call(numbers.capget(), thisThread.address(), rights.address());
      if (answer < 0) {
        return answer;
      }
      // Without it, a program that root starts has all rights again.
      long privileges = libc.call(numbers.prctl(), PR_SET_NO_NEW_PRIVS, 1);
      int low = rights.getAtIndex(ValueLayout.JAVA_INT, PERMITTED);
      int high = rights.getAtIndex(ValueLayout.JAVA_INT, PERMITTED + WORDS / 2);
      if (privileges < 0 || ((low & ~READ_FILES) == 0 && high == 0)) {
        // There is nothing to give up, and a service's own filter may forbid the call.
        return privileges;
      }
      int kept = low & READ_FILES;
      rights.fill((byte) 0);
      rights.setAtIndex(ValueLayout.JAVA_INT, 0, kept);
      rights.setAtIndex(ValueLayout.JAVA_INT, PERMITTED, kept);
      return libc.call(numbers.capset(), thisThread.address(), rights.address());
    }
  }
}
