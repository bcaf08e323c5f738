package dev.reckon.sandbox.worker;

import java.util.Locale;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/**
 * What the context's layer refuses with exceptions that are no Python: names the capability in
 * words for people. Most of it never comes here, because {@code guest.py} refuses in Python first.
 */
final class CapabilityErrors {
  private CapabilityErrors() {}

  /** What was refused, or null when the exception is no refusal but a fault. */
  static @Nullable String capability(PolyglotException e) {
    String message = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
    if (message.contains("thread")) {
      return "starting a thread";
    }
    if (message.contains("process") || message.contains("starting another program")) {
      return "starting another program";
    }
    if (message.contains("socket") || message.contains("network") || message.contains("inet")) {
      return "the network";
    }
    if (message.contains("native")) {
      return "native code";
    }
    if (message.contains("polyglot")
        || message.contains("host ")
        || message.contains("host class")) {
      return "access to the machine around it";
    }
    if (e.isHostException()
        && (e.asHostException() instanceof SecurityException
            || e.asHostException() instanceof UnsupportedOperationException)) {
      return "this operation";
    }
    return null;
  }
}
