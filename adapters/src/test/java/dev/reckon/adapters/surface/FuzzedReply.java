package dev.reckon.adapters.surface;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A reply made of a fuzzer's bytes: blocks of the kinds that the bytes choose. */
public final class FuzzedReply {
  private static final String NEXT_PART = "\n====\n";

  private FuzzedReply() {}

  public static Reply of(byte[] data) {
    String[] parts = new String(data, StandardCharsets.UTF_8).split(NEXT_PART, 12);
    Reply.Kind[] kinds = Reply.Kind.values();
    Reply.Kind kind = kinds[data.length % kinds.length];
    List<Block> blocks = new ArrayList<>();
    for (String part : List.of(parts).subList(1, parts.length)) {
      if (part.isEmpty()) {
        continue;
      }
      String rest = part.substring(1);
      blocks.add(
          switch (part.charAt(0) % 7) {
            case 0 -> new Block.Output(rest, rest.length());
            case 1 -> table(rest);
            case 2 -> new Block.Code(rest);
            case 3 -> new Block.Finding(rest);
            case 4 -> new Block.File("7", rest, 12);
            case 5 -> new Block.Footer(rest);
            default -> new Block.Text(rest);
          });
    }
    return new Reply(7, kind, parts[0], blocks, List.of());
  }

  private static Block table(String text) {
    List<List<String>> rows =
        text.lines().limit(60).map(line -> List.of(line.split("\\|", 12))).toList();
    return rows.size() < 2
        ? new Block.Text(text)
        : new Block.Table(rows.getFirst(), rows.subList(1, rows.size()));
  }
}
