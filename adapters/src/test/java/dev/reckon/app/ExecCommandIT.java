package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@code exec}, which scripts rely on. Needs a worker. */
class ExecCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private List<String> settings = List.of();

  @BeforeEach
  void ownStore() {
    settings = List.of("--set", "store.url=jdbc:sqlite:" + folder.resolve("exec.db"));
  }

  @Test
  void filesGoInAndOutAndStandardOutputIsTheScripts() throws Exception {
    Files.writeString(folder.resolve("pay.csv"), "dept,pay\nA,10\nB,30\n");
    Files.writeString(
        folder.resolve("sum.py"),
        """
        import csv, pathlib
        total = sum(int(row["pay"]) for row in csv.DictReader(open("pay.csv")))
        pathlib.Path("out").mkdir()
        pathlib.Path("out/total.txt").write_text(str(total))
        print(total)
        """);
    StartedReckon.Ended ended =
        exec("", "sum.py", "--file", folder.resolve("pay.csv").toString(), "--out", "results");
    assertEquals(0, ended.code(), ended.err());
    assertEquals("40\n", ended.out());
    assertEquals("40", Files.readString(folder.resolve("results/out/total.txt")));
    assertTrue(ended.err().contains("wrote out/total.txt"), ended.err());
  }

  @Test
  void aResultIsOneObjectWithTheFieldsOfTheContract() throws Exception {
    StartedReckon.Ended ended = exec("print('so far')\n1 / 0\n", "-", "--json");
    assertEquals(1, ended.code());
    JsonNode json = JSON.readTree(ended.out());
    assertEquals(
        new TreeSet<>(
            List.of(
                "id",
                "status",
                "engine",
                "stdout",
                "stderr",
                "error",
                "files",
                "truncated",
                "queued_ms",
                "elapsed_ms")),
        fields(json));
    assertEquals("failed", json.path("status").asText());
    assertEquals("so far\n", json.path("stdout").asText());
    assertEquals("ZeroDivisionError", json.path("error").path("type").asText());
    assertEquals(2, json.path("error").path("line").asInt());
    assertTrue(json.path("elapsed_ms").asDouble() > 0, ended.out());
  }

  @Test
  void whatThePolicyForbidsRunsOnlyWithoutScreening() throws Exception {
    String code = "import os\nopen('x', 'w').close()\nos.remove('x')\nprint('removed')\n";
    assertEquals("removed\n", exec(code, "-").out());
    StartedReckon.Ended screened = exec(code, "-", "--screen", "--json");
    assertEquals(1, screened.code());
    JsonNode json = JSON.readTree(screened.out());
    assertEquals("blocked", json.path("status").asText());
    assertEquals(
        "line 3: calling os.remove is not allowed here",
        json.path("error").path("message").asText());
    assertEquals("", json.path("stdout").asText());
  }

  @Test
  void everyLineHasItsResultAndABadOneSpoilsNoOther() throws Exception {
    String file = Base64.getEncoder().encodeToString("7".getBytes(StandardCharsets.UTF_8));
    StartedReckon.Ended ended =
        exec(
            String.join(
                "\n",
                "{\"id\":\"a\",\"code\":\"print(open('n.txt').read())\",\"files\":{\"n.txt\":\""
                    + file
                    + "\"}}",
                "no json",
                "{\"id\":\"b\",\"kode\":\"print(1)\"}",
                "{\"id\":\"c\",\"code\":\"x\",\"files\":{\"../n.txt\":\"" + file + "\"}}",
                "{\"id\":\"d\",\"code\":\"while True: pass\",\"limits\":{\"seconds\":0.5}}",
                "{\"id\":\"e\",\"code\":\"print('x'*5000)\",\"limits\":{\"output_kib\":1}}",
                "",
                "{\"id\":\"f\",\"code\":\"import sys; sys.exit('no')\"}"),
            "--ndjson",
            "--workers",
            "1");
    assertEquals(0, ended.code(), ended.err());
    List<String> seen = new ArrayList<>();
    for (String line : ended.out().lines().toList()) {
      JsonNode json = JSON.readTree(line);
      seen.add(json.path("id").asText() + " " + json.path("status").asText());
      switch (json.path("id").asText()) {
        case "a" -> assertEquals("7\n", json.path("stdout").asText());
        case "e" -> {
          assertEquals(1024, json.path("stdout").asText().length());
          assertTrue(json.path("truncated").asBoolean());
        }
        case "f" -> assertEquals("SystemExit", json.path("error").path("type").asText());
        case "b" -> assertTrue(line.contains("there is no field kode"), line);
        default -> {}
      }
    }
    assertEquals(
        List.of(
            "a completed",
            "b failed",
            "c failed",
            "d time_limit",
            "e completed",
            "f failed",
            "null failed"),
        seen.stream().sorted().toList());
  }

  @Test
  void wrongUsageIsSaidInWordsWithoutAStackTrace() throws Exception {
    Files.createDirectory(folder.resolve("data"));
    Files.write(folder.resolve("binary.py"), new byte[] {1, 0, 2});
    for (List<String> words :
        List.of(
            List.of("missing.py", "There is no file missing.py"),
            List.of("data", "data is a folder"),
            List.of("binary.py", "is not Python source"),
            List.of("--workers", "0", "--ndjson", "--workers must be a number from 1 to 256"),
            List.of("--quickly", "Unknown option"))) {
      StartedReckon.Ended ended =
          exec("", words.subList(0, words.size() - 1).toArray(String[]::new));
      assertEquals(2, ended.code(), ended.err());
      assertTrue(ended.err().contains(words.getLast()), ended.err());
      assertFalse(ended.err().contains("\tat "), ended.err());
      assertEquals("", ended.out());
    }
  }

  private static Set<String> fields(JsonNode json) {
    Set<String> names = new TreeSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private StartedReckon.Ended exec(String input, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("exec"));
    all.addAll(settings);
    all.addAll(List.of(words));
    return StartedReckon.run(folder, input, all.toArray(String[]::new));
  }
}
