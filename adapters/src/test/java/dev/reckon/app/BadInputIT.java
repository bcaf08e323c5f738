package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people get wrong, to the program as they start it: each is answered in words that name what
 * to do, and nothing is lost. Those that come to an answer need a worker.
 */
class BadInputIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    Files.createDirectory(folder.resolve("folder"));
    try (RandomAccessFile large =
        new RandomAccessFile(folder.resolve("large.csv").toFile(), "rw")) {
      large.setLength(500L * 1024 * 1024);
    }
    Files.writeString(folder.resolve("a\nb.csv"), "x\n1\n");
    refused("There is no file missing.csv", "ask", "total", "--file", "missing.csv");
    refused("folder is a folder", "ask", "total", "--file", "folder");
    refused("sandbox.files_mib", "ask", "total", "--file", "large.csv");
    refused("cannot be used", "ask", "total", "--file", "a\nb.csv");
  }

  @Test
  void requestsThatCannotBeAskedAreRefused() throws Exception {
    refused("The request is empty", "ask", "  ");
    refused("turn.max_request_chars", "ask", "x".repeat(120_000));
    refused("REQUEST is missing", "ask");
  }

  @Test
  void aConfigurationThatIsWrongStopsTheStart() throws Exception {
    Files.writeString(folder.resolve("broken.toml"), "[model\nname = 1");
    refused("Did you mean turn.max_attempts?", "stats", "--set", "turn.max_attemps=5");
    refused("turn.max_attempts", "stats", "--set", "turn.max_attempts=many");
    refused("broken.toml", "stats", "--config", folder.resolve("broken.toml").toString());
    refused("nowhere.toml", "stats", "--config", folder.resolve("nowhere.toml").toString());
  }

  @Test
  void aStoreThatCannotBeUsedIsExplained() throws Exception {
    Path corrupt = folder.resolve("corrupt.db");
    Files.writeString(corrupt, "this is no database, whatever its name says. ".repeat(100));
    refused(corrupt.toString(), "stats", "--set", "store.url=jdbc:sqlite:" + corrupt);
    assertTrue(Files.readString(corrupt).startsWith("this is no database"));
    refused("store.url", "stats", "--set", "store.url=mysql://x");
  }

  @Test
  void aStoreThatMayNotBeWrittenIsExplained() throws Exception {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(closed), "this user may write everywhere");
    refused("closed", "stats", "--set", "store.url=jdbc:sqlite:" + closed.resolve("reckon.db"));
  }

  @Test
  void withNothingSwitchedOnThereIsNothingToStart() throws Exception {
    refused("reckon demo", "start");
    refused("reckon demo");
  }

  @Test
  void aSecondStartOnOneStoreIsRefusedAndTheFirstEndsCleanly() throws Exception {
    int port = StartedReckon.freePort();
    String[] telegram = {
      "start",
      "--set",
      "telegram.enabled=true",
      "--set",
      "telegram.token=1:a",
      "--set",
      "telegram.api_url=http://127.0.0.1:" + port,
      "--set",
      store(),
      "--set",
      "model.base_url=http://127.0.0.1:" + port
    };
    try (StartedReckon first = StartedReckon.start(folder, "", telegram)) {
      first.awaitWords("Running: ");
      StartedReckon.Ended second = StartedReckon.run(folder, "", telegram);
      assertEquals(2, second.code(), second.err());
      assertTrue(second.err().contains("Another `reckon start`"), second.err());
      first.terminate();
      StartedReckon.Ended ended = first.ended();
      assertTrue(ended.err().contains("Shutting down; no new work is accepted."), ended.err());
      assertFalse(ended.err().contains("\tat "), ended.err());
    }
  }

  @Test
  void aTableInAnotherEncodingIsReadAsItsPeopleWroteIt() throws Exception {
    Path table = folder.resolve("städte.csv");
    Files.write(
        table, "Stadt;Preis\nKöln;3,50\nZürich;4,10\n".getBytes(StandardCharsets.ISO_8859_1));
    try (FakeModelServer model =
        new FakeModelServer()
            .answerBy(
                call ->
                    call.body().toString().contains("⟦output⟧")
                        ? Answer.text("YES")
                        : Answer.text(
                            "```python\nfor line in open('städte.csv', encoding='utf-8'):\n"
                                + "    print(line.strip())\n```"))) {
      StartedReckon.Ended ended =
          StartedReckon.run(
              folder,
              "",
              "ask",
              "Show städte.csv",
              "--json",
              "--file",
              table.toString(),
              "--set",
              "model.base_url=" + model.url(),
              "--set",
              store());
      assertEquals(0, ended.code(), ended.err());
      JsonNode json = JSON.readTree(ended.out());
      assertTrue(json.path("output").asText().contains("Köln;3,50"), ended.out());
    }
  }

  /** Runs a command that is refused: exit code 2, the words, no answer and no stack trace. */
  private void refused(String words, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    if (!all.contains("--set") && !all.isEmpty()) {
      all.addAll(List.of("--set", store()));
    }
    StartedReckon.Ended ended = StartedReckon.run(folder, "", all.toArray(String[]::new));
    assertEquals(2, ended.code(), ended.err());
    assertTrue(ended.err().contains(words), ended.err());
    assertFalse(ended.err().contains("\tat "), ended.err());
    assertEquals("", ended.out());
  }

  private String store() {
    return "store.url=jdbc:sqlite:" + folder.resolve("reckon.db");
  }
}
