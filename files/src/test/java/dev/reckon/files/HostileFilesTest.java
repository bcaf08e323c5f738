package dev.reckon.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.profile.ContentProfile;
import dev.reckon.files.workbook.Xlsx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files made to cost time or memory are bounded, and cost their sender a clear message. */
class HostileFilesTest {
  private static final long MIB = 1 << 20;

  private final FileReading reading = new FileReading(ReadLimits.DEFAULT);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads within a bound on what is allocated on the way. */
  private ReadResult within(long mebibytes, String name, byte[] content) {
    AtomicReference<@Nullable ReadResult> result = new AtomicReference<>();
    long bytes = Work.allocated(() -> result.set(reading.read(name, content)));
    assertTrue(bytes < mebibytes * MIB, "allocated %d MiB".formatted(bytes / MIB));
    ReadResult read = result.get();
    if (read == null) {
      throw new AssertionError("nothing was read");
    }
    assertFalse(read.files().isEmpty() && read.notices().isEmpty());
    return read;
  }

  @Test
  void aCellFarToTheRightFillsNoGap() {
    byte[] book =
        new Xlsx()
            .sheet("S", "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"ZZZZZZ2\"><v>2</v></c></row>")
            .bytes();
    ReadResult result = within(20, "far.xlsx", book);
    assertEquals("1\r\n", new String(result.files().getFirst().content(), StandardCharsets.UTF_8));
    assertTrue(result.notices().getFirst().contains("beyond column 16384"), result.toString());
  }

  @Test
  void aCellFarDownFillsNoGap() {
    StringBuilder rows = new StringBuilder();
    for (int row : List.of(1, 1_000_000)) {
      rows.append(
          "<row r=\"%d\"><c r=\"A%d\"><v>1</v></c><c r=\"XFD%d\"><v>2</v></c></row>"
              .formatted(row, row, row));
    }
    ReadResult result = within(20, "down.xlsx", new Xlsx().sheet("S", rows.toString()).bytes());
    assertTrue(result.notices().getFirst().contains("more than 5000000 cells"), result.toString());
  }

  @Test
  void anExponentIsNotWrittenOut() {
    byte[] book =
        new Xlsx()
            .sheet(
                "S",
                "<row r=\"1\"><c><v>1E2147483640</v></c><c><v>1E-2147483640</v></c><c><v>1E300</v></c></row>")
            .bytes();
    ReadResult result = within(20, "exponent.xlsx", book);
    assertTrue(result.files().getFirst().content().length < 60);
  }

