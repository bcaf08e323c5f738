package dev.reckon.core.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.files.Unpacking.Part;
import dev.reckon.core.files.Unpacking.Unpacked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

class UnpackingTest {
  private static final FileLimits LIMITS = new FileLimits(1 << 20, 3 << 20, 1 << 24, 5);

  private final Unpacking unpacking = new Unpacking(LIMITS);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> texts(Unpacked unpacked) {
    Map<String, String> texts = new TreeMap<>();
    for (Part part : unpacked.files()) {
      texts.put(part.name(), new String(part.content(), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private String refusal(String name, byte[] content) {
    return String.valueOf(
        assertThrows(IOException.class, () -> unpacking.unpack(name, content)).getMessage());
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return packed.toByteArray();
  }

  @Test
  void textComesInUtf8WithoutAMark() throws IOException {
    String text = "name,city\nJürgen,Köln\nZoë,Besançon\n";
    assertEquals(Map.of("a.csv", text), texts(unpacking.unpack("a.csv", bytes("\uFEFF" + text))));
    assertEquals(
        Map.of("a.csv", text),
        texts(unpacking.unpack("a.csv", text.getBytes(StandardCharsets.UTF_16))));
    assertEquals(
        Map.of("a.csv", text),
        texts(unpacking.unpack("a.csv", text.getBytes(Charset.forName("windows-1252")))));
  }

  @Test
  void gzipLosesItsEnding() throws IOException {
    assertEquals(
        Map.of("a.csv", "x,y\n"), texts(unpacking.unpack("a.csv.gz", gzip(bytes("x,y\n")))));
  }

  @Test
  void bombsAreRefusedWhileTheyUnfold() throws IOException {
    byte[] zeros = new byte[50 << 20];
    assertTrue(refusal("bomb.gz", gzip(zeros)).contains("too large"));
    assertTrue(refusal("bomb.zip", zip(Map.of("zeros.csv", zeros))).contains("too large"));
    Map<String, byte[]> many = new TreeMap<>();
    for (int i = 0; i < 5; i++) {
      many.put("part" + i, new byte[1 << 20]);
    }
    assertTrue(refusal("many.zip", zip(many)).contains("too large"));
  }

  @Test
  void namesThatLeadElsewhereAreLeftOut() throws IOException {
    Unpacked unpacked =
        unpacking.unpack(
            "a.zip",
            zip(
                new TreeMap<>(
                    Map.of(
                        "../../etc/passwd", bytes("root"),
                        "/abs.csv", bytes("x"),
                        "C:\\x.csv", bytes("x"),
                        "__MACOSX/._data.csv", bytes("junk"),
                        "in/data.csv", bytes("1"),
                        "out/data.csv", bytes("2")))));
    assertEquals(Map.of("data.csv", "1", "data-2.csv", "2"), texts(unpacked));
    assertEquals(3, unpacked.notices().size());
  }

  @Test
  void archivesInArchivesAndTooManyFilesAreSaid() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("0.gz", gzip(bytes("x")));
    for (int i = 1; i < 8; i++) {
      files.put(i + ".csv", bytes("x"));
    }
    Unpacked unpacked = unpacking.unpack("a.zip", zip(files));
    assertEquals(5, unpacked.files().size());
    assertEquals(2, unpacked.notices().size());
  }

  @Test
  void damagedAndOldFormatsAreSaidToBe() throws IOException {
    byte[] packed = gzip(bytes("x".repeat(1000)));
    packed[packed.length - 6] ^= 0x55;
    assertTrue(refusal("a.gz", packed).contains("damaged"));
    assertTrue(
        refusal("a.xls", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0})
            .contains(".xlsx"));
    assertTrue(refusal("a.zip", zip(Map.of())).length() > 0);
  }

  @Test
  void aWorkbookBecomesATableForEachSheet() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(file, "Reckon", "1.0")) {
      Worksheet pay = workbook.newWorksheet("Pay");
      pay.value(0, 0, "name");
      pay.value(0, 1, "salary");
      pay.value(0, 2, "since");
      pay.value(1, 0, "Ada, Countess");
      pay.value(1, 1, 1234.5);
      pay.value(1, 2, LocalDate.of(2024, 2, 29));
      pay.style(1, 2).format("yyyy-mm-dd").set();
      pay.value(2, 0, "Bob");
      pay.value(2, 1, 100000);
      Worksheet other = workbook.newWorksheet("Q1");
      other.value(0, 0, true);
      workbook.newWorksheet("Empty");
    }
    Map<String, String> tables = texts(unpacking.unpack("staff.xlsx", file.toByteArray()));
    assertEquals(List.of("staff-Pay.csv", "staff-Q1.csv"), List.copyOf(tables.keySet()));
    assertEquals(
        "name,salary,since\r\n\"Ada, Countess\",1234.5,2024-02-29\r\nBob,100000\r\n",
        tables.get("staff-Pay.csv"));
  }
}
