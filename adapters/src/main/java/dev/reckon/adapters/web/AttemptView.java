package dev.reckon.adapters.web;

import dev.reckon.core.label.Label;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.turn.Attempt;
import dev.reckon.core.turn.AttemptFailure;
import dev.reckon.core.turn.TurnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Draws what was tried and what was checked. */
final class AttemptView {
  private AttemptView() {}

  /** The attempts of a running turn that failed. */
  static Html live(List<Attempt> attempts) {
    List<Html> items = new ArrayList<>();
    for (Attempt attempt : attempts) {
      AttemptFailure failure = attempt.failure();
      if (failure != null) {
        items.add(item(attempt.number(), failure.reason(), attempt.code(), "", true));
      }
    }
    return items.isEmpty() ? Html.none() : Html.el("ol", "attempts").add(items);
  }

  /** What was required and what shows that it is met; nothing where nobody checked. */
  static Html checked(TurnResult result) {
    TurnResult.Verification checked = result.verification();
    if (checked == null || (checked.requirements().isEmpty() && checked.reason().isBlank())) {
      return Html.none();
    }
    return Html.el("details", "checked-by")
        .add(Html.el("summary").text(Label.BUTTON_SHOW_EVIDENCE.text()), requirements(checked));
  }

  /** The requirements with the evidence of each beside it. */
  static Html requirements(TurnResult.Verification checked) {
    List<Html> items = new ArrayList<>();
    for (TurnResult.Requirement one : checked.requirements()) {
      Element item =
          Html.el("li", one.met() ? "met" : "unmet")
              .add(
                  Icons.mark(one.met()),
                  Html.el("span", "unseen").text(one.met() ? "Met: " : "Not met: "),
                  Html.el("span", "requirement").text(Sanitizer.visible(one.text())));
      if (!one.evidence().isBlank()) {
        item.add(Html.el("code", "evidence").text(Sanitizer.visible(one.evidence())));
      }
      items.add(item);
    }
    return Html.all(
        items.isEmpty() ? Html.none() : Html.el("ul", "requirements").add(items),
        checked.reason().isBlank()
            ? Html.none()
            : Html.el("p", "note").text(Sanitizer.visible(checked.reason())));
  }

  /** The attempts of a turn that took more than one. */
  static Html of(TurnResult result) {
    return result.attempts().size() < 2
        ? Html.none()
        : Html.el("details", "tried")
            .add(
                Html.el("summary").text("Attempts (%d)".formatted(result.attempts().size())),
                list(result));
  }

  /** All attempts, the last one included. */
  static Html list(TurnResult result) {
    List<Html> items = new ArrayList<>();
    for (TurnResult.Attempt attempt : result.attempts()) {
      boolean last = attempt.number() == result.attempts().getLast().number();
      Optional<String> error =
          Optional.ofNullable(attempt.error())
              .or(() -> Optional.ofNullable(attempt.verdict()).map(TurnResult.Verification::reason))
              .filter(text -> !text.isBlank());
      boolean failed = !last || attempt.error() != null;
      items.add(
          item(
              attempt.number(),
              error.orElse(attempt.status()),
              attempt.code(),
              attempt.output(),
              failed));
    }
    return Html.el("ol", "attempts").add(items);
  }

  private static Element item(
      int number, String reason, String code, String output, boolean failed) {
    String line = Sanitizer.visible(Objects.requireNonNullElse(reason, "")).strip();
    Element item =
        Html.el("li", failed ? "failed" : "passed")
            .add(
                Html.el("p")
                    .text(
                        failed
                            ? Label.PROGRESS_FAILED_ATTEMPT.text(number, line)
                            : "Attempt %d: %s".formatted(number, line)));
    if (!code.isBlank()) {
      item.add(
          Html.el("details").add(Html.el("summary").text("Its code"), LongText.failedCode(code)));
    }
    if (!output.isBlank()) {
      item.add(
          Html.el("details")
              .add(Html.el("summary").text("What it printed"), LongText.failedOutput(output)));
    }
    return item;
  }
}
