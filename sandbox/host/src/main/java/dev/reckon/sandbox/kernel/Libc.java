package dev.reckon.sandbox.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Calls into the C library. A negative {@code errno} comes back where a call fails, as the kernel
 * itself answers. Thread-safe.
 */
public final class Libc {
  private static final StructLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();

  private final VarHandle errno = ERRNO_LAYOUT.varHandle(PathElement.groupElement("errno"));
  private final MethodHandle syscall;

  /**
   * @throws UnsupportedOperationException where there is no such C library
   */
  @SuppressWarnings("restricted") // that is what this class is for
  public Libc() {
    Linker linker = Linker.nativeLinker();
    MemoryLayout[] arguments = new MemoryLayout[7];
    arguments[0] = JAVA_LONG;
    for (int i = 1; i < arguments.length; i++) {
      arguments[i] = JAVA_LONG;
    }
    syscall =
        linker.downcallHandle(
            linker
                .defaultLookup()
                .find("syscall")
                .orElseThrow(() -> new UnsupportedOperationException("no syscall() in libc")),
            FunctionDescriptor.of(JAVA_LONG, arguments),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
  }

  /**
   * Makes a system call.
   *
   * @return what the kernel answers: a negative {@code errno} on failure
   */
  public long call(long number, long... arguments) {
    if (arguments.length > 6) {
      throw new IllegalArgumentException("a system call takes at most six arguments");
    }
    long[] six = new long[6];
    System.arraycopy(arguments, 0, six, 0, arguments.length);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO_LAYOUT);
      long answer =
          (long) syscall.invokeExact(state, number, six[0], six[1], six[2], six[3], six[4], six[5]);
      return answer == -1 ? -(int) errno.get(state, 0L) : answer;
    } catch (RuntimeException | Error fault) {
      throw fault;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
