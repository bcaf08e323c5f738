package dev.reckon.core.surface;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Truncation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A reply in a form that any platform takes, for one that refused the full form. */
final class PlainReply {
  private static final int MOST_CHARACTERS = 1500;

  private PlainReply() {}

  static Reply of(Reply reply) {
    List<Block> blocks = new ArrayList<>();
    for (Block block : reply.blocks()) {
      if (block instanceof Block.Output output) {
        blocks.add(new Block.Text(cut(output.text())));
      } else if (block instanceof Block.Table table) {
        blocks.add(new Block.Text(cut(lines(table))));
      } else if (block instanceof Block.Finding finding) {
        blocks.add(new Block.Text(cut(finding.text())));
      } else if (block instanceof Block.Text text) {
        blocks.add(new Block.Text(cut(text.text())));
      }
    }
    blocks.add(new Block.Text(Label.SENT_PLAINER.in(reply.language())));
    return new Reply(
        reply.turn(), reply.kind(), cut(reply.headline()), blocks, List.of(), reply.language());
  }

  private static String lines(Block.Table table) {
    return Stream.concat(Stream.of(table.header()), table.rows().stream())
        .map(row -> String.join(" · ", row))
        .collect(Collectors.joining("\n"));
  }

  private static String cut(String text) {
    return Truncation.cut(text, MOST_CHARACTERS);
  }
}
