package dev.reckon.sandbox.kernel;

import static dev.reckon.sandbox.kernel.FilterBuilder.high;
import static dev.reckon.sandbox.kernel.FilterBuilder.low;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a warm worker may ask of the kernel: memory, threads, clocks, and reading what Landlock and
 * its descriptors let it read. A list of what is allowed, so a call that nobody thought of is
 * refused.
 */
final class WorkerFilter {
  private static final int CLONE_THREAD = 0x00010000;

  /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
  private static final int CLONE_NEW_NAMESPACE =
      0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;

  /** O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, __O_TMPFILE: the same on both architectures. */
  private static final int OPEN_FOR_WRITING = 01 | 02 | 0100 | 01000 | 02000 | 020000000;

  private static final int PR_SET_NAME = 15;
  private static final int PR_GET_NAME = 16;

  /** F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC. */
  private static final int[] FCNTL = {0, 1, 2, 3, 1030};

  /** FIONREAD and TCGETS: how much can be read, and whether that is a terminal. */
  private static final int[] IOCTL = {0x541B, 0x5401};

  /** What a warm JVM needs and what tells it nothing that it may not know. */
  private static final Set<Syscall> ALLOWED =
      EnumSet.of(
          Syscall.ACCESS,
          Syscall.BRK,
          Syscall.CAPGET,
          Syscall.CLOCK_GETRES,
          Syscall.CLOCK_GETTIME,
          Syscall.CLOCK_NANOSLEEP,
          Syscall.CLOSE,
          Syscall.DUP,
          Syscall.EPOLL_CREATE1,
          Syscall.EPOLL_CTL,
          Syscall.EPOLL_PWAIT,
          Syscall.EPOLL_WAIT,
          Syscall.EVENTFD2,
          Syscall.EXIT,
          Syscall.EXIT_GROUP,
          Syscall.FACCESSAT,
          Syscall.FACCESSAT2,
          Syscall.FSTAT,
          Syscall.FSTATFS,
          Syscall.FUTEX,
          Syscall.FUTEX_WAITV,
          Syscall.GET_MEMPOLICY,
          Syscall.GET_ROBUST_LIST,
          Syscall.GETCPU,
          Syscall.GETCWD,
          Syscall.GETDENTS64,
          Syscall.GETEGID,
          Syscall.GETEUID,
          Syscall.GETGID,
          Syscall.GETPID,
          Syscall.GETPPID,
          Syscall.GETPRIORITY,
          Syscall.GETRANDOM,
          Syscall.GETRLIMIT,
          Syscall.GETRUSAGE,
          Syscall.GETTID,
          Syscall.GETTIMEOFDAY,
          Syscall.GETUID,
          Syscall.LSEEK,
          Syscall.LSTAT,
          Syscall.MADVISE,
          Syscall.MEMBARRIER,
          Syscall.MINCORE,
          Syscall.MMAP,
          Syscall.MPROTECT,
          Syscall.MREMAP,
          Syscall.MUNMAP,
          Syscall.NANOSLEEP,
          Syscall.NEWFSTATAT,
          Syscall.POLL,
          Syscall.PPOLL,
          Syscall.PREAD64,
          Syscall.PREADV,
          Syscall.PSELECT6,
          Syscall.READ,
          Syscall.READLINK,
          Syscall.READLINKAT,
          Syscall.READV,
          Syscall.RESTART_SYSCALL,
          Syscall.RSEQ,
          Syscall.RT_SIGACTION,
          Syscall.RT_SIGPENDING,
          Syscall.RT_SIGPROCMASK,
          Syscall.RT_SIGRETURN,
          Syscall.RT_SIGSUSPEND,
          Syscall.RT_SIGTIMEDWAIT,
          Syscall.SCHED_GET_PRIORITY_MAX,
          Syscall.SCHED_GET_PRIORITY_MIN,
          Syscall.SCHED_GETAFFINITY,
          Syscall.SCHED_GETPARAM,
          Syscall.SCHED_GETSCHEDULER,
          Syscall.SCHED_YIELD,
          Syscall.SELECT,
          Syscall.SET_ROBUST_LIST,
          Syscall.SET_TID_ADDRESS,
          Syscall.SIGALTSTACK,
          Syscall.STAT,
          Syscall.STATFS,
          Syscall.STATX,
          Syscall.SYSINFO,
          Syscall.TIME,
          Syscall.TIMES,
          Syscall.UNAME,
          Syscall.WRITE,
          Syscall.WRITEV);

  private WorkerFilter() {}

  /**
   * The filter's program.
   *
   * @param pid the worker's own, the only one it may signal
   */
  static List<Instruction> program(Architecture architecture, int pid) {
    FilterBuilder filter = new FilterBuilder(architecture);
    ALLOWED.forEach(call -> filter.answer(call, SeccompAction.ALLOW));
    return filter
        .answer(Syscall.CLONE3, SeccompAction.NOT_IMPLEMENTED)
        .answer(Syscall.OPENAT2, SeccompAction.NOT_IMPLEMENTED)
        .allowWhereBits(
            Syscall.CLONE, low(0), CLONE_THREAD, CLONE_NEW_NAMESPACE, SeccompAction.REFUSE)
        .allowWhereBits(Syscall.OPEN, low(1), 0, OPEN_FOR_WRITING, SeccompAction.DENY)
        .allowWhereBits(Syscall.OPENAT, low(2), 0, OPEN_FOR_WRITING, SeccompAction.DENY)
        .allowWhereEqual(Syscall.FCNTL, low(1), SeccompAction.REFUSE, FCNTL)
        .allowWhereEqual(Syscall.IOCTL, low(1), SeccompAction.REFUSE, IOCTL)
        .allowWhereEqual(Syscall.PRCTL, low(0), SeccompAction.REFUSE, PR_SET_NAME, PR_GET_NAME)
        .allowWhereZero(Syscall.PRLIMIT64, SeccompAction.REFUSE, low(0), low(2), high(2))
        .allowWhereEqual(Syscall.TGKILL, low(0), SeccompAction.REFUSE, pid)
        .otherwise(SeccompAction.REFUSE);
  }
}
