package dev.reckon.adapters.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.core.label.Amounts;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SandboxFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code exec --ndjson}.
 *
 * @param id the caller's name for it, or null
 */
record RunRequest(@Nullable String id, String code, List<SandboxFile> files, Limits limits) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS = Set.of("id", "code", "files", "limits");
  private static final Set<String> LIMITS = Set.of("seconds", "output_kib");
  private static final double MOST_SECONDS = 3600;
  private static final int MOST_OUTPUT_KIB = 65_536;

  RunRequest {
    files = List.copyOf(files);
  }

  /** The id of a line, as far as it can be told, for the answer to a line that is no request. */
  static @Nullable String idOf(String line) {
    try {
      JsonNode id = JSON.readTree(line).path("id");
      return id.isValueNode() && !id.isNull() ? id.asText() : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /**
   * Reads a line.
   *
   * @throws UsageException saying what is wrong with it
   */
  static RunRequest parse(String line, Limits usual) throws UsageException {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UsageException("the line is not JSON: " + e.getOriginalMessage());
    }
    if (!json.isObject()) {
      throw new UsageException("a line is one JSON object with the fields id and code");
    }
    onlyKnown(json, FIELDS, "field");
    if (!json.path("code").isTextual()) {
      throw new UsageException("the field code is missing; it holds the script as text");
    }
    String code = json.path("code").asText();
    if (code.length() > usual.sourceBytes()) {
      throw new UsageException(
          "the script is longer than "
              + Amounts.size(usual.sourceBytes())
              + " (sandbox.source_kib)");
    }
    return new RunRequest(
        idOf(line), code, files(json.path("files")), limits(json.path("limits"), usual));
  }

  private static List<SandboxFile> files(JsonNode json) throws UsageException {
    List<SandboxFile> files = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      try {
        files.add(
            new SandboxFile(field.getKey(), Base64.getDecoder().decode(field.getValue().asText())));
      } catch (IllegalArgumentException e) {
        throw new UsageException("the file " + field.getKey() + ": " + e.getMessage());
      }
    }
    return files;
  }

  private static Limits limits(JsonNode json, Limits usual) throws UsageException {
    onlyKnown(json, LIMITS, "limit");
    Limits limits = usual;
    if (json.has("seconds")) {
      double seconds = json.path("seconds").asDouble(-1);
      if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
        throw new UsageException("limits.seconds is a number above 0 and up to 3600");
      }
      Duration time = Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
      limits = limits.withWallTime(time);
    }
    if (json.has("output_kib")) {
      int kib = json.path("output_kib").asInt(-1);
      if (kib < 0 || kib > MOST_OUTPUT_KIB) {
        throw new UsageException("limits.output_kib is a whole number from 0 to 65536");
      }
      limits = limits.withOutputBytes(kib * 1024);
    }
    return limits;
  }

  private static void onlyKnown(JsonNode json, Set<String> known, String what)
      throws UsageException {
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!known.contains(field.getKey())) {
        throw new UsageException("there is no " + what + " " + field.getKey());
      }
    }
  }
}