  @Test
  void sharedStringsAreBoundedTogether() {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 600; i++) {
      rows.append("<row r=\"%d\"><c t=\"s\"><v>0</v></c></row>".formatted(i));
    }
    Xlsx book = new Xlsx().strings("<si><t>" + "x".repeat(32_000) + "</t></si>");
    for (int i = 0; i < 50; i++) {
      book.sheet("S" + i, rows.toString());
    }
    ReadLimits limits =
        new ReadLimits(2 * MIB, 4 * MIB, 50, 1000, 16_384, 100_000, 32_767, 1000, 64, 20, 5);
    ReadResult result = new FileReading(limits).read("shared.xlsx", book.bytes());
    assertTrue(result.notices().getFirst().contains("too large"), result.notices().toString());
  }

  @Test
  void anEntryThatNobodyNeedsIsNotInflated() {
    byte[] book =
        new Xlsx()
            .sheet("S", "<row r=\"1\"><c><v>1</v></c></row>")
            .zip()
            .with("xl/media/image1.png", new byte[(int) (60 * MIB)])
            .bytes();
    assertEquals(1, within(40, "media.xlsx", book).files().size());
  }

  @Test
  void aSheetThatInflatesWithoutEndIsRefused() {
    ReadLimits small =
        new ReadLimits(MIB, 4 * MIB, 50, 1000, 16_384, 100_000, 32_767, 1000, 64, 20, 5);
    byte[] book = new Xlsx().sheet("S", "<row><c/></row>".repeat(200_000)).bytes();
    ReadResult result = new FileReading(small).read("long.xlsx", book);
    assertTrue(result.files().isEmpty() && result.notices().size() == 1, result.toString());
  }

  @Test
  void oneTagOrTextWithoutEndIsRefused() {
    byte[] text =
        new Xlsx()
            .sheet("S", "<row><c t=\"str\"><v>" + "x".repeat(25_000_000) + "</v></c></row>")
            .bytes();
    assertTrue(within(100, "text.xlsx", text).files().isEmpty());
    byte[] tag = new Xlsx().sheet("S", "<row r=\"" + "1".repeat(25_000_000) + "\"/>").bytes();
    assertTrue(within(100, "tag.xlsx", tag).files().isEmpty());
  }

  @Test
  void aFormatOfBracketsCostsNothing() {
    String brackets = "[".repeat(100_000);
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 1000; i++) {
      rows.append("<row r=\"%d\"><c s=\"1\"><v>%d</v></c></row>".formatted(i, i));
    }
    byte[] book = new Xlsx().format(164, brackets).sheet("S", rows.toString()).bytes();
    assertEquals(1, within(40, "brackets.xlsx", book).files().size());
  }

  @Test
  void malformedWorkbooksAreAMessageOrRead() {
    for (String cells :
        List.of(
            "<c r=\"!!\"><v>1</v></c>",
            "<c r=\"A0\" t=\"nonsense\"><v>1</v></c>",
            "<c r=\"A1\" s=\"-7\"><v>1</v></c>",
            "<c r=\"A1\" s=\"99999999999\"><v>1</v></c>",
            "<c r=\"A1\" t=\"s\"><v>-1</v></c><c t=\"s\"><v>x</v></c><c><v>1</v></c>",
            "<c r=\"A1\" t=\"d\"><v>not a day</v></c>",
            "<c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c>",
            "<c r=\"C1\"><v>1</v></c><c r=\"A1\"><v>2</v></c>")) {
      for (String row : List.of("1", "-1", "99999999999999", "x")) {
        byte[] book = new Xlsx().sheet("S", "<row r=\"" + row + "\">" + cells + "</row>").bytes();
        assertEquals(1, within(20, "odd.xlsx", book).files().size(), cells);
      }
    }
    for (String body : List.of("<row>", "</row>", "<row><c><v>&x;</v></c></row>", "\0")) {
      within(20, "broken.xlsx", new Xlsx().sheet("S", body).bytes());
    }
    within(20, "none.xlsx", new Zip().with("xl/workbook.xml", "<workbook/>").bytes());
  }

  @Test
  void damagedBytesAreNeverAFailure() {
    byte[] book =
        new Xlsx().builtIn(14).sheet("S", "<row r=\"1\"><c s=\"1\"><v>45351</v></c></row>").bytes();
    Random random = new Random(7);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = book.clone();
      for (int k = 0; k < 4; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      within(200, "damaged.xlsx", damaged);
    }
  }

  @Test
  void aLineOfTenMillionCommasIsReadWithinBounds() {
    byte[] zip = new Zip().with("wide.csv", ",".repeat(10_000_000) + "\n" + "1,2,3\n").bytes();
    ReadResult result = within(400, "wide.zip", zip);
    ContentProfile profile = result.files().getFirst().profile();
    assertTrue(profile.columns().size() <= 16_384);
    assertTrue(profile.facts().contains("1 column"), profile.facts().toString());
  }

  @Test
  void namesThatLeadOutAreOneNotice() {
    Zip zip = new Zip().with("good.csv", "a\n1\n");
    for (int i = 0; i < 9_000; i++) {
      zip.with("../x" + i, "");
    }
    ReadResult result = within(500, "out.zip", zip.bytes());
    assertEquals(
        List.of("9000 files in out.zip were left out: their names lead out of the archive."),
        result.notices());
    for (int i = 0; i < 40_000; i++) {
      zip.with("../y" + i, "");
    }
    ReadResult refused = within(20, "out.zip", zip.bytes());
    assertEquals(1, refused.notices().size());
    assertTrue(refused.notices().getFirst().contains("more than 10000 files"), refused.toString());
  }

  @Test
  void noticesAreBounded() {
    Zip zip = new Zip();
    for (int i = 0; i < 500; i++) {
      zip.with("bad" + i + ".xlsx", new Zip().with("xl/workbook.bin", "x").bytes());
    }
    List<String> notices = reading.read("many.zip", zip.bytes()).notices();
    assertEquals(21, notices.size());
    assertEquals("480 more notices about many.zip were left out.", notices.getLast());
  }

  @Test
  void bombsAreRefusedWhileTheyUnfold() {
    byte[] zeros = new byte[(int) (70 * MIB)];
    assertTrue(within(100, "bomb.gz", Zip.gzip(zeros)).notices().getFirst().contains("too large"));
    ReadResult zip =
        within(
            100, "bomb.zip", new Zip().with("zeros.csv", zeros).with("good.csv", "a\n1\n").bytes());
    assertEquals("good.csv", zip.files().getFirst().name());
    assertTrue(zip.notices().getFirst().contains("zeros.csv is too large"), zip.toString());
  }

  @Test
  void nestedJsonIsBounded() {
    within(20, "deep.json", utf8("[".repeat(1_000_000)));
    ReadResult keys = within(300, "keys.json", utf8(manyKeys(100_000)));
    assertEquals(16_384, keys.files().getFirst().profile().columns().size());
  }

  private static String manyKeys(int n) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < n; i++) {
      json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":").append(i);
    }
    return json.append('}').toString();
  }

  @Test
  void entitiesAreNotExpanded() {
    String bomb =
        "<!DOCTYPE x [<!ENTITY a \""
            + "z".repeat(1000)
            + "\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    byte[] book =
        new Xlsx()
            .sheet("S", "")
            .zip()
            .with(
                "xl/worksheets/s0.xml",
                bomb
                    + "<worksheet><sheetData><row><c"
                    + " t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>")
            .bytes();
    ReadResult result = within(20, "entities.xlsx", book);
    assertTrue(result.files().isEmpty() || result.files().getFirst().content().length < 100);
  }
}
