package dev.reckon.core.turn;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import java.util.List;
import java.util.stream.Collectors;

/** Names what a judge found evidence for, in a few words. */
final class CheckedRequirements {
  private static final int MOST = 4;
  private static final int LONGEST = 60;

  private CheckedRequirements() {}

  /** The requirements in one line, or the judgement's reason where there are none. */
  static String of(Judgement judgement, Language language) {
    List<String> names =
        judgement.requirements().stream()
            .map(TurnResult.Requirement::text)
            .map(CheckedRequirements::shortened)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    if (names.isEmpty()) {
      return judgement.reason();
    }
    String some = names.stream().limit(MOST).collect(Collectors.joining(", "));
    return names.size() <= MOST
        ? Label.CHECKED_ALL.in(language, some)
        : Label.CHECKED_SOME.in(language, some, names.size() - MOST);
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    String bare = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return bare.length() <= LONGEST ? bare : bare.substring(0, LONGEST - 1).strip() + "…";
  }
}
