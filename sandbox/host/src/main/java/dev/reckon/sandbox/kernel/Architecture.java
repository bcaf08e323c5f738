package dev.reckon.sandbox.kernel;

import java.util.Locale;
import java.util.Optional;

/** A processor architecture whose system calls are known here. */
public enum Architecture {
  X86_64(0xC000003E),
  AARCH64(0xC00000B7);

  private final int auditNumber;

  Architecture(int auditNumber) {
    this.auditNumber = auditNumber;
  }

  /** The kernel's name for it in {@code seccomp_data.arch} ({@code linux/audit.h}). */
  public int auditNumber() {
    return auditNumber;
  }

  /** That of this JVM; empty when it is another one, or the system is not Linux. */
  public static Optional<Architecture> current() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> Optional.of(X86_64);
      case "aarch64" -> Optional.of(AARCH64);
      default -> Optional.empty();
    };
  }
}
