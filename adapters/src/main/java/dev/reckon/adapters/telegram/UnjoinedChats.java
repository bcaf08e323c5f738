package dev.reckon.adapters.telegram;

import dev.reckon.core.calculate.Calculator;
import dev.reckon.core.calculate.Expression;
import dev.reckon.core.policy.InlineGate;
import java.util.function.BooleanSupplier;

/**
 * What people may do with the bot in chats that it is not in.
 *
 * @param gate who may have expressions computed in inline mode
 * @param computing computes them
 * @param guests whether mentions in such chats are answered, at the moment
 */
public record UnjoinedChats(InlineGate gate, Computing computing, BooleanSupplier guests) {
  /** Computes an expression; {@link Calculator#compute}. */
  @FunctionalInterface
  public interface Computing {
    Calculator.Outcome compute(String person, Expression expression) throws InterruptedException;
  }
}
