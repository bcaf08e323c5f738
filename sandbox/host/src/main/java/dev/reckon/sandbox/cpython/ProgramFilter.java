package dev.reckon.sandbox.cpython;

import static dev.reckon.sandbox.kernel.FilterBuilder.high;
import static dev.reckon.sandbox.kernel.FilterBuilder.low;

import dev.reckon.sandbox.kernel.Architecture;
import dev.reckon.sandbox.kernel.FilterBuilder;
import dev.reckon.sandbox.kernel.Instruction;
import dev.reckon.sandbox.kernel.SeccompAction;
import dev.reckon.sandbox.kernel.Syscall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What the three processes of a run may ask of the kernel. Lists of what is allowed: processes,
 * threads, sockets, signals to others, shared memory and files outside the file system are refused
 * because nobody named them.
 */
final class ProgramFilter {
  /** O_TMPFILE's own bit: an open file without a name would stay uncounted by those who collect. */
  private static final int TEMPORARY_FILE = 020000000;

  private static final int PR_SET_NAME = 15;
  private static final int PR_GET_NAME = 16;

  /** F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_SETLK, F_OFD_SETLK, F_DUPFD_CLOEXEC. */
  private static final int[] FCNTL = {0, 1, 2, 3, 4, 6, 37, 1030};

  /** FIONREAD, TCGETS, FIOCLEX. */
  private static final int[] IOCTL = {0x541B, 0x5401, 0x5451};

  /** RLIMIT_CPU, which a program may lower for itself, and which is all that it may set. */
  private static final int LIMIT_CPU = 0;

  private static final Set<Syscall> WAITING =
      EnumSet.of(
          Syscall.EXIT,
          Syscall.EXIT_GROUP,
          Syscall.FUTEX,
          Syscall.MADVISE,
          Syscall.MMAP,
          Syscall.MUNMAP,
          Syscall.BRK,
          Syscall.RESTART_SYSCALL,
          Syscall.RT_SIGACTION,
          Syscall.RT_SIGPROCMASK,
          Syscall.RT_SIGRETURN,
          Syscall.WAIT4);

  private static final Set<Syscall> PROGRAM =
      EnumSet.of(
          Syscall.ACCESS,
          Syscall.BRK,
          Syscall.CHDIR,
          Syscall.CHMOD,
          Syscall.CLOCK_GETRES,
          Syscall.CLOCK_GETTIME,
          Syscall.CLOCK_NANOSLEEP,
          Syscall.CLOSE,
          Syscall.COPY_FILE_RANGE,
          Syscall.CREAT,
          Syscall.DUP,
          Syscall.DUP2,
          Syscall.DUP3,
          Syscall.EXIT,
          Syscall.EXIT_GROUP,
          Syscall.FACCESSAT,
          Syscall.FACCESSAT2,
          Syscall.FADVISE64,
          Syscall.FALLOCATE,
          Syscall.FCHMOD,
          Syscall.FCHMODAT,
          Syscall.FDATASYNC,
          Syscall.FLOCK,
          Syscall.FSTAT,
          Syscall.FSTATFS,
          Syscall.FSYNC,
          Syscall.FTRUNCATE,
          Syscall.FUTEX,
          Syscall.FUTIMESAT,
          Syscall.GETCPU,
          Syscall.GETCWD,
          Syscall.GETDENTS,
          Syscall.GETDENTS64,
          Syscall.GETEGID,
          Syscall.GETEUID,
          Syscall.GETGID,
          Syscall.GETGROUPS,
          Syscall.GETPGID,
          Syscall.GETPGRP,
          Syscall.GETPID,
          Syscall.GETPPID,
          Syscall.GETPRIORITY,
          Syscall.GETRANDOM,
          Syscall.GETRLIMIT,
          Syscall.GETRUSAGE,
          Syscall.GETSID,
          Syscall.GETTID,
          Syscall.GETTIMEOFDAY,
          Syscall.GETUID,
          Syscall.LSEEK,
          Syscall.LSTAT,
          Syscall.MADVISE,
          Syscall.MEMBARRIER,
          Syscall.MINCORE,
          Syscall.MKDIR,
          Syscall.MKDIRAT,
          Syscall.MMAP,
          Syscall.MPROTECT,
          Syscall.MREMAP,
          Syscall.MUNMAP,
          Syscall.NANOSLEEP,
          Syscall.NEWFSTATAT,
          Syscall.PIPE,
          Syscall.PIPE2,
          Syscall.POLL,
          Syscall.PPOLL,
          Syscall.PREAD64,
          Syscall.PREADV,
          Syscall.PREADV2,
          Syscall.PSELECT6,
          Syscall.PWRITE64,
          Syscall.PWRITEV,
          Syscall.READ,
          Syscall.READLINK,
          Syscall.READLINKAT,
          Syscall.READV,
          Syscall.RENAME,
          Syscall.RENAMEAT,
          Syscall.RENAMEAT2,
          Syscall.RESTART_SYSCALL,
          Syscall.RMDIR,
          Syscall.RSEQ,
          Syscall.RT_SIGACTION,
          Syscall.RT_SIGPENDING,
          Syscall.RT_SIGPROCMASK,
          Syscall.RT_SIGRETURN,
          Syscall.SCHED_GETAFFINITY,
          Syscall.SCHED_YIELD,
          Syscall.SELECT,
          Syscall.SENDFILE,
          Syscall.SET_ROBUST_LIST,
          Syscall.SIGALTSTACK,
          Syscall.STAT,
          Syscall.STATFS,
          Syscall.STATX,
          Syscall.SYMLINK,
          Syscall.SYMLINKAT,
          Syscall.SYSINFO,
          Syscall.TIME,
          Syscall.TIMES,
          Syscall.TRUNCATE,
          Syscall.UMASK,
          Syscall.UNAME,
          Syscall.UNLINK,
          Syscall.UNLINKAT,
          Syscall.UTIMENSAT,
          Syscall.UTIMES,
          Syscall.WRITE,
          Syscall.WRITEV);

