package dev.reckon.sandbox.kernel;

/**
 * One instruction of classic BPF, as in {@code linux/filter.h}.
 *
 * @param code what to do
 * @param ifTrue how many instructions to skip when a comparison holds
 * @param ifFalse how many when it does not
 * @param operand a constant, or an offset into {@code seccomp_data}
 */
public record Instruction(int code, int ifTrue, int ifFalse, int operand) {
  /** Loads the 32-bit word at an offset: BPF_LD | BPF_W | BPF_ABS. */
  public static final int LOAD = 0x20;

  /** Jumps on equality: BPF_JMP | BPF_JEQ | BPF_K. */
  public static final int JUMP_EQUAL = 0x15;

  /** Jumps on unsigned greater or equal: BPF_JMP | BPF_JGE | BPF_K. */
  public static final int JUMP_AT_LEAST = 0x35;

  /** Jumps when any of the bits is set: BPF_JMP | BPF_JSET | BPF_K. */
  public static final int JUMP_ANY_BIT = 0x45;

  /** Ends with an action: BPF_RET | BPF_K. */
  public static final int RETURN = 0x06;

  /** How many bytes the kernel reads for one. */
  public static final int BYTES = 8;
}
