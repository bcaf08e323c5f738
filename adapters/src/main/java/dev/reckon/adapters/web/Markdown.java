package dev.reckon.adapters.web;

import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.turn.TurnResult;

/** A computation as one document in Markdown. */
final class Markdown {
  private Markdown() {}

  static String of(TurnRecord turn, TurnResult result) {
    StringBuilder text = new StringBuilder("# Computation " + turn.id() + "\n\n");
    text.append(quoted(turn.request())).append("\n\n");
    text.append(
        "Asked by %s, %s. %s\n\n"
            .formatted(
                plain(turn.personName()), PageTime.of(turn.startedAt()), plain(result.message())));
    section(text, "Output", fenced("", result.output()));
    section(text, "Code", fenced("python", result.code()));
    TurnResult.Verification checked = result.verification();
    if (checked != null && !checked.requirements().isEmpty()) {
      text.append("## How it was checked\n\n");
      for (TurnResult.Requirement one : checked.requirements()) {
        text.append(one.met() ? "- [x] " : "- [ ] ").append(plain(one.text()));
        if (!one.evidence().isBlank()) {
          text.append("\n\n").append(fenced("", one.evidence()).indent(2));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static void section(StringBuilder text, String title, String content) {
    if (!content.isEmpty()) {
      text.append("## ").append(title).append("\n\n").append(content).append("\n\n");
    }
  }

  /** A block that no content ends: its fence is longer than any in it. */
  private static String fenced(String language, String content) {
    String visible = Sanitizer.visible(content).strip();
    if (visible.isEmpty()) {
      return "";
    }
    int longest = 2;
    int run = 0;
    for (int i = 0; i < visible.length(); i++) {
      run = visible.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    return fence + language + "\n" + visible + "\n" + fence;
  }

  private static String quoted(String text) {
    return "> " + escaped(Sanitizer.visible(text).strip()).replace("\n", "\n> ");
  }

  private static String plain(String text) {
    return escaped(Sanitizer.oneLine(text));
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>#|!])", "\\\\$1");
  }
}
