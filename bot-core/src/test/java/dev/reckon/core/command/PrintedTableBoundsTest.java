package dev.reckon.core.command;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.core.bounds.LinearWork;
import dev.reckon.core.message.Block;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hostile output may cost the search for its table. */
@Timeout(120)
class PrintedTableBoundsTest {
  @Test
  void searchingIsLinear() {
    LinearWork.check(
        "PrintedTable",
        List.of("a|b", "a;b", "a,b", "a\tb", "a  b", "---", "a|b\n---|---", "-", "|", "1|2", "a|1"),
        text -> PrintedTable.in(text.toString()));
  }

  @Test
  void manyLinesOfNamesAreNoTable() {
    assertInstanceOf(Block.Output.class, PrintedTable.in("a|b\n".repeat(16_000)).getFirst());
    assertInstanceOf(Block.Output.class, PrintedTable.in("-".repeat(100_000) + "x").getFirst());
  }

  @Test
  void aTableAfterManySuchLinesIsFound() {
    List<Block> blocks =
        PrintedTable.in("words\n".repeat(5_000) + "name|n\n---|---\nx|1\ny|2\nz|3\n");
    assertInstanceOf(Block.Table.class, blocks.getLast());
  }
}
