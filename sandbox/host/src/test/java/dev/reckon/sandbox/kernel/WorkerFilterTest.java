package dev.reckon.sandbox.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filters of both architectures, run instruction by instruction; no kernel is asked. */
class WorkerFilterTest {
  private static final int PID = 4711;
  private static final long CLONE_THREAD = 0x10000;

  /** Numbers from the kernel's tables; none of them is in the product's own list. */
  private static final Map<Architecture, List<Integer>> FORBIDDEN =
      Map.of(
          Architecture.X86_64,
          List.of(
              59, 322, 57, 58, 41, 53, 42, 49, 101, 310, 62, 200, 165, 272, 308, 87, 263, 82, 264,
              316, 258, 90, 268, 76, 77, 319, 425, 321, 250, 248, 434, 424, 323, 298, 112, 317, 129,
              105, 161, 266, 265, 259, 86, 88, 83, 85, 133, 135),
          Architecture.AARCH64,
          List.of(
              221, 281, 198, 199, 203, 200, 117, 270, 129, 130, 40, 97, 268, 35, 38, 276, 34, 53,
              45, 46, 279, 425, 280, 219, 217, 434, 424, 282, 241, 157, 277, 138, 146, 51, 36, 37,
              33));

  @ParameterizedTest
  @EnumSource
  void whatChangesTheWorldIsRefused(Architecture architecture) {
    for (int number : FORBIDDEN.getOrDefault(architecture, List.of())) {
      assertEquals(SeccompAction.REFUSE.value(), run(architecture, number), "call " + number);
    }
    for (int unknown = 460; unknown < 2000; unknown++) {
      assertEquals(SeccompAction.REFUSE.value(), run(architecture, unknown), "call " + unknown);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherArchitecturesCallsEndTheProcess(Architecture architecture) {
    FilterInterpreter filter = new FilterInterpreter(WorkerFilter.program(architecture, PID));
    int i386 = 0x40000003;
    assertEquals(SeccompAction.KILL.value(), filter.run(i386, 3));
    for (Architecture other : Architecture.values()) {
      int read = Syscall.READ.number(other).orElseThrow();
      int expected =
          other == architecture ? SeccompAction.ALLOW.value() : SeccompAction.KILL.value();
      assertEquals(expected, filter.run(other.auditNumber(), read));
    }
  }

  @Test
  void callsOfTheX32AbiEndTheProcess() {
    assertEquals(SeccompAction.KILL.value(), run(Architecture.X86_64, 0x40000000));
    assertEquals(SeccompAction.KILL.value(), run(Architecture.X86_64, 0x40000000 + 59));
    assertEquals(SeccompAction.KILL.value(), run(Architecture.X86_64, -1));
  }

  @ParameterizedTest
  @EnumSource
  void threadsMayBeMadeAndProcessesMayNot(Architecture architecture) {
    assertEquals(SeccompAction.ALLOW, call(architecture, Syscall.CLONE, 0x3d0f00L | CLONE_THREAD));
    assertEquals(SeccompAction.REFUSE, call(architecture, Syscall.CLONE, 17));
    assertEquals(SeccompAction.REFUSE, call(architecture, Syscall.CLONE, 0x4111));
    assertEquals(
        SeccompAction.REFUSE, call(architecture, Syscall.CLONE, CLONE_THREAD | 0x10000000));
    assertEquals(SeccompAction.NOT_IMPLEMENTED, call(architecture, Syscall.CLONE3, CLONE_THREAD));
  }

  @ParameterizedTest
  @EnumSource
  void filesOpenForReadingOnly(Architecture architecture) {
    int cloexec = 02000000;
    assertEquals(SeccompAction.ALLOW, call(architecture, Syscall.OPENAT, -100, 0, cloexec));
    for (int flags : new int[] {1, 2, 0100, 01000, 02000, 020200000, 1 | 0100 | 01000}) {
      assertEquals(
          SeccompAction.DENY, call(architecture, Syscall.OPENAT, -100, 0, cloexec | flags));
    }
    assertEquals(SeccompAction.NOT_IMPLEMENTED, call(architecture, Syscall.OPENAT2, -100, 0));
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheWorkerItselfIsSignalled(Architecture architecture) {
    assertEquals(SeccompAction.ALLOW, call(architecture, Syscall.TGKILL, PID, PID, 6));
    assertEquals(SeccompAction.REFUSE, call(architecture, Syscall.TGKILL, 1, 1, 9));
    assertEquals(SeccompAction.REFUSE, call(architecture, Syscall.TGKILL, -1L, PID, 9));
  }

  @ParameterizedTest
  @EnumSource
  void limitsAreReadAndNotSet(Architecture architecture) {
    assertEquals(SeccompAction.ALLOW, call(architecture, Syscall.PRLIMIT64, 0, 7, 0, 0x7fff0000L));
    assertEquals(SeccompAction.REFUSE, call(architecture, Syscall.PRLIMIT64, 0, 7, 0x7fff0000L, 0));
    assertEquals(SeccompAction.REFUSE, call(architecture, Syscall.PRLIMIT64, 0, 7, 1L << 32, 0));
    assertEquals(SeccompAction.REFUSE, call(architecture, Syscall.PRLIMIT64, 1, 7, 0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void theProcessCannotTakeItsLayersDown(Architecture architecture) {
    for (int option : new int[] {1, 4, 22, 38, 24}) {
      assertEquals(SeccompAction.REFUSE, call(architecture, Syscall.PRCTL, option, 1));
    }
    assertEquals(SeccompAction.ALLOW, call(architecture, Syscall.PRCTL, 15, 0));
    int typeIntoTerminal = 0x5412;
    assertEquals(SeccompAction.REFUSE, call(architecture, Syscall.IOCTL, 0, typeIntoTerminal));
  }

  @ParameterizedTest
  @EnumSource
  void theProgramIsOneThatTheKernelTakes(Architecture architecture) {
    List<Instruction> program = WorkerFilter.program(architecture, PID);
    assertTrue(program.size() <= 4096, "too long: " + program.size());
    for (int at = 0; at < program.size(); at++) {
      Instruction each = program.get(at);
      assertTrue(each.ifTrue() <= 255 && each.ifFalse() <= 255, each.toString());
      assertTrue(
          at + Math.max(each.ifTrue(), each.ifFalse()) < program.size() - 1
              || each.code() == Instruction.RETURN,
          each.toString());
    }
    assertEquals(Instruction.RETURN, program.getLast().code());
  }

  private static SeccompAction call(Architecture architecture, Syscall call, long... arguments) {
    int value = run(architecture, call.number(architecture).orElseThrow(), arguments);
    for (SeccompAction action : SeccompAction.values()) {
      if (action.value() == value) {
        return action;
      }
    }
    throw new AssertionError("no such action: " + value);
  }

  private static int run(Architecture architecture, int number, long... arguments) {
    return new FilterInterpreter(WorkerFilter.program(architecture, PID))
        .run(architecture.auditNumber(), number, arguments);
  }
}
