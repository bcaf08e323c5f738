package dev.reckon.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.reckon.core.check.Agreement;
import dev.reckon.core.check.HeadlineCheck;
import dev.reckon.core.check.NearMiss;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Language;
import dev.reckon.core.reply.CodeExtraction;
import dev.reckon.core.reply.JudgeReply;
import dev.reckon.core.reply.ReplyReader;
import dev.reckon.core.surface.render.Excerpt;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.TextTable;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.TurnResult;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Each class is a target by itself: Jazzer calls {@code fuzzerTestOneInput}. */
public final class FuzzTargets {
  private static final String NEXT_PART = "\n====\n";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What may be allocated for any input, and for each of its bytes on top of it. */
  private static final long FIXED_BYTES = 24L << 20;

  private static final long BYTES_FOR_EACH = 2_000;

  private FuzzTargets() {}

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }

  /** Parts of an input; those that are missing are empty. */
  private static String[] parts(byte[] data, int count) {
    String[] parts = Arrays.copyOf(text(data).split(NEXT_PART, count), count);
    for (int i = 0; i < count; i++) {
      parts[i] = parts[i] == null ? "" : parts[i];
    }
    return parts;
  }

  private static void bounded(byte[] data, Runnable work) {
    long cost = allocated(work);
    if (cost > FIXED_BYTES) {
      cost = allocated(work); // the first time, classes are loaded and instrumented
    }
    assertTrue(
        cost <= FIXED_BYTES + BYTES_FOR_EACH * data.length,
        cost + " bytes allocated for " + data.length);
  }

  private static long allocated(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** A model's reply: what it is, and the program in it. */
  public static final class Replies {
    private Replies() {}

    public static void fuzzerTestOneInput(byte[] data) {
      String reply = text(data);
      bounded(data, () -> ReplyReader.read(reply));
      Optional<String> program = CodeExtraction.from(reply);
      program.ifPresent(
          code -> {
            assertFalse(code.isBlank(), "an empty program");
            // Quotes inside typographic ones are escaped.
            assertTrue(code.length() <= 2 * reply.length() + 1, "more program than reply");
            assertFalse(code.indexOf('\r') >= 0, "a line end that Python's text has not");
          });
    }
  }

  /** A judge's reply over evidence and request: nothing is verified without a quotation. */
  public static final class Judgements {
    private Judgements() {}

    public static void fuzzerTestOneInput(byte[] data) {
      String[] parts = parts(data, 3);
      bounded(data, () -> JudgeReply.read(parts[0], List.of(parts[1]), parts[2], Language.ENGLISH));
      Judgement judgement =
          JudgeReply.read(parts[0], List.of(parts[1]), parts[2], Language.ENGLISH);
      assertTrue(judgement.reason().length() <= 2_000, "a long reason");
      assertFalse(judgement.reason().isBlank(), "no reason");
      if (judgement.verdict() == Judgement.Verdict.ANSWERS
          && judgement.method() == Judgement.Method.JUDGE) {
        assertFalse(judgement.requirements().isEmpty(), "verified without a requirement");
        judgement.requirements().forEach(each -> checkQuoted(each, parts[1]));
      }
    }

    /** Looked up in another way than the judge's reader does: by letters and digits only. */
    private static void checkQuoted(TurnResult.Requirement requirement, String evidence) {
      assertTrue(requirement.met(), "verified with a requirement that is not met");
      assertFalse(requirement.evidence().isBlank(), "verified without a quotation");
      String material = bare(evidence);
      for (String piece : requirement.evidence().replace("…", "...").split("\\.\\.\\.", -1)) {
        assertTrue(material.contains(bare(piece)), "quoted, and not there: " + piece);
      }
    }

    private static String bare(String text) {
      StringBuilder bare = new StringBuilder();
      text.toLowerCase(Locale.ROOT)
          .chars()
          .filter(Character::isLetterOrDigit)
          .forEach(c -> bare.append((char) c));
      return bare.toString();
    }
  }

  /** Text and tables on their way to a screen. */
  public static final class Shown {
    private Shown() {}

    public static void fuzzerTestOneInput(byte[] data) {
      String hostile = text(data);
      bounded(data, () -> Sanitizer.visible(hostile));
      String visible = Sanitizer.visible(hostile);
      assertTrue(
          visible.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t'),
          "a control character is left");
      assertEquals(visible, Sanitizer.visible(visible), "another text when it is cleaned twice");
      assertTrue(Sanitizer.oneLine(hostile).indexOf('\n') < 0, "more than one line");
      String name = Sanitizer.fileName(hostile, 80);
      assertTrue(!name.isEmpty() && name.length() <= 80 && name.indexOf('/') < 0, name);
      Excerpt excerpt = Excerpt.of(visible, new Excerpt.Limit(5, 100));
      assertTrue(excerpt.shown().length() <= 100, "a long excerpt");
      assertTrue(visible.isEmpty() || !excerpt.shown().isEmpty(), "an empty excerpt");
      table(data, visible);
    }

    private static void table(byte[] data, String text) {
      List<List<String>> rows =
          text.lines().limit(50).map(line -> List.of(line.split("\\|", 12))).toList();
      if (rows.size() < 2) {
        return;
      }
      Block.Table block = new Block.Table(rows.getFirst(), rows.subList(1, rows.size()));
      bounded(data, () -> TextTable.of(block).fitted(80));
      for (int width : new int[] {20, 80, 100_000}) {
        TextTable.Fitted fitted = TextTable.of(block).fitted(width);
        assertEquals(rows.size() + 1, fitted.lines().size());
        assertTrue(fitted.lines().stream().noneMatch(line -> line.indexOf('\n') >= 0));
      }
      assertTrue(TextTable.of(block).fitted(100_000).complete(), "cut where there is room");
    }
  }

  /** What rules say about an output: a headline, the same result twice, a name nearly met. */
  public static final class Checks {
    private Checks() {}

    public static void fuzzerTestOneInput(byte[] data) {
      String[] parts = parts(data, 3);
      bounded(data, () -> HeadlineCheck.holds(parts[0], parts[1], parts[2]));
      bounded(data, () -> Agreement.of(parts[0], parts[1]));
      bounded(data, () -> NearMiss.of(parts[0], parts[1].lines().toList()));
      assertEquals(Agreement.of(parts[0], parts[1]), Agreement.of(parts[1], parts[0]));
      Agreement.of(parts[0], parts[0]).ifPresent(same -> assertTrue(same, "unlike itself"));
    }
  }
}
