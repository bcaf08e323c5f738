package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.SumModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What parses files stays out of the process that holds the tokens: it is on no class path of the
 * bot's, and no class of it is loaded there while files of every kind are imported.
 */
class FilesApartIT {
  /** Packages of the parsers' module, of its libraries, and of the JDK's XML reader. */
  private static final List<String> PARSERS =
      List.of(
          "dev.reckon.files.",
          "org.apache.poi.",
          "org.apache.commons.compress.",
          "org.dhatim.",
          "javax.xml.stream.",
          "com.sun.org.apache.xerces.");

  @TempDir Path folder;

  @Test
  void noJarOfTheBotHoldsAParserOfFiles() throws IOException {
    List<Path> jars;
    try (Stream<Path> lib = Files.list(StartedReckon.HOME.resolve("adapters/target/reckon/lib"))) {
      jars = lib.filter(path -> path.toString().endsWith(".jar")).toList();
    }
    assertTrue(jars.size() > 20, jars.toString());
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream()
            .map(entry -> entry.getName().replace('/', '.'))
            .forEach(name -> assertEquals(List.of(), parsersAmong(List.of(name)), jar.toString()));
      }
    }
  }

  @Test
  void theBotLoadsNoParserWhileFilesAreImportedAndSaysWhatIsWrongWithThem() throws Exception {
    Path loaded = folder.resolve("loaded.txt");
    List<String> words = new ArrayList<>(List.of("ask", "add two and two", "--json"));
    for (Map.Entry<String, byte[]> file :
        Map.of(
                "pay.csv", "dept,pay\nA,1\nB,2\n".getBytes(StandardCharsets.UTF_8),
                "one.xlsx", FileBombs.sheet("<row r='1'><c r='A1'><v>1</v></c></row>"),
                "far.xlsx", FileBombs.sheet("<row r='2'><c r='ZZZZZZ2'><v>1</v></c></row>"),
                "broken.xls", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 1, 2},
                "rows.json", "[{\"a\": 1}, {\"a\": NaN}]".getBytes(StandardCharsets.UTF_8))
            .entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
      words.addAll(List.of("--file", folder.resolve(file.getKey()).toString()));
    }
    try (FakeModelServer model = new FakeModelServer().answerBy(call -> SumModel.answer(call, 0))) {
      words.addAll(List.of("--set", "model.base_url=" + model.url(), "--set", "model.name=m"));
      try (StartedReckon asked =
          StartedReckon.start(
              folder,
              Map.of("RECKON_JAVA_OPTS", "-Xlog:class+load:file=" + loaded),
              "",
              words.toArray(String[]::new))) {
        StartedReckon.Ended ended = asked.ended();
        assertEquals(0, ended.code(), ended.err());
        JsonNode answer = new ObjectMapper().readTree(ended.out());
        assertTrue(answer.path("output").asText().contains("result: 4"), ended.out());
        String notices = answer.path("notices").toString();
        assertTrue(notices.contains("far.xlsx has cells beyond column 16384"), notices);
        assertTrue(notices.contains("broken.xls looks like a workbook"), notices);
      }
    }
    List<String> classes = Files.readAllLines(loaded).stream().map(FilesApartIT::name).toList();
    assertTrue(
        classes.contains("dev.reckon.adapters.files.ReadingDecoder"), "the log is of the bot");
    assertEquals(List.of(), parsersAmong(classes));
  }

  private static String name(String line) {
    String[] parts = line.strip().split("\\s+", -1);
    return parts.length > 1 ? parts[1] : line;
  }

  private static List<String> parsersAmong(List<String> names) {
    return names.stream()
        .filter(name -> PARSERS.stream().anyMatch(name::startsWith))
        .limit(5)
        .toList();
  }
}
