package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatWordsTest {
  private final ChatWords words =
      new ChatWords(
          List.of(
              new ChatWord("save", "save burn month=3", "keeps the last answer's code"),
              new ChatWord("stats", "stats", "figures of the last days")),
          () -> List.of("burn"));

  @Test
  void aWordThatIsNoneGetsTheNearest() {
    assertEquals("There is no command /sve. Did you mean /save?", words.unknown("sve"));
    assertEquals("There is no command /brun. Did you mean /burn?", words.unknown("brun"));
    assertEquals(
        "There is no command /xy. /help lists what can be typed here.", words.unknown("xy"));
    assertTrue(words.unknown("xylophone").endsWith("/help lists what can be typed here."));
    assertTrue(words.has("burn") && words.has("copy") && words.has("stats"));
    assertFalse(words.has("brun"));
  }

  @Test
  void helpListsWhatCanBeTypedAsItIsTyped() {
    Block.Table table = (Block.Table) words.help("").blocks().getFirst();
    List<String> typed = table.rows().stream().map(List::getFirst).toList();
    assertTrue(typed.contains("/save burn month=3"), typed.toString());
    assertTrue(typed.contains("/get report.csv"), typed.toString());
    assertTrue(typed.stream().allMatch(line -> line.startsWith("/")), typed.toString());
  }

  @Test
  void helpAboutOneWordHasAnExample() {
    Reply help = words.help("/copy");
    assertEquals("/copy: copies the last result to the clipboard", help.headline());
    assertEquals(List.of(new Block.Text("For example: /copy")), help.blocks());
    assertEquals(Reply.Kind.REFUSED, words.help("cpy").kind());
  }
}
