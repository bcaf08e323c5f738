package dev.reckon.core.turn;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SourceReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a program's syntax tree showed, held against the policy before it costs a run.
 *
 * @param facts that later checks need
 * @param failure why the program must not run, naming line and rule, or null
 */
public record Screening(CodeFacts facts, @Nullable AttemptFailure failure) {
  /**
   * A program that could not be read is not allowed either.
   *
   * @param language of the person, who is told the failure
   */
  public static Screening of(Inspection answer, CodePolicy policy, Language language) {
    return switch (answer) {
      case Inspection.Read(SourceReport report) ->
          new Screening(
              new CodeFacts(report.traits()), check(report, policy, language).orElse(null));
      case Inspection.NotRead(String reason) ->
          new Screening(
              CodeFacts.NONE,
              new AttemptFailure(
                  AttemptFailure.Cause.SCREENED,
                  Label.FAILURE_UNREAD.text(reason),
                  0,
                  "unread",
                  Label.FAILURE_UNREAD.in(language, reason)));
    };
  }

  /** A rule that the program breaks in that line; the rule is a text with one or two values. */
  private record Violation(int line, Label rule, List<Object> values) {
    Violation(int line, Label rule, Object... values) {
      this(line, rule, List.of(values));
    }

    String rule(Language language) {
      return rule.in(language, values.toArray());
    }

    String in(Language language) {
      return Label.FAILURE_LINE.in(language, line, rule(language));
    }
  }

  private static Optional<AttemptFailure> check(
      SourceReport report, CodePolicy policy, Language language) {
    GuestError syntax = report.syntaxError();
    if (syntax != null) {
      String error = syntax.type() + ": " + syntax.message();
      return Optional.of(
          new AttemptFailure(
              AttemptFailure.Cause.SCREENED,
              Label.FAILURE_LINE.text(syntax.line(), error),
              syntax.line(),
              "syntax",
              Label.FAILURE_LINE.in(language, syntax.line(), error)));
    }
    List<Violation> violations = new ArrayList<>();
    if (report.lines() > policy.maxLines()) {
      violations.add(
          new Violation(
              policy.maxLines() + 1, Label.FAILURE_LINES, report.lines(), policy.maxLines()));
    }
    report.imports().forEach(use -> importRule(use, policy).ifPresent(violations::add));
    report.uses().forEach(use -> useRule(use, policy).ifPresent(violations::add));
    if (violations.isEmpty()) {
      return Optional.empty();
    }
    violations.sort(Comparator.comparingInt(Violation::line));
    return Optional.of(
        new AttemptFailure(
            AttemptFailure.Cause.SCREENED,
            lines(violations, Language.ENGLISH),
            violations.getFirst().line(),
            violations.stream()
                .map(violation -> violation.rule(Language.ENGLISH))
                .distinct()
                .collect(Collectors.joining("; ")),
            lines(violations, language)));
  }

  private static String lines(List<Violation> violations, Language language) {
    return violations.stream()
        .map(violation -> violation.in(language))
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  private static Optional<Violation> importRule(SourceReport.Import found, CodePolicy policy) {
    String module = found.module();
    for (String forbidden : policy.forbiddenImports()) {
      if (module.equals(forbidden) || module.startsWith(forbidden + ".")) {
        return Optional.of(new Violation(found.line(), Label.FAILURE_IMPORT, module));
      }
    }
    return found.available()
        ? Optional.empty()
        : Optional.of(new Violation(found.line(), Label.FAILURE_NO_MODULE, module));
  }

  private static Optional<Violation> useRule(SourceReport.Use use, CodePolicy policy) {
    if (use.call() && policy.forbiddenCalls().contains(use.name())) {
      return Optional.of(new Violation(use.line(), Label.FAILURE_CALL, use.name()));
    }
    for (String forbidden : policy.forbiddenAttributes()) {
      if (use.name().equals(forbidden) || use.name().endsWith("." + forbidden)) {
        return Optional.of(new Violation(use.line(), Label.FAILURE_USE, forbidden));
      }
    }
    return Optional.empty();
  }
}
