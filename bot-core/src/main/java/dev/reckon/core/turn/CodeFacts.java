package dev.reckon.core.turn;

import dev.reckon.sandbox.SourceReport;
import java.util.List;
import java.util.Set;

/**
 * What the syntax tree of a program showed, as far as later checks need it.
 *
 * @param traits found by rule
 * @param strings literals, for finding the files that the program mentions
 * @param listsFolder whether it looks up file names by itself
 */
public record CodeFacts(Set<SourceReport.Trait> traits, List<String> strings, boolean listsFolder) {
  public static final CodeFacts NONE = new CodeFacts(Set.of(), List.of(), false);

  public CodeFacts {
    traits = Set.copyOf(traits);
    strings = List.copyOf(strings);
  }
}
