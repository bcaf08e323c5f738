package dev.reckon.adapters.web;

import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.command.CodeDisplay;
import dev.reckon.core.message.Block;
import dev.reckon.core.turn.TurnResult;
import java.util.List;
import java.util.stream.Stream;

/** The tables of a result, numbered from 1, each with a page of its own. */
final class ResultTables {
  private ResultTables() {}

  /** The tables in the result's answer. */
  static List<Block.Table> of(TurnResult result) {
    return in(AnswerReplies.of(result, CodeDisplay.OFF, List.of()).blocks());
  }

  /** The tables among the blocks of a reply that are drawn; pages draw charts as tables, too. */
  static List<Block.Table> in(List<Block> blocks) {
    return blocks.stream()
        .flatMap(ResultTables::table)
        .filter(table -> !table.header().isEmpty())
        .toList();
  }

  private static Stream<Block.Table> table(Block block) {
    return switch (block) {
      case Block.Table table -> Stream.of(table);
      case Block.TableChart(Block.Table table) -> Stream.of(table);
      default -> Stream.empty();
    };
  }

  /**
   * Where a table has its page, counted from 0.
   *
   * @param base the address of the computation's page
   */
  static String address(String base, int index) {
    return "%s/table/%d".formatted(base, index + 1);
  }
}
