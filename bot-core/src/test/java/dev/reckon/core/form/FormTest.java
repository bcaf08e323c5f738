package dev.reckon.core.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FormTest {
  private static final Form FORM =
      new Form(
          "burn",
          "Run",
          "",
          List.of(
              field("month", FormField.Type.INTEGER, "3", true),
              field("rate", FormField.Type.NUMBER, "0.5", true),
              field("strict", FormField.Type.BOOLEAN, "true", true),
              field("label", FormField.Type.LINE, "net", false)));

  private static FormField field(
      String name, FormField.Type type, String initial, boolean required) {
    return new FormField(name, name, type, initial, "", required);
  }

  private static Map<String, String> problems(Map<String, String> entered) {
    return assertInstanceOf(Form.Entry.Refused.class, FORM.read(entered)).problems();
  }

  /** What is said of a value of five thousand digits. */
  private static String told(String name) {
    return problems(Map.of(name, "9".repeat(5_000))).getOrDefault(name, "");
  }

  @Test
  void onlyChangedValuesAreAccepted() {
    assertEquals(
        new Form.Entry.Accepted(Map.of("month", "4", "label", "")),
        FORM.read(Map.of("month", "4", "rate", "0.5", "strict", "true", "label", "")));
    assertEquals(new Form.Entry.Accepted(Map.of()), FORM.read(Map.of()));
  }

  @Test
  void blanksAroundAValueDoNotCount() {
    assertEquals(
        new Form.Entry.Accepted(Map.of("month", "4", "rate", "1", "strict", "no")),
        FORM.read(Map.of("month", "4 ", "rate", "\t1", "strict", " no\n", "label", " net ")));
    Form padded =
        new Form("padded", "Run", "", List.of(field("label", FormField.Type.LINE, " a ", false)));
    assertEquals(new Form.Entry.Accepted(Map.of()), padded.read(Map.of("label", " a ")));
    Form code = new Form("code", "Run", "", List.of(field("code", FormField.Type.CODE, "", true)));
    assertEquals(
        new Form.Entry.Accepted(Map.of("code", "  x\n")), code.read(Map.of("code", "  x\n")));
  }

  @Test
  void eachValueThatDoesNotFitIsNamed() {
    Map<String, String> problems =
        problems(Map.of("month", "4.5", "rate", "1e999999999", "strict", "perhaps", "moon", "1"));
    assertEquals(List.of("month", "rate", "strict", "moon"), List.copyOf(problems.keySet()));
    assertEquals("\"month\" must be a whole number, but is \"4.5\".", problems.get("month"));
    assertTrue(told("month").contains("digits"));
    assertTrue(told("rate").contains("digits"));
  }

  @Test
  void aRequiredValueMustNotBeBlank() {
    assertEquals(Map.of("month", "\"month\" needs a value."), problems(Map.of("month", " ")));
    Form name = new Form("Save", "Save", "", List.of(field("name", FormField.Type.LINE, "", true)));
    assertInstanceOf(Form.Entry.Refused.class, name.read(Map.of()));
  }

  @Test
  void aLongFormShowsItsFirstFieldsAndAcceptsAll() {
    List<FormField> many =
        IntStream.range(0, 42)
            .mapToObj(i -> field("a" + i, FormField.Type.INTEGER, "1", true))
            .toList();
    Form form = new Form("many", "Run", "", many);
    assertEquals(40, form.shown().size());
    assertEquals(many.subList(40, 42), form.omitted());
    assertEquals(new Form.Entry.Accepted(Map.of("a41", "2")), form.read(Map.of("a41", "2")));
  }
}
