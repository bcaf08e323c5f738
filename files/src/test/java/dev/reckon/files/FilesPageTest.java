package dev.reckon.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.ibm.icu.text.CharsetMatch;
import dev.reckon.files.encoding.Sentence;
import dev.reckon.files.encoding.TextDecoder;
import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.profile.Column;
import dev.reckon.files.table.Shape;
import dev.reckon.files.table.TableReader;
import dev.reckon.files.table.TableReader.TableFound;
import dev.reckon.files.workbook.WorkbookReaders;
import dev.reckon.files.workbook.Xlsx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * How well files are read, measured beside other programs. With {@code -Dreckon.docs=write} it
 * becomes {@code docs/files.md}.
 */
class FilesPageTest {
  @TempDir private Path folder;

  /** A text, and what a person sees in it; a header of -1 lines means that it is not judged. */
  private record Sample(String name, String text, char delimiter, int before, int header) {}

  /** How many of the samples were read rightly. */
  private record Score(int delimiters, int headers, int begins, int all) {
    String row(String who, boolean place) {
      return "| %s | %d of %d | %d of %d | %s |%n"
          .formatted(who, delimiters, all, headers, all, place ? begins + " of " + all : "–");
    }
  }

  @Test
  void thePage() throws Exception {
    StringBuilder page = new StringBuilder(text("files-page.md"));
    List<Sample> shapes = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      shapes.add(
          new Sample(
              shape.name(), shape.text(), shape.delimiter(), shape.before(), shape.header()));
    }
    Score ours = ours(shapes);
    assertEquals(shapes.size(), ours.delimiters);
    assertEquals(shapes.size(), ours.begins);
    String tables = table(ours, sniffed(shapes), shapes.size() + " shapes of our own");
    List<Sample> survey = survey();
    if (!survey.isEmpty()) {
      Score real = ours(survey);
      assertEquals(survey.size(), real.delimiters);
      assertTrue(
          real.headers >= survey.size() * 0.95 && real.begins >= survey.size() * 0.95,
          real.toString());
      tables +=
          "\n" + table(real, sniffed(survey), survey.size() + " files from open-data portals");
    }
    replace(page, "TABLES", tables);
    replace(page, "COLUMNS", columns());
    replace(page, "ENCODINGS", encodings());
    boolean write = "write".equals(System.getProperty("reckon.docs"));
    replace(page, "WORKBOOKS", WorkbookReaders.values() + (write ? WorkbookReaders.costs() : ""));
    replace(page, "NOTICES", notices());
    Path root = Path.of(System.getProperty("reckon.root", ".."));
    if (write && !survey.isEmpty()) {
      Files.writeString(root.resolve("docs/files.md"), page.toString());
    }
  }

  private static void replace(StringBuilder page, String mark, String text) {
    int at = page.indexOf("{" + mark + "}");
    page.replace(at, at + mark.length() + 2, text.strip());
  }

  private static String text(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(FilesPageTest.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String table(Score ours, @Nullable Score python, String what) {
    StringBuilder table =
        new StringBuilder(
            "| "
                + what
                + " | delimiter | header or none | where the rows begin |\n|---|---|---|---|\n");
    table.append(ours.row("Reckon", true));
    if (python != null) {
      table.append(python.row("Python's `csv.Sniffer`", false));
    }
    return table.toString();
  }

  private static Score ours(List<Sample> samples) {
    int delimiters = 0;
    int headers = 0;
    int begins = 0;
    for (Sample sample : samples) {
      TableFound found = new TableReader(16_384, 3).read(sample.text, true).orElseThrow();
      delimiters += found.dialect().delimiter() == sample.delimiter ? 1 : 0;
      headers += (found.headerRecords() > 0) == (sample.header > 0) ? 1 : 0;
      begins +=
          found.recordsBefore() + found.headerRecords() == sample.before + sample.header ? 1 : 0;
    }
    return new Score(delimiters, headers, begins, samples.size());
  }

  /** What Python's standard library reads from the same texts; null where there is no Python. */
  private @Nullable Score sniffed(List<Sample> samples) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("sniff.py"), text("sniff.py"));
    List<String> command = new ArrayList<>(List.of("python3", script.toString()));
    for (int i = 0; i < samples.size(); i++) {
      command.add(
          Files.writeString(
                  folder.resolve("%d-%d.csv".formatted(samples.size(), i)), samples.get(i).text)
              .toString());
    }
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException _) {
      return null;
    }
    int delimiters = 0;
    int headers = 0;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (Sample sample : samples) {
        String line = Objects.requireNonNullElse(lines.readLine(), "-1 -1");
        delimiters += line.startsWith((int) sample.delimiter + " ") ? 1 : 0;
        headers += line.endsWith(sample.header > 0 ? " 1" : " 0") ? 1 : 0;
      }
    }
    process.waitFor();
    return new Score(delimiters, headers, 0, samples.size());
  }

  /**
   * Real files, where this machine has them. One of them is annotated with a comma, which it does
   * not hold.
   */
  private static List<Sample> survey() throws IOException {
    Path survey =
        Path.of(System.getProperty("reckon.root", "..")).resolveSibling("shared/data/csv");
    List<Sample> samples = new ArrayList<>();
    if (!Files.exists(survey)) {
      return samples;
    }
    for (String line : Files.readAllLines(survey.resolve("dialects.jsonl"))) {
      Map<String, String> fields = new HashMap<>();
      try (JsonParser json = new JsonFactory().createParser(line)) {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String key = json.currentName();
          json.nextToken();
          fields.put(key, json.getText());
        }
      }
      String name = fields.getOrDefault("file", "");
      String text = Files.readString(survey.resolve(name));
      char delimiter = fields.getOrDefault("delimiter", ",").charAt(0);
      samples.add(
          new Sample(
              name,
              text,
              text.indexOf(delimiter) < 0 ? ';' : delimiter,
              Integer.parseInt(fields.getOrDefault("preamble_lines", "0")),
              Integer.parseInt(fields.getOrDefault("header_lines", "0"))));
    }
    return samples;
  }

  private static String columns() {
    String csv =
        """
        zip;price;share;cost;day;when;start;paid;id;mixed;amount
        01067;1,5;12 %;$1,200.00;03/04/2024;2024-03-01 09:30;10:30;yes;12345678901234567;7;1,234
        04109;2,75;7 %;$900.50;05/06/2024;2024-03-02 10:00;11:00;no;12345678901234568;x;5,678
        00501;12,25;8 %;$15.00;07/08/2024;2024-03-03 11:15;12:15;yes;12345678901234569;8;9,012
        """;
    ReadResult result =
        new FileReading(ReadLimits.DEFAULT)
            .read("columns.csv", csv.getBytes(StandardCharsets.UTF_8));
    StringBuilder table = new StringBuilder("| values | is described as |\n|---|---|\n");
    for (Column column : result.files().getFirst().profile().columns()) {
      table.append(
          "| `%s` | %s |%n"
              .formatted(
                  String.join(
                      "`, `", column.samples().subList(0, Math.min(2, column.samples().size()))),
                  column.words()));
    }
    return table.toString();
  }

  private static String encodings() throws IOException {
    TextDecoder decoder = new TextDecoder();
    int ours = 0;
    int chardet = 0;
    int icu = 0;
    List<Sentence> sentences = Sentence.all();
    StringBuilder rows = new StringBuilder();
    for (Sentence sentence : sentences) {
      byte[] bytes = sentence.bytes();
      boolean one = decoder.decode(bytes).map(d -> d.text().equals(sentence.text())).orElse(false);
      boolean two = reads(chardet(bytes), sentence);
      boolean three = reads(icu(bytes), sentence);
      ours += one ? 1 : 0;
      chardet += two ? 1 : 0;
      icu += three ? 1 : 0;
      rows.append("| %s | %s | %s | %s |%n".formatted(sentence, mark(one), mark(two), mark(three)));
    }
    assertEquals(sentences.size(), ours);
    return "| text | Reckon | juniversalchardet 2.5 | ICU4J 78 |\n|---|---|---|---|\n"
        + "| **all %d** | **%d** | **%d** | **%d** |%n"
            .formatted(sentences.size(), ours, chardet, icu)
        + rows;
  }

  private static String mark(boolean right) {
    return right ? "✓" : "✗";
  }

  private static boolean reads(@Nullable String charset, Sentence sentence) {
    return charset != null
        && Charset.isSupported(charset)
        && new String(sentence.bytes(), Charset.forName(charset)).equals(sentence.text());
  }

  private static @Nullable String chardet(byte[] bytes) {
    UniversalDetector detector = new UniversalDetector();
    detector.handleData(bytes, 0, bytes.length);
    detector.dataEnd();
    return detector.getDetectedCharset();
  }

  private static @Nullable String icu(byte[] bytes) {
    CharsetMatch match = new com.ibm.icu.text.CharsetDetector().setText(bytes).detect();
    return match == null ? null : match.getName();
  }

  private static String notices() {
    FileReading reading = new FileReading(ReadLimits.DEFAULT);
    byte[] ole = new byte[5632];
    byte[] magic = {
      (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
    };
    System.arraycopy(magic, 0, ole, 0, magic.length);
    byte[] locked = ole.clone();
    byte[] entry = "EncryptionInfo".getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(entry, 0, locked, 1152, entry.length);
    Map<String, byte[]> files = new java.util.LinkedHashMap<>();
    files.put("secret.xlsx", locked);
    files.put("old.xls", ole);
    files.put("model.xlsb", new Zip().with("xl/workbook.bin", "x").bytes());
    files.put("plan.numbers", new Zip().with("Index/Document.iwa", "x").bytes());
    files.put(
        "far.xlsx",
        new Xlsx()
            .sheet("S", "<row><c r=\"A1\"><v>1</v></c><c r=\"ZZZZZZ1\"><v>2</v></c></row>")
            .bytes());
    files.put(
        "made.xlsx",
        new Xlsx()
            .sheet("Sum", "<row><c r=\"A1\"><v>1</v></c><c r=\"B1\"><f>A1*2</f></c></row>")
            .bytes());
    files.put(
        "hidden.xlsx",
        new Xlsx()
            .sheet(
                "Rates", "hidden", "worksheet", "<sheetData><row><c><v>1</v></c></row></sheetData>")
            .bytes());
    files.put("out.zip", new Zip().with("../a.csv", "x").with("b.csv", "a\n1\n").bytes());
    files.put(
        "nested.zip", new Zip().with("inner.zip", new Zip().with("a.csv", "x").bytes()).bytes());
    files.put("bomb.gz", Zip.gzip(new byte[30 << 20]));
    StringBuilder table = new StringBuilder("| file | what its sender reads |\n|---|---|\n");
    files.forEach(
        (name, content) ->
            table.append(
                "| `%s` | %s |%n"
                    .formatted(name, String.join(" ", reading.read(name, content).notices()))));
    return table.toString();
  }
}
