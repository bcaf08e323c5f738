package dev.reckon.sandbox.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Runs a filter's program on a system call as the kernel would. */
final class FilterInterpreter {
  private final List<Instruction> program;

  FilterInterpreter(List<Instruction> program) {
    this.program = program;
  }

  /** The action's value for a call; see {@code struct seccomp_data} for the layout. */
  int run(int architecture, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(number).putInt(architecture).putLong(0);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    int accumulator = 0;
    for (int at = 0; ; at++) {
      Instruction instruction = program.get(at);
      int operand = instruction.operand();
      boolean holds =
          switch (instruction.code()) {
            case Instruction.LOAD -> {
              accumulator = data.getInt(operand);
              yield false;
            }
            case Instruction.JUMP_EQUAL -> accumulator == operand;
            case Instruction.JUMP_AT_LEAST -> Integer.compareUnsigned(accumulator, operand) >= 0;
            case Instruction.JUMP_ANY_BIT -> (accumulator & operand) != 0;
            case Instruction.RETURN -> true;
            default -> throw new IllegalStateException("unknown code " + instruction.code());
          };
      if (instruction.code() == Instruction.RETURN) {
        return operand;
      }
      if (instruction.code() != Instruction.LOAD) {
        at += holds ? instruction.ifTrue() : instruction.ifFalse();
      }
    }
  }
}
