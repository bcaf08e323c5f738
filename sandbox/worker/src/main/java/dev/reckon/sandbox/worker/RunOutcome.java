package dev.reckon.sandbox.worker;

import static java.util.stream.Collectors.joining;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.wire.FromWorker.Ending;
import java.util.Arrays;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * How a script ended, seen from inside: as the guest's helper tells it, or, where an exception went
 * through the guest's hands, as that exception shows.
 *
 * @param detail the capability that was refused, or our own fault in words without guest text
 */
record RunOutcome(Ending ending, @Nullable GuestError error, String detail) {
  /** In characters, more than {@code guest.py} leaves of any text. */
  private static final int LONGEST_TEXT = 20_000;

  static RunOutcome of(Ending ending) {
    return new RunOutcome(ending, null, "");
  }

  /** A fault of ours: its class and where it happened, but no message, which may be the guest's. */
  static RunOutcome fault(Throwable e) {
    String where =
        Arrays.stream(e.getStackTrace()).limit(8).map(Object::toString).collect(joining(" < "));
    return new RunOutcome(Ending.FAULT, null, e.getClass().getName() + " at " + where);
  }

  /**
   * Reads the tuple that {@code guest.py} returns. The script may have changed what makes it: a
   * value of another form, or a text that is too long, is the script's failure.
   */
  static RunOutcome told(Value tuple) {
    try {
      String kind = text(tuple, 0);
      return switch (kind) {
        case "ok" -> of(Ending.COMPLETED);
        case "memory" -> new RunOutcome(Ending.MEMORY, error(tuple), "");
        case "blocked" -> new RunOutcome(Ending.BLOCKED, error(tuple), text(tuple, 5));
        default -> new RunOutcome(Ending.FAILED, error(tuple), "");
      };
    } catch (ClassCastException
        | UnsupportedOperationException
        | ArrayIndexOutOfBoundsException
        | IllegalArgumentException e) {
      return unreadable(0);
    }
  }

  private static GuestError error(Value tuple) {
    int line = tuple.getArrayElement(3).asInt();
    if (line < 0) {
      throw new IllegalArgumentException("a negative line");
    }
    return new GuestError(text(tuple, 1), text(tuple, 2), line, text(tuple, 4));
  }

  private static String text(Value tuple, int index) {
    Value element = tuple.getArrayElement(index);
    String text = element.isString() ? element.asString() : null;
    if (text == null || text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("no text, or one that is too long");
    }
    return text;
  }

  /** The script has put its own hands on what reports its end; its text is not to be trusted. */
  private static RunOutcome unreadable(int line) {
    String words = "the script ended in an error that cannot be shown";
    return new RunOutcome(
        Ending.FAILED, new GuestError("Exception", words, line, "Exception: " + words), "");
  }

  /**
   * GraalPy itself fails on a few expressions, such as {@code '%d' % float('inf')}; that harms
   * nothing but the script.
   */
  private static RunOutcome interpreterFailed(int line) {
    String words = "the interpreter of this sandbox fails on this; write it in another way";
    String where = line > 0 ? "  File \"script.py\", line " + line + "\n" : "";
    return new RunOutcome(
        Ending.FAILED,
        new GuestError(
            "SystemError",
            words,
            line,
            "Traceback (most recent call last):\n" + where + "SystemError: " + words + "\n"),
        "");
  }

  /** Reads an exception that Python code cannot catch. */
  static RunOutcome escaped(PolyglotException e) {
    if (e.isCancelled() || e.isInterrupted()) {
      return of(Ending.CANCELLED);
    }
    if (e.isResourceExhausted()) {
      return of(Ending.MEMORY);
    }
    String capability = CapabilityErrors.capability(e);
    if (capability == null && e.isInternalError()) {
      return interpreterFailed(line(e));
    }
    if (capability == null && e.isGuestException()) {
      return unreadable(line(e));
    }
    if (capability == null) {
      return fault(e.isHostException() ? e.asHostException() : e);
    }
    String message = "not available in this sandbox: " + capability;
    int line = line(e);
    String where = line > 0 ? "  File \"script.py\", line " + line + "\n" : "";
    return new RunOutcome(
        Ending.BLOCKED,
        new GuestError(
            "PermissionError",
            message,
            line,
            "Traceback (most recent call last):\n" + where + "PermissionError: " + message + "\n"),
        capability);
  }

  private static int line(PolyglotException e) {
    for (PolyglotException.StackFrame frame : e.getPolyglotStackTrace()) {
      SourceSection section = frame.isGuestFrame() ? frame.getSourceLocation() : null;
      if (section != null && section.getSource().getName().equals("script.py")) {
        return section.getStartLine();
      }
    }
    return 0;
  }
}