  private ProgramFilter() {}

  /** For the process that runs the program. */
  static List<Instruction> program(Architecture architecture) {
    return working(architecture).otherwise(SeccompAction.REFUSE);
  }

  /** For the init of its namespace, which also waits for it. */
  static List<Instruction> init(Architecture architecture) {
    return working(architecture)
        .answer(Syscall.WAIT4, SeccompAction.ALLOW)
        .otherwise(SeccompAction.REFUSE);
  }

  /** For the process that waits for the init, and does nothing else. */
  static List<Instruction> guard(Architecture architecture) {
    FilterBuilder filter = new FilterBuilder(architecture);
    WAITING.forEach(call -> filter.answer(call, SeccompAction.ALLOW));
    return filter.otherwise(SeccompAction.REFUSE);
  }

  private static FilterBuilder working(Architecture architecture) {
    FilterBuilder filter = new FilterBuilder(architecture);
    PROGRAM.forEach(call -> filter.answer(call, SeccompAction.ALLOW));
    return filter
        .answer(Syscall.CLONE3, SeccompAction.NOT_IMPLEMENTED)
        .answer(Syscall.OPENAT2, SeccompAction.NOT_IMPLEMENTED)
        .allowWhereBits(Syscall.OPEN, low(1), 0, TEMPORARY_FILE, SeccompAction.DENY)
        .allowWhereBits(Syscall.OPENAT, low(2), 0, TEMPORARY_FILE, SeccompAction.DENY)
        .allowWhereEqual(Syscall.FCNTL, low(1), SeccompAction.REFUSE, FCNTL)
        .allowWhereEqual(Syscall.IOCTL, low(1), SeccompAction.REFUSE, IOCTL)
        .allowWhereEqual(Syscall.PRCTL, low(0), SeccompAction.REFUSE, PR_SET_NAME, PR_GET_NAME)
        .rule(
            Syscall.PRLIMIT64,
            block ->
                block
                    .require(low(0), 0, SeccompAction.REFUSE)
                    .allowIfEqual(low(1), LIMIT_CPU)
                    .require(low(2), 0, SeccompAction.REFUSE)
                    .require(high(2), 0, SeccompAction.REFUSE)
                    .allow());
  }

  /** The bytes of a filter as the kernel reads them, in hexadecimal. */
  static String hex(List<Instruction> program) {
    ByteBuffer code =
        ByteBuffer.allocate(program.size() * Instruction.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction each : program) {
      code.putShort((short) each.code())
          .put((byte) each.ifTrue())
          .put((byte) each.ifFalse())
          .putInt(each.operand());
    }
    return HexFormat.of().formatHex(code.array());
  }
}
