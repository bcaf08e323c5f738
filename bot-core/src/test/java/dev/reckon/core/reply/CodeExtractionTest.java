package dev.reckon.core.reply;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CodeExtractionTest {
  /** The share of the shared replies that must come out right. */
  private static final double SHARE = 0.95;

  @Test
  void mostRealRepliesGiveTheirCode() throws IOException {
    Path cases =
        Path.of(System.getProperty("reckon.root")).resolveSibling("shared/data/fences/cases.jsonl");
    Assumptions.assumeTrue(Files.exists(cases), "the shared replies are not on this machine");
    JsonMapper json = new JsonMapper();
    List<String> wrong = new ArrayList<>();
    int all = 0;
    for (String line : Files.readAllLines(cases)) {
      JsonNode example = json.readTree(line);
      all++;
      String found = CodeExtraction.from(example.get("raw").asText()).orElse(null);
      if (!accepted(example, found)) {
        wrong.add(example.get("id").asText() + " (" + example.get("cls").asText() + ")");
        if (Boolean.getBoolean("reckon.show")) {
          System.out.println("WRONG " + example.get("id") + "\n" + found + "\n=====");
        }
      }
    }
    System.out.println("MEASURE " + (all - wrong.size()) + " of " + all + "; wrong: " + wrong);
    assertTrue(wrong.size() <= all * (1 - SHARE), () -> "wrong: " + wrong);
  }

  private static boolean accepted(JsonNode example, @Nullable String found) {
    List<JsonNode> good = new ArrayList<>();
    good.add(example.get("expect"));
    example.get("accept").forEach(good::add);
    return good.stream()
        .anyMatch(
            node -> node.isNull() ? found == null : found != null && same(node.asText(), found));
  }

  private static boolean same(String a, String b) {
    return a.strip()
        .lines()
        .map(String::stripTrailing)
        .filter(l -> !l.isEmpty())
        .toList()
        .equals(b.strip().lines().map(String::stripTrailing).filter(l -> !l.isEmpty()).toList());
  }
}
