package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns one reply into Block Kit: who asked, the status, the answer's parts in their order, a quiet
 * last line, the buttons. What is too long to read on a phone, or for Slack, goes into a file, and
 * the message says so.
 *
 * @param message what is posted
 * @param uploads the files that follow it
 */
record ReplyRenderer(BlockMessage message, List<Upload> uploads) {
  /** Slack finds a message of about 13,200 characters too long, whatever its blocks. */
  private static final int MOST_CHARACTERS = 10_000;

  private static final int OUTPUT_LINES = 30;
  private static final int OUTPUT_CHARACTERS = 2_500;

  /** Longer code is behind a button: on a phone, what matters is the answer. */
  private static final int CODE_LINES = 8;

  private static final int TEXT_CHARACTERS = 2_900;
  private static final int TEXT_LINES = 60;
  private static final int FALLBACK_CHARACTERS = 300;
  private static final int PLAIN_CHARACTERS = 3_000;

  /** Slack takes 50 blocks; some are kept for what comes first and last. */
  private static final int MOST_PARTS = 40;

  ReplyRenderer {
    uploads = List.copyOf(uploads);
  }

  static ReplyRenderer render(Reply reply, SlackTarget place, Optional<String> mention) {
    return new Sheet(place, reply.turn()).render(reply, mention);
  }

  /** The same in words only, for when Slack takes no blocks. */
  static BlockMessage plain(Reply reply) {
    StringBuilder text = new StringBuilder(Harmless.parsed(reply.headline()));
    for (Block block : reply.blocks()) {
      String words =
          switch (block) {
            case Block.Text part -> Harmless.parsed(part.text());
            case Block.Output part -> "```\n" + Harmless.parsed(part.text()) + "\n```";
            case Block.Table part ->
                "```\n" + Harmless.parsed(TableBlock.text(TableBlock.shown(part))) + "\n```";
            case Block.Code part -> "```\n" + Harmless.parsed(part.source()) + "\n```";
            case Block.File part -> Harmless.parsed(part.name());
            case Block.Footer part -> Harmless.parsed(part.text());
          };
      if (text.length() + words.length() > PLAIN_CHARACTERS) {
        text.append("\n(The rest is too long for Slack.)");
        break;
      }
      text.append('\n').append(words);
    }
    return BlockMessage.plain(text.toString());
  }

  /** One message in the making. */
  private static final class Sheet {
    private final SlackTarget place;
    private final long turn;
    private final ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
    private final List<Upload> uploads = new ArrayList<>();
    private int left = MOST_CHARACTERS;
    private boolean hasTable;
    private boolean codeIsFolded;

    Sheet(SlackTarget place, long turn) {
      this.place = place;
      this.turn = turn;
    }

    ReplyRenderer render(Reply reply, Optional<String> mention) {
      if (!place.request().isEmpty()) {
        add(asked());
      }
      add(status(reply, mention));
      int parts = 0;
      for (Block block : reply.blocks()) {
        if (reply.kind() == Reply.Kind.WORKING && block instanceof Block.Text) {
          // Who asked what stands above already: in this message, or as the message it is under.
          continue;
        }
        if (++parts > MOST_PARTS) {
          add(RichText.context("There is more than fits into a message."));
          break;
        }
        addPart(block);
      }
      if (place.audience() == SlackTarget.Audience.ASKER) {
        add(
            RichText.context(
                "Only you can see this: Reckon is not in this channel. Invite it with /invite, or"
                    + " share the answer."));
      }
      Button.block(actions(reply), place).ifPresent(blocks::add);
      String fallback = Harmless.cut(Harmless.parsed(reply.headline()), FALLBACK_CHARACTERS);
      return new ReplyRenderer(new BlockMessage(fallback, blocks), uploads);
    }

    private JsonNode asked() {
      return new RichText()
          .section()
          .user(place.user())
          .text(" asked")
          .end()
          .quote()
          .text(place.request())
          .end()
          .block();
    }

    private static JsonNode status(Reply reply, Optional<String> mention) {
      RichText.Line line = new RichText().section();
      mention.ifPresent(user -> line.user(user).text(" "));
      sign(reply.kind()).ifPresent(sign -> line.emoji(sign).text(" "));
      String headline = Harmless.line(reply.headline(), 500);
      return line.bold(headline.isEmpty() ? "\u2026" : headline).end().block();
    }

    private void addPart(Block block) {
      switch (block) {
        case Block.Text part -> addText(part.text());
        case Block.Output part -> addOutput(part);
        case Block.Table part -> addTable(part);
        case Block.Code part -> addCode(part);
        case Block.File part -> addFile(part);
        case Block.Footer part -> add(RichText.context(Harmless.line(part.text(), 1_000)));
      }
    }

    private void addText(String text) {
      if (text.isBlank()) {
        return;
      }
      Excerpt excerpt = Excerpt.of(text, TEXT_LINES, room(TEXT_CHARACTERS));
      add(new RichText().section().text(excerpt.shown()).end().block());
      attachRest(excerpt, "text", "text.txt", text);
    }

