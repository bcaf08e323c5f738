package dev.reckon.sandbox.kernel;

/** What the kernel does with a system call; values from {@code linux/seccomp.h}. */
public enum SeccompAction {
  ALLOW(0x7fff0000),
  /** Ends the whole process, as by SIGSYS. */
  KILL(0x80000000),
  /** Answers "Operation not permitted". */
  REFUSE(0x00050000 | 1),
  /** Answers "Function not implemented", so that libc falls back to an older call. */
  NOT_IMPLEMENTED(0x00050000 | 38),
  /** Answers "Permission denied". */
  DENY(0x00050000 | 13);

  private final int value;

  SeccompAction(int value) {
    this.value = value;
  }

  /** What the filter returns for it. */
  public int value() {
    return value;
  }
}
