package dev.reckon.files.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.files.FileReading;
import dev.reckon.files.ReadFile;
import dev.reckon.files.ReadResult;
import dev.reckon.files.Work;
import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.profile.Column;
import dev.reckon.files.profile.ContentProfile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What holds for every attachment that is read. */
final class ReadingProperties {
  /** Small, so that a fuzzer's inputs reach each of them. */
  private static final ReadLimits LIMITS =
      new ReadLimits(1 << 20, 4 << 20, 8, 100, 500, 20_000, 2_000, 2_000, 16, 5, 4);

  /** What readers set up whatever they read, and what a byte of input may cost on top of it. */
  private static final long FIXED_BYTES = 64L << 20;

  private static final long BYTES_FOR_EACH = 4_000;

  /** Of one text that is shown to a person or a model. */
  private static final int LONGEST_TEXT = 4_096;

  private static final int MOST_FACTS = 64;

  private static final FileReading READING = new FileReading(LIMITS);

  private ReadingProperties() {}

  /** Reads the attachment and checks all of it; fails where something does not hold. */
  static void check(String name, byte[] content) {
    ReadResult[] result = new ReadResult[1];
    long allocated = Work.allocated(() -> result[0] = READING.read(name, content));
    if (allocated > FIXED_BYTES) {
      // The first time, classes are loaded and instrumented by this thread.
      allocated = Work.allocated(() -> result[0] = READING.read(name, content));
    }
    long cost = allocated;
    assertTrue(
        cost <= FIXED_BYTES + BYTES_FOR_EACH * content.length,
        () -> "allocated " + cost + " bytes for " + content.length);
    ReadResult read = result[0];
    assertFalse(read.files().isEmpty() && read.notices().isEmpty(), "nothing came of it");
    assertTrue(read.files().size() <= LIMITS.files(), "too many files");
    assertTrue(read.notices().size() <= LIMITS.notices() + 1, "too many notices");
    read.notices().forEach(notice -> checkText(notice, LONGEST_TEXT));
    Set<String> names = new HashSet<>();
    long total = 0;
    for (ReadFile file : read.files()) {
      checkName(file.name());
      assertTrue(names.add(file.name().toLowerCase(Locale.ROOT)), "two files of one name");
      checkText(file.part(), 1_024);
      total += file.content().length;
      assertTrue(file.content().length <= LIMITS.fileBytes(), "a file beyond its limit");
      check(file.profile(), file.content());
      checkAgain(file);
    }
    assertTrue(total <= LIMITS.totalBytes() + content.length, "files beyond their limit together");
  }

  private static void checkName(String name) {
    assertFalse(name.isBlank() || name.equals(".") || name.equals(".."), name);
    assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 255, name);
    assertTrue(
        name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c)), name);
  }

  private static void check(ContentProfile profile, byte[] content) {
    assertEquals(content.length, profile.bytes());
    checkText(profile.label(), LONGEST_TEXT);
    assertTrue(profile.facts().size() <= MOST_FACTS, "too many facts");
    profile.facts().forEach(fact -> checkText(fact, LONGEST_TEXT));
    assertTrue(profile.columns().size() <= LIMITS.columns(), "too many columns");
    for (Column column : profile.columns()) {
      checkText(column.name(), LIMITS.cellCharacters() + 1);
      checkText(column.words(), LONGEST_TEXT);
      assertTrue(column.nulls() >= 0, "fewer than no empty values");
      assertTrue(column.samples().size() <= LIMITS.samples(), "too many samples");
      column.samples().forEach(sample -> checkText(sample, LONGEST_TEXT));
    }
    profile.preview().forEach(line -> checkText(line.text(), LONGEST_TEXT));
    ContentProfile.Table table = profile.table();
    if (table != null) {
      assertTrue(table.rows() >= 0 && table.rows() <= profile.lines(), "rows that are no lines");
      assertTrue(table.ragged() <= table.rows(), "more ragged rows than rows");
      assertTrue(table.width() >= profile.columns().size(), "more columns than columns");
    }
    if (profile.kind() != ContentProfile.Kind.BINARY) {
      checkUtf8(content);
    }
  }

  /** A wire of UTF-8 carries it, within its bound. */
  private static void checkText(String text, int most) {
    assertTrue(text.length() <= most, () -> "a text of " + text.length() + " characters");
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(text), "half a character");
  }

  private static void checkUtf8(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    } catch (CharacterCodingException e) {
      throw new AssertionError("text that is not in UTF-8", e);
    }
  }

  /** What was converted once is read as it is when a later turn profiles it. */
  private static void checkAgain(ReadFile file) {
    ContentProfile.Encoding encoding = file.profile().encoding();
    if (encoding == null || encoding.nuls() > 0) {
      return; // binary or empty, or text that without its NULs may begin as another kind
    }
    ReadResult again = READING.read(file.name(), file.content());
    assertEquals(1, again.files().size(), () -> "read again: " + again.notices());
    assertArrayEquals(file.content(), again.files().getFirst().content());
    assertEquals(file.profile().kind(), again.files().getFirst().profile().kind());
    assertEquals(file.profile().columns(), again.files().getFirst().profile().columns());
  }
}
