package dev.reckon.core.turn;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.SourceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds a program's syntax tree against the policy, before it costs a run. */
public final class Screening {
  private Screening() {}

  private record Violation(int line, String rule) {}

  /** Why the program must not run, naming line and rule, or empty. */
  public static Optional<Failure> check(SourceReport report, CodePolicy policy) {
    GuestError syntax = report.syntaxError();
    if (syntax != null) {
      return Optional.of(
          new Failure(
              Failure.Cause.SCREENED,
              "line " + syntax.line() + ": " + syntax.type() + ": " + syntax.message(),
              syntax.line(),
              "syntax"));
    }
    List<Violation> violations = new ArrayList<>();
    if (report.lines() > policy.maxLines()) {
      violations.add(
          new Violation(
              policy.maxLines() + 1,
              "the program has "
                  + report.lines()
                  + " lines, at most "
                  + policy.maxLines()
                  + " are allowed"));
    }
    report.imports().forEach(use -> importRule(use, policy).ifPresent(violations::add));
    report.uses().forEach(use -> useRule(use, policy).ifPresent(violations::add));
    if (violations.isEmpty()) {
      return Optional.empty();
    }
    List<String> rules = violations.stream().map(Violation::rule).distinct().toList();
    List<String> lines =
        violations.stream().map(v -> "line " + v.line() + ": " + v.rule()).distinct().toList();
    return Optional.of(
        new Failure(
            Failure.Cause.SCREENED,
            String.join("\n", lines),
            violations.getFirst().line(),
            String.join("; ", rules)));
  }

  /** What later checks need of the report. */
  public static CodeFacts facts(SourceReport report) {
    return new CodeFacts(report.traits());
  }

  private static Optional<Violation> importRule(SourceReport.Import found, CodePolicy policy) {
    String module = found.module();
    for (String forbidden : policy.forbiddenImports()) {
      if (module.equals(forbidden) || module.startsWith(forbidden + ".")) {
        return Optional.of(
            new Violation(found.line(), "import of " + module + " is not allowed here"));
      }
    }
    return found.available()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                found.line(),
                "module " + module + " does not exist in this sandbox; use the standard library"));
  }

  private static Optional<Violation> useRule(SourceReport.Use use, CodePolicy policy) {
    if (use.call() && policy.forbiddenCalls().contains(use.name())) {
      return Optional.of(
          new Violation(use.line(), "calling " + use.name() + " is not allowed here"));
    }
    for (String forbidden : policy.forbiddenAttributes()) {
      if (use.name().equals(forbidden) || use.name().endsWith("." + forbidden)) {
        return Optional.of(
            new Violation(use.line(), "using " + forbidden + " is not allowed here"));
      }
    }
    return Optional.empty();
  }
}
