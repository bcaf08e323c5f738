package dev.reckon.core.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FileProfilesTest {
  private static FileProfile of(String name, String text) {
    return FileProfiles.of(name, text.getBytes(StandardCharsets.UTF_8), 3);
  }

  @Test
  void aTableShowsColumnsWithTypesAndNulls() {
    FileProfile profile =
        of(
            "pay.csv",
            """
            name,pay,when,ok,bonus
            Ann,10,2026-01-02,yes,"$1,200"
            "Bo, jr",10.5,2026-01-03,no,$900
            Cy,NA,,yes,$10
            """);
    assertEquals("CSV table", profile.kind());
    assertEquals(
        List.of(
            "encoding utf-8",
            "delimiter comma",
            "first line is the header",
            "3 rows after the header",
            "5 columns"),
        profile.facts());
    assertEquals(
        List.of(
            "text",
            "number",
            "date",
            "boolean",
            "number written with signs, such as a currency, % or thousands mark"),
        profile.columns().stream().map(FileProfile.Column::type).toList());
    assertEquals(
        List.of(0L, 1L, 1L, 0L, 0L),
        profile.columns().stream().map(FileProfile.Column::nulls).toList());
    assertTrue(profile.words().contains("- column \"pay\": number, 1 empty, such as \"10\""));
    assertTrue(profile.words().contains("begins:\n  name,pay,when,ok,bonus\n"), profile.words());
  }

  @Test
  void withoutSampleRowsNoValueIsShown() {
    String secret = "name,pay\nAnn,4711\nBo,4712\n";
    FileProfile profile = FileProfiles.of("pay.csv", secret.getBytes(StandardCharsets.UTF_8), 0);
    assertFalse(profile.words().contains("471"), profile.words());
    assertFalse(profile.words().contains("Ann"), profile.words());
    assertTrue(profile.words().contains("column \"pay\": integer"), profile.words());
    for (String text : List.of("{\"a\": 4711}", "just 4711 words")) {
      FileProfile other = FileProfiles.of("x", text.getBytes(StandardCharsets.UTF_8), 0);
      assertFalse(other.words().contains("4711"), other.words());
    }
  }

  @Test
  void otherDelimitersAndNoHeaderAreSeen() {
    assertTrue(of("a.csv", "a;b\n1,5;2\n2,5;3\n").facts().contains("delimiter semicolon"));
    assertTrue(of("a.txt", "a\tb\n1\t2\n2\t3\n").facts().contains("delimiter tab"));
    assertTrue(of("a.csv", "a|b\n1|2\n2|3\n").facts().contains("delimiter vertical bar"));
    FileProfile bare = of("a.csv", "1,2\n3,4\n");
    assertTrue(bare.facts().contains("the first line is no header"));
    assertTrue(bare.facts().contains("2 rows"));
    assertEquals("1", bare.columns().getFirst().name());
  }

  @Test
  void raggedRowsAreCounted() {
    assertTrue(
        of("a.csv", "a,b\n1,2\n3\n4,5\n6,7\n")
            .facts()
            .contains("1 rows have another number of values"));
  }

  @Test
  void encodingsAreFoundOut() {
    String text = "name;Größe\nJürgen;1\nMüller;2\nBäcker;3\n";
    FileProfile latin = FileProfiles.of("a.csv", text.getBytes(Charset.forName("windows-1252")), 3);
    assertTrue(latin.columns().stream().anyMatch(c -> c.name().equals("Größe")), latin.words());
    byte[] marked = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
    FileProfile bom = FileProfiles.of("a.csv", marked, 3);
    assertTrue(bom.facts().getFirst().startsWith("encoding utf-8-sig"), bom.words());
    assertEquals("name", bom.columns().getFirst().name());
    FileProfile wide =
        FileProfiles.of("a.csv", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE), 3);
    assertTrue(wide.facts().getFirst().startsWith("encoding utf-16"), wide.words());
  }

  @Test
  void jsonShowsItsShapeAndKeys() {
    FileProfile array = of("a.json", "[{\"id\": 1, \"tags\": [1, 2]}, {\"id\": 2, \"tags\": []}]");
    assertTrue(array.facts().contains("array of 2 objects"));
    assertEquals(List.of("id", "tags"), array.columns().stream().map(c -> c.name()).toList());
    FileProfile lines = of("a.jsonl", "{\"id\": 1}\n{\"id\": 2}\n");
    assertEquals("JSON lines", lines.kind());
    assertTrue(of("a.json", "{\"a\": {\"b\": 1}}").words().contains("<object with 1 keys>"));
  }

  @Test
  void binaryFilesAreNamedAndNotShown() {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2};
    assertEquals("binary (PNG image)", FileProfiles.of("a.csv", png, 3).kind());
    assertEquals("empty file", FileProfiles.of("a.csv", new byte[0], 3).kind());
  }

  @Test
  void aQuoteThatNeverEndsIsNoFault() {
    FileProfile profile = of("a.csv", "a,b\n1,\"2\n3,4\n");
    assertFalse(profile.words().isBlank());
  }

  @Test
  void everyRealTableIsProfiledAsOne() throws IOException {
    Path tables = Path.of(System.getProperty("reckon.root")).resolveSibling("shared/data/tables");
    Assumptions.assumeTrue(Files.exists(tables), "the shared tables are not on this machine");
    List<String> wrong = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(tables, "*.csv")) {
      for (Path file : files) {
        FileProfile profile =
            FileProfiles.of(String.valueOf(file.getFileName()), Files.readAllBytes(file), 3);
        if (profile.columns().size() < 2 || !profile.facts().contains("first line is the header")) {
          wrong.add(profile.name());
        }
      }
    }
    assertEquals(List.of("Current_Logan.csv"), wrong, "that one begins with a title line");
  }
}
