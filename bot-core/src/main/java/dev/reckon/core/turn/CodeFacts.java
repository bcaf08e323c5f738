package dev.reckon.core.turn;

import dev.reckon.sandbox.SourceReport;
import java.util.Set;

/**
 * What the syntax tree of a program showed, as far as later checks need it.
 *
 * @param traits found by rule
 */
public record CodeFacts(Set<SourceReport.Trait> traits) {
  public static final CodeFacts NONE = new CodeFacts(Set.of());

  public CodeFacts {
    traits = Set.copyOf(traits);
  }
}
