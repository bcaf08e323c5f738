package dev.reckon.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a script's syntax tree shows. Names are resolved through imports and aliases: after {@code
 * from os import system as s}, a call {@code s("ls")} is the use {@code os.system}.
 *
 * @param syntaxError why it is no Python, or null
 * @param lines of source
 * @param imports every module imported anywhere in the source
 * @param uses calls and attributes by dotted name, in order of appearance
 * @param traits facts found by rule, see {@link Trait}
 */
public record SourceReport(
    @Nullable GuestError syntaxError,
    int lines,
    List<Import> imports,
    List<Use> uses,
    Set<Trait> traits) {

  /**
   * One import.
   *
   * @param module the dotted name
   * @param line counted from 1
   * @param available whether the module can be imported in this sandbox, or the script catches that
   *     it cannot
   */
  public record Import(String module, int line, boolean available) {}

  /**
   * One call or attribute.
   *
   * @param name the dotted name, such as {@code os.system} or {@code eval}
   * @param call whether it is called here, not only mentioned
   */
  public record Use(String name, int line, boolean call) {}

  /** What rules can see in a syntax tree. */
  public enum Trait {
    /** Nothing but literals is ever printed. */
    PRINTS_ONLY_LITERALS,
    /** A broad {@code except} whose body prints the error and goes on. */
    CATCHES_AND_PRINTS,
    /** Uses random numbers without a fixed seed. */
    RANDOM,
    /** Reads the clock. */
    CLOCK,
    /** Calls {@code input()} or reads standard input. */
    READS_STDIN
  }

  public SourceReport {
    imports = List.copyOf(imports);
    uses = List.copyOf(uses);
    traits = Set.copyOf(traits);
  }

  /** The syntax error, if any. */
  public Optional<GuestError> problem() {
    return Optional.ofNullable(syntaxError);
  }
}
