package dev.reckon.sandbox.kernel;

import java.util.OptionalInt;

/**
 * System calls that filters name. Numbers from Linux's {@code asm/unistd_64.h} and {@code
 * asm-generic/unistd.h}; -1 where an architecture lacks one.
 */
public enum Syscall {
  ACCESS(21, -1),
  BRK(12, 214),
  CAPGET(125, 90),
  CLOCK_GETRES(229, 114),
  CLOCK_GETTIME(228, 113),
  CLOCK_NANOSLEEP(230, 115),
  CLONE(56, 220),
  CLONE3(435, 435),
  CLOSE(3, 57),
  DUP(32, 23),
  EPOLL_CREATE1(291, 20),
  EPOLL_CTL(233, 21),
  EPOLL_PWAIT(281, 22),
  EPOLL_WAIT(232, -1),
  EVENTFD2(290, 19),
  EXIT(60, 93),
  EXIT_GROUP(231, 94),
  FACCESSAT(269, 48),
  FACCESSAT2(439, 439),
  FCNTL(72, 25),
  FSTAT(5, 80),
  FSTATFS(138, 44),
  FUTEX(202, 98),
  FUTEX_WAITV(449, 449),
  GET_MEMPOLICY(239, 236),
  GET_ROBUST_LIST(274, 100),
  GETCPU(309, 168),
  GETCWD(79, 17),
  GETDENTS64(217, 61),
  GETEGID(108, 177),
  GETEUID(107, 175),
  GETGID(104, 176),
  GETPID(39, 172),
  GETPPID(110, 173),
  GETPRIORITY(140, 141),
  GETRANDOM(318, 278),
  GETRLIMIT(97, 163),
  GETRUSAGE(98, 165),
  GETTID(186, 178),
  GETTIMEOFDAY(96, 169),
  GETUID(102, 174),
  IOCTL(16, 29),
  LSEEK(8, 62),
  LSTAT(6, -1),
  MADVISE(28, 233),
  MEMBARRIER(324, 283),
  MINCORE(27, 232),
  MMAP(9, 222),
  MPROTECT(10, 226),
  MREMAP(25, 216),
  MUNMAP(11, 215),
  NANOSLEEP(35, 101),
  NEWFSTATAT(262, 79),
  OPEN(2, -1),
  OPENAT(257, 56),
  OPENAT2(437, 437),
  POLL(7, -1),
  PPOLL(271, 73),
  PRCTL(157, 167),
  PREAD64(17, 67),
  PREADV(295, 69),
  PRLIMIT64(302, 261),
  PSELECT6(270, 72),
  READ(0, 63),
  READLINK(89, -1),
  READLINKAT(267, 78),
  READV(19, 65),
  RESTART_SYSCALL(219, 128),
  RSEQ(334, 293),
  RT_SIGACTION(13, 134),
  RT_SIGPENDING(127, 136),
  RT_SIGPROCMASK(14, 135),
  RT_SIGRETURN(15, 139),
  RT_SIGSUSPEND(130, 133),
  RT_SIGTIMEDWAIT(128, 137),
  SCHED_GET_PRIORITY_MAX(146, 125),
  SCHED_GET_PRIORITY_MIN(147, 126),
  SCHED_GETAFFINITY(204, 123),
  SCHED_GETPARAM(143, 121),
  SCHED_GETSCHEDULER(145, 120),
  SCHED_YIELD(24, 124),
  SELECT(23, -1),
  SET_ROBUST_LIST(273, 99),
  SET_TID_ADDRESS(218, 96),
  SIGALTSTACK(131, 132),
  STAT(4, -1),
  STATFS(137, 43),
  STATX(332, 291),
  SYSINFO(99, 179),
  TGKILL(234, 131),
  TIME(201, -1),
  TIMES(100, 153),
  UNAME(63, 160),
  WRITE(1, 64),
  WRITEV(20, 66);

  private final int x86;
  private final int arm;

  Syscall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  /** Its number; empty where the architecture does not have it. */
  public OptionalInt number(Architecture architecture) {
    int number =
        switch (architecture) {
          case X86_64 -> x86;
          case AARCH64 -> arm;
        };
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
