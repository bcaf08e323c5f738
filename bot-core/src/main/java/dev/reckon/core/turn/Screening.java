package dev.reckon.core.turn;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SourceReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a program's syntax tree showed, held against the policy before it costs a run.
 *
 * @param facts that later checks need
 * @param failure why the program must not run, naming line and rule, or null
 */
public record Screening(CodeFacts facts, @Nullable AttemptFailure failure) {
  /** A program that could not be read is not allowed either. */
  public static Screening of(Inspection answer, CodePolicy policy) {
    return switch (answer) {
      case Inspection.Read(SourceReport report) ->
          new Screening(new CodeFacts(report.traits()), check(report, policy).orElse(null));
      case Inspection.NotRead(String reason) -> new Screening(CodeFacts.NONE, unread(reason));
    };
  }

  private static AttemptFailure unread(String reason) {
    return new AttemptFailure(
        AttemptFailure.Cause.SCREENED,
        "the program could not be checked before running: " + reason + "; write it more simply",
        0,
        "unread");
  }

  private record Violation(int line, String rule) {}

  private static Optional<AttemptFailure> check(SourceReport report, CodePolicy policy) {
    GuestError syntax = report.syntaxError();
    if (syntax != null) {
      return Optional.of(
          new AttemptFailure(
              AttemptFailure.Cause.SCREENED,
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
    violations.sort(Comparator.comparingInt(Violation::line));
    List<String> rules = violations.stream().map(Violation::rule).distinct().toList();
    List<String> lines =
        violations.stream().map(v -> "line " + v.line() + ": " + v.rule()).distinct().toList();
    return Optional.of(
        new AttemptFailure(
            AttemptFailure.Cause.SCREENED,
            String.join("\n", lines),
            violations.getFirst().line(),
            String.join("; ", rules)));
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
