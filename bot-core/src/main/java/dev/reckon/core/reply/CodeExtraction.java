package dev.reckon.core.reply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the program in a model's reply, whatever is around it.
 *
 * <p>Blocks that say they are Python come before blocks that say nothing, and those before bare
 * lines of code. Of several blocks the last counts, since later ones correct earlier ones; a block
 * that it needs (it uses a name that only the earlier one defines) is put before it.
 */
public final class CodeExtraction {
  private CodeExtraction() {}

  /** The program, without the lines around it; empty when the reply holds none. */
  public static Optional<String> from(String reply) {
    String text = Thinking.removed(reply.replace("\r\n", "\n").replace('\r', '\n'));
    List<Fences.Block> blocks = Fences.in(text);
    List<String> python = bodies(blocks, true);
    if (python.isEmpty()) {
      python = bodies(blocks, false);
    }
    if (!python.isEmpty()) {
      return Optional.of(joined(python));
    }
    return blocks.isEmpty() ? bare(text) : Optional.empty();
  }

  private static List<String> bodies(List<Fences.Block> blocks, boolean named) {
    List<Fences.Block> python =
        blocks.stream()
            .filter(
                block ->
                    named
                        ? PythonText.LANGUAGES.contains(block.language())
                        : isUnnamed(block) && PythonText.isCode(block.body()))
            .filter(block -> !isTranscript(block.body()))
            .toList();
    boolean anyClosed = python.stream().anyMatch(Fences.Block::closed);
    List<String> bodies =
        python.stream()
            .filter(block -> block.closed() || !anyClosed)
            .map(block -> trimmed(withoutShellLines(block.body())))
            .filter(body -> !body.isBlank())
            .toList();
    List<String> programs = bodies.stream().filter(body -> !onlyAsserts(body)).toList();
    return programs.isEmpty() ? bodies : programs;
  }

  /** An interactive session, shown to explain and not to run. */
  private static boolean isTranscript(String body) {
    return body.stripLeading().startsWith(">>>");
  }

  private static boolean onlyAsserts(String body) {
    return body.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .allMatch(line -> line.startsWith("assert ") || PythonText.isIndented(line));
  }

  /** Notebook lines such as {@code !pip install} are no Python. */
  private static String withoutShellLines(String body) {
    return body.lines()
        .filter(line -> !line.startsWith("!") && !line.startsWith("%"))
        .collect(Collectors.joining("\n"));
  }

  private static boolean isUnnamed(Fences.Block block) {
    return block.language().isEmpty()
        || block.language().equals("code")
        || block.language().equals("text")
        || block.language().equals("plaintext");
  }

  private static String joined(List<String> blocks) {
    List<String> parts = new ArrayList<>();
    parts.add(blocks.getLast());
    Set<String> known = new HashSet<>(PythonText.defines(blocks.getLast()));
    Set<String> wanted = PythonText.words(blocks.getLast());
    for (String earlier : blocks.reversed().subList(1, blocks.size())) {
      Set<String> offers = new HashSet<>(PythonText.defines(earlier));
      offers.removeAll(known);
      Set<String> again = PythonText.definitions(earlier);
      again.retainAll(known);
      offers.retainAll(wanted);
      if (!offers.isEmpty() && again.isEmpty()) {
        parts.addFirst(earlier);
        known.addAll(PythonText.defines(earlier));
        wanted.addAll(PythonText.words(earlier));
      }
    }
    return String.join("\n", parts);
  }

  /** The last run of lines that read as code, where at least one can be nothing else. */
  private static Optional<String> bare(String text) {
    String best = null;
    List<String> run = new ArrayList<>();
    for (String line : (text + "\n\u0000").lines().toList()) {
      String clean = line.replace("```", "");
      run.add(clean);
      if (!PythonText.isCode(String.join("\n", run)) && !couldGoOn(run)) {
        run.removeLast();
        best = chosen(best, run);
        run.clear();
        if (PythonText.isStatement(clean) && !PythonText.isIndented(clean)) {
          run.add(clean);
        }
      }
    }
    return Optional.ofNullable(chosen(best, run)).map(CodeExtraction::trimmed);
  }

  private static boolean couldGoOn(List<String> run) {
    return run.stream().allMatch(PythonText::isStatement);
  }

  private static @Nullable String chosen(@Nullable String before, List<String> run) {
    String code = String.join("\n", run);
    return PythonText.isCode(code) ? code : before;
  }

  private static String trimmed(String body) {
    List<String> lines = new ArrayList<>(body.lines().map(String::stripTrailing).toList());
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    while (!lines.isEmpty() && lines.getFirst().isEmpty()) {
      lines.removeFirst();
    }
    return String.join("\n", lines).stripIndent();
  }
}