    private void addOutput(Block.Output output) {
      if (output.text().isBlank()) {
        add(RichText.context("(no output)"));
        return;
      }
      Excerpt excerpt = Excerpt.of(output.text(), OUTPUT_LINES, room(OUTPUT_CHARACTERS));
      add(new RichText().preformatted(excerpt.shown()).block());
      attachRest(excerpt, "output", "output.txt", output.text());
      if (output.droppedBytes() > 0) {
        add(
            RichText.context(
                "The script printed %,d bytes more than are kept."
                    .formatted(output.droppedBytes())));
      }
    }

    private void addCode(Block.Code code) {
      Excerpt excerpt = Excerpt.of(code.source(), CODE_LINES, room(OUTPUT_CHARACTERS));
      if (excerpt.complete() && !code.attached()) {
        add(new RichText().preformatted(excerpt.shown()).block());
      } else if (!code.attached() && turn > 0 && Forms.fits(code.source())) {
        codeIsFolded = true;
      } else {
        String name = attach("code", "code.py", code.source());
        add(RichText.context("The code, %,d lines, is in %s.".formatted(excerpt.lines(), name)));
      }
    }

    private void addTable(Block.Table table) {
      if (table.header().isEmpty()) {
        return;
      }
      Block.Table shown = TableBlock.shown(table);
      if (hasTable || left < MOST_CHARACTERS / 2) {
        Excerpt excerpt = Excerpt.of(TableBlock.text(shown), OUTPUT_LINES, room(OUTPUT_CHARACTERS));
        add(new RichText().preformatted(excerpt.shown()).block());
      } else {
        // Slack takes one table in a message.
        add(TableBlock.block(shown));
        hasTable = true;
      }
      if (!shown.equals(table)) {
        String name = attach("table", "table.csv", TableBlock.csv(table));
        String what =
            shown.rows().size() < table.rows().size()
                ? "%,d of %,d rows shown".formatted(shown.rows().size(), table.rows().size())
                : "Some of it is cut";
        add(RichText.context(what + "; the whole table is in " + name + "."));
      }
    }

    private void addFile(Block.File file) {
      String name = Harmless.line(file.name(), 120);
      uploads.add(Upload.ofStored(file.id(), name));
      add(RichText.context("\ud83d\udcce %s (%,d bytes)".formatted(name, file.bytes())));
    }

    private void attachRest(Excerpt excerpt, String key, String name, String text) {
      if (!excerpt.complete()) {
        add(RichText.context(excerpt.rest(attach(key, name, text)) + "."));
      }
    }

    private String attach(String key, String name, String text) {
      long same = uploads.stream().filter(upload -> upload.key().startsWith(key)).count();
      String unique = same == 0 ? name : (same + 1) + "-" + name;
      uploads.add(Upload.ofText(same == 0 ? key : key + (same + 1), unique, text));
      return unique;
    }

    private int room(int wanted) {
      return Math.max(200, Math.min(wanted, left));
    }

    private void add(JsonNode block) {
      blocks.add(block);
      left -= block.findValuesAsText("text").stream().mapToInt(String::length).sum();
    }

    private List<Action> actions(Reply reply) {
      List<Action> actions = new ArrayList<>(reply.actions());
      boolean shareable =
          place.audience() == SlackTarget.Audience.ASKER
              && reply.turn() > 0
              && isAnswer(reply.kind());
      if (shareable && actions.stream().noneMatch(action -> action.verb() == Verb.SHARE)) {
        actions.add(new Action(Verb.SHARE, reply.turn()));
      }
      boolean showable = actions.stream().anyMatch(action -> action.verb() == Verb.SHOW_CODE);
      if (codeIsFolded && !showable) {
        actions.add(new Action(Verb.SHOW_CODE, reply.turn()));
      }
      return actions;
    }
  }

  private static boolean isAnswer(Reply.Kind kind) {
    return switch (kind) {
      case VERIFIED, PLAIN_YES, UNVERIFIED, NOT_JUDGED -> true;
      default -> false;
    };
  }

  private static Optional<String> sign(Reply.Kind kind) {
    return Optional.ofNullable(
        switch (kind) {
          case WORKING -> "hourglass_flowing_sand";
          case VERIFIED -> "white_check_mark";
          case PLAIN_YES -> "ballot_box_with_check";
          case UNVERIFIED -> "warning";
          case NOT_JUDGED -> "arrow_forward";
          case FAILED -> "x";
          case ASKED -> "question";
          case DECLINED -> "information_source";
          case OVER_BUDGET -> "moneybag";
          case CANCELLED -> "black_square_for_stop";
          case MODEL_ERROR -> "electric_plug";
          case REFUSED -> "no_entry";
          case NOTICE -> null;
        });
  }
}
