package dev.reckon.core.store.jdbi;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Stored values as readable JSON, with the version of their format in front. {@link StoredTypes}
 * names what a sealed type holds. Fields that are not known are skipped, and lists that are missing
 * are empty, so that neighbouring versions read each other's values. {@link StoredText} says what
 * no string in it holds. Safe for use by any number of threads.
 */
final class Json {
  /**
   * The format that is written. Format 0, which wrote no version, no explicit type names and bare
   * lists, is read as well.
   */
  static final int FORMAT = 1;

  private static final String FORMAT_FIELD = "format";
  private static final String LIST_FIELD = "list";

  private final ObjectMapper mapper;

  Json() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .annotationIntrospector(new StoredTypes())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    JsonSetter.Value empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    builder.withConfigOverride(List.class, override -> override.setSetterInfo(empty));
    builder.withConfigOverride(Set.class, override -> override.setSetterInfo(empty));
    mapper = builder.build();
  }

  /** A record as it is stored. */
  String write(Record value) {
    return "{\"" + FORMAT_FIELD + "\":" + FORMAT + "," + plain(value).substring(1);
  }

  /** A list as it is stored. */
  String write(List<?> list) {
    return "{\"%s\":%d,\"%s\":%s}".formatted(FORMAT_FIELD, FORMAT, LIST_FIELD, plain(list));
  }

  /** A value without a version: for people, not for the store. */
  String plain(Object value) {
    try {
      return StoredText.cleanJson(mapper.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * A record that was stored.
   *
   * @throws IllegalStateException if the text is no such record, or of a newer format
   */
  <T> T read(String json, Class<T> type) {
    try {
      check(json);
      return mapper.readValue(json, type);
    } catch (IOException e) {
      throw new IllegalStateException("the store holds JSON that is no " + type.getName(), e);
    }
  }

  /**
   * A list that was stored.
   *
   * @throws IllegalStateException if the text is no such list, or of a newer format
   */
  <T> List<T> readList(String json, Class<T> element) {
    JavaType list = mapper.getTypeFactory().constructCollectionType(List.class, element);
    try {
      return check(json) == 0
          ? mapper.readValue(json, list)
          : mapper.readerFor(list).at("/" + LIST_FIELD).readValue(json);
    } catch (IOException e) {
      throw new IllegalStateException("the store holds JSON that is no " + list, e);
    }
  }

  /** Returns the text's format, which is always the first field. */
  private int check(String json) throws IOException {
    try (JsonParser parser = mapper.createParser(json)) {
      boolean named =
          parser.nextToken() == JsonToken.START_OBJECT
              && FORMAT_FIELD.equals(parser.nextFieldName())
              && parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
      int format = named ? parser.getIntValue() : 0;
      if (format > FORMAT) {
        throw new IllegalStateException(
            "the store holds JSON of format %d; this version reads up to %d. Start a newer one."
                .formatted(format, FORMAT));
      }
      return format;
    }
  }
}
