package dev.reckon.adapters.web;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.surface.render.ReplyLayout;
import java.util.List;
import java.util.Optional;

/**
 * The tables of one message in their order. Those of a turn's result have pages of their own, so
 * that the message shows their beginning only, and a script the rest.
 */
final class MessageTables {
  private final List<Block.Table> blocks;
  private final Optional<TurnRecord> turn;
  private final List<Block.Table> results;
  private int next;

  MessageTables(Reply reply, Optional<TurnRecord> turn) {
    this.blocks = ResultTables.in(reply.blocks());
    this.turn = turn;
    boolean isLong = blocks.stream().anyMatch(table -> table.rows().size() > TableView.ROWS);
    this.results =
        isLong ? turn.map(TurnRecord::result).map(ResultTables::of).orElse(List.of()) : List.of();
  }

  /** The next table that is drawn. */
  Html next(Block.Table drawn) {
    Block.Table table = blocks.get(next);
    next++;
    int result = results.indexOf(table);
    return result < 0
        ? new TableView(drawn, "Result " + next).whole()
        : new TableView(table, "Result " + next)
            .beginning(ResultTables.address("/c/" + turn.orElseThrow().id(), result));
  }

  /** Whether a note says of a table that it is not whole, which its page is. */
  boolean isWholeAfterAll(String note, ReplyLayout layout) {
    if (next == 0 || !results.contains(blocks.get(next - 1))) {
      return false;
    }
    int rows = blocks.get(next - 1).rows().size();
    return layout.parts().stream()
        .filter(ReplyLayout.Part.Drawn.class::isInstance)
        .map(part -> ((ReplyLayout.Part.Drawn) part).table().rows().size())
        .flatMap(
            drawn ->
                layout.uploads().stream()
                    .map(upload -> Label.TABLE_ROWS.text(drawn, rows, upload.name())))
        .anyMatch(note::equals);
  }
}
