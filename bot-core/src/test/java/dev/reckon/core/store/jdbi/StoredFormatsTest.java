package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is in people's databases must load. {@code format-0} was written by the version before
 * formats had a number; the other fixtures are what is written today. When one of these fails
 * because something was renamed, keep its stored name (see {@link StoredTypes}); do not change a
 * fixture that a released version may have written.
 */
class StoredFormatsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/stored");

  private final Json json = new Json();
  private final TurnStateJson states = new TurnStateJson();
  private final ObjectMapper trees = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> whatIsStoredTodayIsTheStoredFormat() {
    return StoredSamples.all().entrySet().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.getKey(),
                    () ->
                        assertEquals(
                            tree(fixture("format-1", sample.getKey())),
                            tree(write(sample.getValue())))));
  }

  @TestFactory
  Stream<DynamicTest> whatWasStoredBeforeReadsAsTheSameValue() {
    return Stream.of("format-0", "format-1")
        .flatMap(
            format ->
                StoredSamples.all().entrySet().stream()
                    .filter(sample -> wasWritten(format, sample.getKey()))
                    .map(
                        sample ->
                            DynamicTest.dynamicTest(
                                format + " " + sample.getKey(),
                                () ->
                                    assertEquals(
                                        tree(write(sample.getValue())),
                                        tree(
                                            write(
                                                read(
                                                    fixture(format, sample.getKey()),
                                                    sample.getValue())))))));
  }

  @TestFactory
  Stream<DynamicTest> aSavedTurnReadsAndIsWrittenAsItWas() {
    return StoredSamples.states().entrySet().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.getKey(),
                    () -> {
                      String stored = fixture("state-1", sample.getKey());
                      TurnState state = states.read(stored);
                      assertEquals(sample.getValue(), state);
                      assertEquals(tree(stored), tree(states.write(state)));
                    }));
  }

  @Test
  void everyStoredConstantIsStillKnown() throws IOException {
    Map<String, Class<? extends Enum<?>>> enums = StoredSamples.enums();
    JsonNode stored = trees.readTree(fixture("", "constants"));
    assertEquals(
        enums.keySet(), Set.copyOf(stored.propertyStream().map(Map.Entry::getKey).toList()));
    ObjectMapper mapper = new ObjectMapper();
    for (Map.Entry<String, JsonNode> names : stored.properties()) {
      for (JsonNode name : names.getValue()) {
        mapper.treeToValue(name, enums.get(names.getKey()));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRecordOfASealedTypeHasANameOfItsOwn() {
    return Stream.of(Content.class, Attachment.class, Block.class)
        .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type.getName(),
                    () ->
                        assertTrue(
                            StoredSamples.all().values().stream()
                                .map(Object::toString)
                                .anyMatch(text -> text.contains(type.getSimpleName() + "[")),
                            "no sample holds one, so nothing checks that it can be read")));
  }

  @Test
  void aNewerFormatIsRefusedByName() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> json.read("{\"format\":99,\"id\":\"a\"}", Person.class));
    assertTrue(String.valueOf(e.getMessage()).contains("format 99"), e.getMessage());
  }

  @Test
  void anUnknownTypeIsAFault() {
    String stored = fixture("format-1", "incoming-text").replace("\"is\":\"text\"", "\"is\":\"x\"");
    assertThrows(IllegalStateException.class, () -> json.read(stored, Incoming.class));
  }

  @Test
  void unknownFieldsAreSkippedAndMissingListsAreEmpty() {
    String stored =
        fixture("format-1", "incoming-moved")
            .replace("\"attachments\":[]", "\"novelty\":{\"a\":[1]}");
    assertEquals(List.of(), json.read(stored, Incoming.class).attachments());
  }

  private Object read(String stored, Object like) {
    return switch (like) {
      case List<?> list when list.getFirst() instanceof String ->
          json.readList(stored, String.class);
      case List<?> _ -> json.readList(stored, SavedComputation.Parameter.class);
      default -> json.read(stored, like.getClass());
    };
  }

  private String write(Object value) {
    return value instanceof List<?> list ? json.write(list) : json.write((Record) value);
  }

  private JsonNode tree(String text) throws JsonProcessingException {
    return trees.readTree(text);
  }

  /** What is newer than a format was never written in it. */
  private static boolean wasWritten(String format, String name) {
    return !format.equals("format-0") || Files.exists(path(format, name));
  }

  private static Path path(String format, String name) {
    return FIXTURES.resolve(format).resolve(name + ".json");
  }

  private static String fixture(String format, String name) {
    try {
      return Files.readString(path(format, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
