package dev.reckon.core.reply;

import dev.reckon.core.reply.ReplyScanner.Block;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the program in a model's reply, whatever is around it.
 *
 * <p>Blocks that say they are Python come before blocks that say nothing, and those before bare
 * lines of code. Of several blocks the last counts, since later ones correct earlier ones; a block
 * that it needs (it uses a name that only the earlier one defines) is put before it.
 */
public final class CodeExtraction {
  private static final List<String> TAGS =
      List.of("solution", "code", "execute", "python", "tool_code", "script");

  /** A line that is neither code nor prose, so that code does not continue across it. */
  private static final String SEPARATOR = "\u0000\n";

  private CodeExtraction() {}

  /** The program, without the lines around it; empty when the reply holds none. */
  public static Optional<String> from(CharSequence reply) {
    String text = ReplyText.of(reply);
    Optional<String> called = ToolCall.program(text);
    String said = called.isPresent() ? ReplyText.of(called.get()) : text;
    return UnfencedCode.inTags(said)
        .map(CodeExtraction::trimmed)
        .or(() -> program(UnfencedCode.unquoted(said)))
        .or(() -> UnfencedCode.in(said).map(CodeExtraction::trimmed));
  }

  private static Optional<String> program(String text) {
    List<Block> blocks = ReplyScanner.scan(text).blocks();
    if (blocks.isEmpty()) {
      blocks = tagged(text);
    }
    List<String> python = bodies(blocks, true);
    if (python.isEmpty()) {
      python = called(blocks);
    }
    if (python.isEmpty()) {
      python = bodies(blocks, false);
    }
    if (!python.isEmpty()) {
      return Optional.of(joined(python));
    }
    return blocks.stream().allMatch(CodeExtraction::isUnnamed)
        ? bare(unfenced(text, blocks))
        : Optional.empty();
  }

  /** Programs that occur in a block as the JSON of a tool's call. */
  private static List<String> called(List<Block> blocks) {
    return blocks.stream()
        .filter(block -> block.language().equals("json") || isUnnamed(block))
        .flatMap(block -> ToolCall.program(block.body()).stream())
        .map(PythonSource::cleaned)
        .filter(PythonText::isCode)
        .map(CodeExtraction::trimmed)
        .toList();
  }

  /**
   * The text without blocks that are closed. A fence that opens nothing readable may be the end of
   * a block whose beginning was forgotten, so what stands around it is looked at.
   */
  private static String unfenced(String text, List<Block> blocks) {
    StringBuilder rest = new StringBuilder();
    int at = 0;
    for (Block block : blocks) {
      rest.append(text, at, block.from()).append('\n');
      at = block.to();
      if (!block.closed()) {
        rest.append(SEPARATOR).append(block.body());
      }
    }
    return rest.append(text, at, text.length()).toString();
  }

  private static List<String> bodies(List<Block> blocks, boolean named) {
    List<Block> python =
        blocks.stream()
            .filter(
                block ->
                    named
                        ? PythonText.LANGUAGES.contains(block.language())
                        : isUnnamed(block) && PythonText.isCode(PythonSource.cleaned(block.body())))
            .filter(block -> !isTranscript(block.body()))
            .toList();
    boolean anyClosed = python.stream().anyMatch(Block::closed);
    List<String> bodies =
        python.stream()
            .filter(block -> block.closed() || !anyClosed)
            .map(block -> trimmed(PythonSource.cleaned(block.body())))
            .filter(body -> !body.isBlank() && !PythonText.isFragment(body))
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

  private static boolean isUnnamed(Block block) {
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
    PythonText.Run run = new PythonText.Run();
    for (String line : PythonSource.cleaned(text).lines().toList()) {
      String clean = line.replace("```", "");
      if (!run.goesOnWith(clean)) {
        best = run.isCode() ? run.text() : best;
        run = new PythonText.Run();
        if (!PythonText.isStatement(clean)
            || PythonText.isIndented(clean)
            || !run.goesOnWith(clean)) {
          run = new PythonText.Run();
        }
      }
    }
    return Optional.ofNullable(run.isCode() ? run.text() : best).map(CodeExtraction::trimmed);
  }

  private static List<Block> tagged(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String tag : TAGS) {
      int open = lower.lastIndexOf("<" + tag + ">");
      if (open >= 0) {
        int from = open + tag.length() + 2;
        int to = lower.indexOf("</" + tag + ">", from);
        int end = to < 0 ? text.length() : to;
        return List.of(new Block("", text.substring(from, end), to >= 0, open, end));
      }
    }
    return List.of();
  }

  private static String trimmed(String body) {
    List<String> lines = body.lines().map(String::stripTrailing).toList();
    int from = 0;
    int to = lines.size();
    while (to > from && lines.get(to - 1).isEmpty()) {
      to--;
    }
    while (from < to && lines.get(from).isEmpty()) {
      from++;
    }
    return String.join("\n", lines.subList(from, to)).stripIndent();
  }
}
