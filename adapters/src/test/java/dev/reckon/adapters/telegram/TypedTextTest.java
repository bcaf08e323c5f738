package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

class TypedTextTest {
  /** Entities as {@code type offset length}, several with semicolons between them. */
  private static List<MessageEntity> entities(String list) {
    return Stream.of(list.split(";"))
        .map(entity -> entity.strip().split(" "))
        .map(it -> new MessageEntity(it[0], Integer.parseInt(it[1]), Integer.parseInt(it[2])))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "/run print(210 + 32) ~ bot_command 0 4; bold 12 6 ~ /run print(2**10 + 3**2)",
        "name is what? ~ italic 0 4 ~ __name__ is what?",
        "a  b + c  d ~ bold 3 5 ~ a  **b + c**  d",
        "a  b  c ~ spoiler 2 3 ~ a || b || c",
        "f(args, kw) and g(a) ~ bold 2 8; italic 18 1 ~ f(**args, kw**) and g(__a__)",
        "sum abc now ~ bold 4 3; italic 5 1 ~ sum **a__b__c** now",
        "sum abc now ~ bold 4 3; italic 4 3 ~ sum **__abc__** now",
        "sum abc now ~ bold 4 2; bold 6 1; italic 6 1 ~ sum **ab__c__** now",
        "sum abcd now ~ bold 4 2; bold 6 1; italic 6 1; italic 7 1 ~ sum **ab__c**d__ now",
        "\uD83D\uDE00 210 ~ bold 4 2 ~ \uD83D\uDE00 2**10**",
        "use len(x) here ~ code 4 6 ~ use `len(x)` here",
        "mail a@b.cd or @anna ~ email 5 6; mention 15 5 ~ mail a@b.cd or @anna",
        "an under line ~ underline 3 5; blockquote 0 13 ~ an under line",
        "list ~ bold 0 4 ~ list",
        "/list all ~ bold 0 9 ~ /list all",
        "/list all ~ italic 0 5; bot_command 0 5 ~ /list all",
        "cut ~ bold -1 2; bold 1 0; bold 9 2 ~ cut"
      })
  void marksAreWrittenBack(String text, String entities, String typed) {
    assertEquals(typed, TypedText.of(text, entities(entities)));
  }

  @Test
  void whatReachesBeyondTheTextEndsWithIt() {
    assertEquals("cut __off__", TypedText.of("cut off", entities("italic 4 2000000000")));
  }

  @Test
  void aTildeIsACharacterLikeOthers() {
    assertEquals("a ~~b~~ c", TypedText.of("a b c", entities("strikethrough 2 1")));
  }

  @Test
  void aBlockIsFencedCodeOnLinesOfItsOwn() {
    MessageEntity python = new MessageEntity("pre", 4, 13);
    python.setLanguage("python");
    assertEquals(
        "run \n```python\nprint(6 * 7)\n```", TypedText.of("run \nprint(6 * 7)", List.of(python)));
    assertEquals(
        "see \n```\nx = 1\n```\n what?", TypedText.of("see x = 1 what?", entities("pre 4 5")));
    assertEquals(
        "```\nx = 1\n```\nand\n```\ny = 2\n```",
        TypedText.of("x = 1\nand\ny = 2", entities("pre 0 5; pre 10 5")));
  }

  @Test
  void aLinkKeepsWhereItLeads() {
    MessageEntity link = new MessageEntity("text_link", 5, 8);
    link.setUrl("https://data.example/a.csv");
    assertEquals(
        "read [the data](https://data.example/a.csv) now",
        TypedText.of("read the data now", List.of(link)));
    MessageEntity completed = new MessageEntity("text_link", 5, 9);
    completed.setUrl("http://sales.csv/");
    assertEquals("read sales.csv", TypedText.of("read sales.csv", List.of(completed)));
  }

  @Test
  void nothingIsAddedWithoutEntities() {
    assertEquals("2**10", TypedText.of("2**10", null));
    assertEquals("", TypedText.of(null, null));
  }
}
