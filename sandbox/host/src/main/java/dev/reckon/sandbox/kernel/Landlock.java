package dev.reckon.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Confines the calling thread, and every process that it starts from then on, to reading some paths
 * of the file system. Other threads of this process stay as they are. It cannot be undone.
 *
 * <p>Numbers from {@code linux/landlock.h}; they are the same on every architecture.
 */
public final class Landlock {
  private static final int CREATE_RULESET = 444;
  private static final int ADD_RULE = 445;
  private static final int RESTRICT_SELF = 446;
  private static final int VERSION_FLAG = 1;
  private static final int RULE_PATH_BENEATH = 1;

  private static final long EXECUTE = 1;
  private static final long READ_FILE = 1 << 2;
  private static final long READ_DIR = 1 << 3;

  /** All rights over files that the first version knows: LANDLOCK_ACCESS_FS_EXECUTE to MAKE_SYM. */
  private static final long FIRST_VERSION = (1L << 13) - 1;

  private static final long REFER = 1L << 13;
  private static final long TRUNCATE = 1L << 14;
  private static final long IOCTL_DEV = 1L << 15;

  /** Binding and connecting TCP sockets. */
  private static final long NETWORK = 3;

  /** Abstract UNIX sockets and signals to processes outside. */
  private static final long SCOPES = 3;

  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int OPEN_PATH = 010000000 | 02000000;
  private static final int AT_FDCWD = -100;

  private final Libc libc = new Libc();
  private final Numbers numbers;

  private record Numbers(int openat, int close, int prctl) {}

  public Landlock(Architecture architecture) {
    numbers =
        switch (architecture) {
          case X86_64 -> new Numbers(257, 3, 157);
          case AARCH64 -> new Numbers(56, 57, 167);
        };
  }

  /** The kernel's version of Landlock; 0 where it has none. */
  public int version() {
    return (int) Math.max(0, libc.call(CREATE_RULESET, 0, 0, VERSION_FLAG));
  }

  /**
   * Restricts the calling thread to reading these, and to running programs in them. Paths that do
   * not exist are left out.
   *
   * @return 0, or the negative error number of the call that failed; nothing is restricted then
   */
  public long restrictToReading(List<Path> paths) {
    int version = version();
    if (version == 0) {
      return -38;
    }
    try (Arena arena = Arena.ofConfined()) {
      long files = FIRST_VERSION;
      files |= version >= 2 ? REFER : 0;
      files |= version >= 3 ? TRUNCATE : 0;
      files |= version >= 5 ? IOCTL_DEV : 0;
      MemorySegment attributes = arena.allocate(24, 8);
      attributes.set(ValueLayout.JAVA_LONG, 0, files);
      attributes.set(ValueLayout.JAVA_LONG, 8, version >= 4 ? NETWORK : 0);
      attributes.set(ValueLayout.JAVA_LONG, 16, version >= 6 ? SCOPES : 0);
      long size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
      long rules = libc.call(CREATE_RULESET, attributes.address(), size, 0);
      if (rules < 0) {
        return rules;
      }
      try {
        for (Path path : paths) {
          long failure = Files.exists(path) ? allow(rules, path, arena) : 0;
          if (failure < 0) {
            return failure;
          }
        }
        long privileges = libc.call(numbers.prctl(), PR_SET_NO_NEW_PRIVS, 1);
        return privileges < 0 ? privileges : libc.call(RESTRICT_SELF, rules, 0);
      } finally {
        long ignored = libc.call(numbers.close(), rules);
      }
    }
  }

  private long allow(long rules, Path path, Arena arena) {
    MemorySegment name = arena.allocateFrom(path.toString());
    long file = libc.call(numbers.openat(), AT_FDCWD, name.address(), OPEN_PATH, 0);
    if (file < 0) {
      return file;
    }
    try {
      // struct landlock_path_beneath_attr is packed: eight bytes of rights, four of descriptor.
      MemorySegment rule = arena.allocate(12, 8);
      long rights = Files.isDirectory(path) ? EXECUTE | READ_FILE | READ_DIR : EXECUTE | READ_FILE;
      rule.set(ValueLayout.JAVA_LONG, 0, rights);
      rule.set(ValueLayout.JAVA_INT, 8, (int) file);
      return libc.call(ADD_RULE, rules, RULE_PATH_BENEATH, rule.address(), 0);
    } finally {
      long ignored = libc.call(numbers.close(), file);
    }
  }
}
