package dev.reckon.sandbox.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Builds a seccomp filter rule by rule. A rule is a block of instructions that is jumped over when
 * the system call is another one, so blocks know nothing of each other; each ends with an action.
 */
public final class FilterBuilder {
  /** Where {@code struct seccomp_data} has the call's number and its architecture. */
  public static final int NUMBER = 0;

  public static final int ARCHITECTURE = 4;

  /** From this number on, calls on x86-64 are those of the x32 ABI. */
  private static final int X32 = 0x40000000;

  private final Architecture architecture;
  private final List<Instruction> program = new ArrayList<>();

  /** A filter that ends the process on calls of another architecture and is empty so far. */
  public FilterBuilder(Architecture architecture) {
    this.architecture = architecture;
    load(ARCHITECTURE);
    jump(Instruction.JUMP_EQUAL, architecture.auditNumber(), 1, 0);
    end(SeccompAction.KILL);
    load(NUMBER);
    if (architecture == Architecture.X86_64) {
      jump(Instruction.JUMP_AT_LEAST, X32, 0, 1);
      end(SeccompAction.KILL);
    }
  }

  /** Where the low half of an argument lies; both architectures are little-endian. */
  public static int low(int argument) {
    return 16 + 8 * argument;
  }

  /** Where the high half of an argument lies. */
  public static int high(int argument) {
    return low(argument) + 4;
  }

  /** Answers the call, whatever its arguments. */
  public FilterBuilder answer(Syscall call, SeccompAction action) {
    OptionalInt number = call.number(architecture);
    if (number.isPresent()) {
      jump(Instruction.JUMP_EQUAL, number.getAsInt(), 0, 1);
      end(action);
    }
    return this;
  }

  /** Allows the call where the word at an offset is one of these values. */
  public FilterBuilder allowWhereEqual(
      Syscall call, int offset, SeccompAction otherwise, int... values) {
    return rule(
        call,
        block -> {
          block.load(offset);
          for (int value : values) {
            block.jump(Instruction.JUMP_EQUAL, value, 0, 1);
            block.end(SeccompAction.ALLOW);
          }
          block.end(otherwise);
        });
  }

  /** Allows the call where all of the words at these offsets are zero. */
  public FilterBuilder allowWhereZero(Syscall call, SeccompAction otherwise, int... offsets) {
    return rule(
        call,
        block -> {
          for (int offset : offsets) {
            block.load(offset);
            block.jump(Instruction.JUMP_EQUAL, 0, 1, 0);
            block.end(otherwise);
          }
          block.end(SeccompAction.ALLOW);
        });
  }

  /** Allows the call where, of the word at an offset, these bits are set and those are not. */
  public FilterBuilder allowWhereBits(
      Syscall call, int offset, int set, int unset, SeccompAction otherwise) {
    return rule(
        call,
        block -> {
          block.load(offset);
          if (set != 0) {
            block.jump(Instruction.JUMP_ANY_BIT, set, 1, 0);
            block.end(otherwise);
          }
          block.jump(Instruction.JUMP_ANY_BIT, unset, 0, 1);
          block.end(otherwise);
          block.end(SeccompAction.ALLOW);
        });
  }

  /** What happens to every call that no rule names. */
  public List<Instruction> otherwise(SeccompAction action) {
    end(action);
    return List.copyOf(program);
  }

  /** Decides about the call by a block of its own, which must end with an action. */
  public FilterBuilder rule(Syscall call, Consumer<FilterBuilder> body) {
    OptionalInt number = call.number(architecture);
    if (number.isPresent()) {
      int start = program.size();
      body.accept(this);
      int length = program.size() - start;
      program.add(start, new Instruction(Instruction.JUMP_EQUAL, 0, length, number.getAsInt()));
    }
    return this;
  }

  /** In a block: answers unless the word at an offset is this one. */
  public FilterBuilder require(int offset, int value, SeccompAction otherwise) {
    load(offset);
    jump(Instruction.JUMP_EQUAL, value, 1, 0);
    end(otherwise);
    return this;
  }

  /** In a block: allows the call if the word at an offset is this one. */
  public FilterBuilder allowIfEqual(int offset, int value) {
    load(offset);
    jump(Instruction.JUMP_EQUAL, value, 0, 1);
    end(SeccompAction.ALLOW);
    return this;
  }

  /** In a block: allows the call. */
  public FilterBuilder allow() {
    end(SeccompAction.ALLOW);
    return this;
  }

  private void load(int offset) {
    program.add(new Instruction(Instruction.LOAD, 0, 0, offset));
  }

  private void jump(int code, int operand, int ifTrue, int ifFalse) {
    program.add(new Instruction(code, ifTrue, ifFalse, operand));
  }

  private void end(SeccompAction action) {
    program.add(new Instruction(Instruction.RETURN, 0, 0, action.value()));
  }
}
