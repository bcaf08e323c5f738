package dev.reckon.files.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.reckon.files.limit.Excerpts;
import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.table.ColumnTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Profiles JSON, and JSON values one a line, in one pass over its tokens. NaN and Infinity are
 * accepted, as Python writes and reads them. Immutable.
 */
final class JsonProfiler {
  /** Of a key, and of a value before its column cuts it further. */
  private static final int LONGEST_TEXT = 300;

  private final ReadLimits limits;
  private final JsonFactory json;

  JsonProfiler(ReadLimits limits) {
    this.limits = limits;
    this.json =
        JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.nesting())
                    .maxStringLength((int) Math.min(Integer.MAX_VALUE, limits.fileBytes()))
                    .maxNumberLength(10_000)
                    .maxNameLength(50_000)
                    .build())
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .build();
  }

  /** What the JSON holds: objects of an array or of lines count as rows, their keys as columns. */
  record JsonFound(
      boolean lines, String shape, long values, List<Column> columns, long keysLeftOut) {}

  /** The profile; empty when the text is no JSON. */
  Optional<JsonFound> read(String text) {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    if (start == text.length() || "{[".indexOf(text.charAt(start)) < 0) {
      return Optional.empty();
    }
    try (JsonParser parser = json.createParser(text)) {
      return new Pass(parser).run(text);
    } catch (StreamConstraintsException e) {
      String shape =
          "nested deeper than %d levels (files.nesting), or with longer names or numbers than is looked at"
              .formatted(limits.nesting());
      return Optional.of(new JsonFound(false, shape, 0, List.of(), 0));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private final class Pass {
    private final JsonParser parser;
    private final Map<String, ColumnTally> keys = new LinkedHashMap<>();
    private final Map<String, Long> nested = new LinkedHashMap<>();
    private final Map<String, Long> seen = new LinkedHashMap<>();
    private long objects;
    private long leftOut;

    Pass(JsonParser parser) {
      this.parser = parser;
    }

    Optional<JsonFound> run(String text) throws IOException {
      JsonToken first = parser.nextToken();
      long items = 0;
      long members = 0;
      if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items++;
          item();
        }
      } else if (first == JsonToken.START_OBJECT) {
        members = object();
      }
      JsonToken next = parser.nextToken();
      if (next == null) {
        String shape =
            first == JsonToken.START_ARRAY
                ? "array of %d %s"
                    .formatted(
                        items,
                        objects > 0
                            ? objects == items
                                ? "objects"
                                : "values, %d of them objects".formatted(objects)
                            : "values")
                : "object with %d keys".formatted(members);
        return Optional.of(found(false, shape, first == JsonToken.START_ARRAY ? items : 1));
      }
      // More than one value: JSON Lines, where each line is one.
      if (!text.strip().contains("\n")) {
        return Optional.empty();
      }
      if (first == JsonToken.START_ARRAY) {
        keys.clear();
        nested.clear();
        seen.clear();
        objects = 0;
      }
      long values = 1;
      for (; next != null; next = parser.nextToken()) {
        values++;
        if (next == JsonToken.START_OBJECT) {
          object();
        } else {
          parser.skipChildren();
        }
      }
      return Optional.of(
          found(true, (values == 1 ? "1 line" : values + " lines") + ", one value each", values));
    }

    private void item() throws IOException {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        object();
      } else {
        parser.skipChildren();
      }
    }

    /** Sees an object's members; returns how many it has. */
    private long object() throws IOException {
      objects++;
      long members = 0;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        members++;
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        ColumnTally tally = keys.get(key);
        if (tally == null) {
          if (keys.size() >= limits.columns()) {
            leftOut++;
            parser.skipChildren();
            continue;
          }
          tally = new ColumnTally(limits.samples());
          keys.put(key, tally);
        }
        seen.merge(key, 1L, Long::sum);
        if (value == JsonToken.START_ARRAY || value == JsonToken.START_OBJECT) {
          boolean array = value == JsonToken.START_ARRAY;
          nested.merge(key, 1L, Long::sum);
          tally.see("<" + (array ? "array of %d" : "object of %d").formatted(children()) + ">");
        } else {
          tally.see(value == JsonToken.VALUE_NULL ? "" : cut(parser.getText()));
        }
      }
      return members;
    }

    /** Passes over an array or object; returns how many values it holds. */
    private long children() throws IOException {
      long count = 0;
      boolean array = parser.currentToken() == JsonToken.START_ARRAY;
      int depth = 1;
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw new IOException("cut off");
        }
        if (depth == 1 && (array ? token != JsonToken.END_ARRAY : token == JsonToken.FIELD_NAME)) {
          count++;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
      return count;
    }

    private JsonFound found(boolean lines, String shape, long values) {
      List<Column> columns = new ArrayList<>();
      keys.forEach(
          (key, tally) -> {
            boolean container = nested.containsKey(key);
            long present = seen.getOrDefault(key, 0L);
            long absent = Math.max(0, objects - present);
            columns.add(
                new Column(
                    cut(key),
                    isShared(present),
                    container ? Column.Type.NESTED : Column.Type.valueOf(tally.type().name()),
                    container ? "nested values" : tally.words(),
                    tally.nulls() + absent,
                    tally.distinct(),
                    tally.samples()));
          });
      return new JsonFound(lines, shape, values, columns, leftOut);
    }

    /** Keys of one object, or of few among many, may be values: people, places, days. */
    private boolean isShared(long present) {
      return objects > 1 && 2 * present > objects;
    }

    private String cut(String text) {
      return Excerpts.cut(text, LONGEST_TEXT);
    }
  }
}
