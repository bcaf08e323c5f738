package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.slack.BlockSupport.TableForm;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.DisplayPolicy;
import dev.reckon.core.surface.render.Excerpt.Limit;
import dev.reckon.core.surface.render.ReplyLayout;
import dev.reckon.core.surface.render.ReplyLayout.Part;
import dev.reckon.core.surface.render.Upload;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws a reply's layout in Block Kit: who asked, the layout's parts, the buttons.
 *
 * @param message what is posted
 * @param uploads the files that follow it
 */
record ReplyRenderer(BlockMessage message, List<Upload> uploads) {
  /** Slack takes files of 1 GB. */
  private static final long FILE_BYTES = 1_000_000_000;

  /**
   * Slack finds a message of about 13,200 characters too long, whatever its blocks. Longer code is
   * behind a button: on a phone, what matters is the answer.
   */
  private static DisplayPolicy policy(BlockSupport support) {
    return new DisplayPolicy(
        new Limit(30, 2_500),
        new Limit(30, 2_500),
        new Limit(60, 2_900),
        new Limit(8, 2_500),
        FormModal::fits,
        10_000,
        support.tables().tables(),
        table -> support.charts() && ChartBlock.of(table).isPresent(),
        FILE_BYTES,
        true,
        true);
  }

  private static final int FALLBACK_CHARACTERS = 200;
  private static final int PLAIN_CHARACTERS = 3_000;

  /** Slack takes 50 blocks; some are kept for what comes first and last. */
  private static final int MOST_PARTS = 40;

  ReplyRenderer {
    uploads = List.copyOf(uploads);
  }

  /** Without pictures. */
  static ReplyRenderer render(Reply reply, SlackTarget place, Optional<String> mention) {
    return render(reply, place, mention, Map.of(), BlockSupport.FULL);
  }

  /**
   * Draws a reply.
   *
   * @param pictures Slack's ids of those that it can show, by their keys; others are named
   */
  static ReplyRenderer render(
      Reply reply,
      SlackTarget place,
      Optional<String> mention,
      Map<String, String> pictures,
      BlockSupport support) {
    ReplyLayout layout = layout(reply, place, support);
    ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
    if (!place.request().isEmpty()) {
      blocks.add(asked(place));
    }
    mention.ifPresent(user -> blocks.add(new RichText().section().user(user).end().block()));
    int parts = 0;
    for (Part part : layout.parts()) {
      if (++parts > MOST_PARTS) {
        blocks.add(RichText.context(Label.MESSAGE_FULL.in(reply.language())));
        break;
      }
      blocks.add(block(part, pictures, support.tables()));
    }
    if (place.audience() == SlackTarget.Audience.ASKER) {
      blocks.add(RichText.context(Label.ONLY_YOU.in(reply.language())));
    }
    ButtonData.block(layout.buttons(), place).ifPresent(blocks::add);
    String fallback =
        BlockMessage.PARSED.text(Truncation.cut(layout.summary(), FALLBACK_CHARACTERS));
    return new ReplyRenderer(new BlockMessage(fallback, blocks), layout.uploads());
  }

  private static ReplyLayout layout(Reply reply, SlackTarget place, BlockSupport support) {
    boolean onlyAsker =
        place.audience() == SlackTarget.Audience.ASKER
            || place.audience() == SlackTarget.Audience.DIRECT;
    // The message that answers a command stands in the channel: there is nowhere to share it to.
    boolean shared =
        place.audience() == SlackTarget.Audience.SHARED
            || (place.audience() == SlackTarget.Audience.CHANNEL && place.thread().isEmpty());
    List<Action> actions =
        reply.actions().stream()
            .filter(action -> !(shared && action.verb() == Action.Verb.SHARE))
            .toList();
    Reply pressable =
        new Reply(
            reply.turn(),
            reply.kind(),
            reply.headline(),
            reply.blocks(),
            actions,
            reply.language());
    return ReplyLayout.of(pressable, policy(support), onlyAsker);
  }

  /** Who asked what, for a message that begins a thread. */
  static JsonNode asked(SlackTarget place) {
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

  private static JsonNode block(Part part, Map<String, String> pictures, TableForm tables) {
    return switch (part) {
      case Part.Headline(Reply.Kind kind, String text) -> signed(kind).bold(text).end().block();
      case Part.Answer(String text) -> new RichText().section().bold(text).end().block();
      case Part.Status(Reply.Kind kind, String text) -> signed(kind).text(text).end().block();
      case Part.Paragraph(String text) -> new RichText().section().text(text).end().block();
      case Part.Box(String text) -> new RichText().preformatted(text).block();
      case Part.Grid(String text) -> new RichText().preformatted(text).block();
      case Part.Drawn drawn ->
          tables == TableForm.SORTED && !drawn.table().rows().isEmpty()
              ? DataTableBlock.block(drawn.table())
              : TableBlock.block(drawn.table());
      case Part.TableChart chart -> ChartBlock.of(chart.table()).orElseThrow();
      case Part.Picture(Upload.Picture picture) -> {
        String id = pictures.get(picture.key());
        yield id == null ? RichText.context(part.text()) : image(id, picture.caption());
      }
      case Part.Code(String text) -> new RichText().preformatted(text).block();
      case Part.Link(String text, String address) ->
          new RichText().section().link(text, address).end().block();
      case Part.Note(String text) -> RichText.context(text);
    };
  }

  private static JsonNode image(String file, String words) {
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", "image");
    block.putObject("slack_file").put("id", file);
    return block.put("alt_text", words);
  }

  private static RichText.Line signed(Reply.Kind kind) {
    RichText.Line line = new RichText().section();
    sign(kind).ifPresent(name -> line.emoji(name).text(" "));
    return line;
  }

  /** The pictures among the uploads. */
  List<Upload.Picture> pictures() {
    return uploads.stream()
        .filter(Upload.Picture.class::isInstance)
        .map(Upload.Picture.class::cast)
        .toList();
  }

  /** The same in words only, for when Slack takes no blocks. */
  static BlockMessage plain(Reply reply, SlackTarget place) {
    StringBuilder text = new StringBuilder();
    for (Part part : layout(reply, place, BlockSupport.PLAIN).parts()) {
      boolean boxed =
          switch (part) {
            case Part.Box _, Part.Grid _, Part.Drawn _, Part.TableChart _, Part.Code _ -> true;
            default -> false;
          };
      String words = BlockMessage.PARSED.text(part.text());
      words = boxed ? "```\n" + words + "\n```" : words;
      if (text.length() + words.length() > PLAIN_CHARACTERS) {
        text.append('\n').append(Label.MESSAGE_FULL.in(reply.language()));
        break;
      }
      text.append(text.isEmpty() ? "" : "\n").append(words);
    }
    return BlockMessage.plain(text.toString());
  }

  /** The names of the emoji in {@link dev.reckon.core.surface.render.StatusSign}. */
  private static Optional<String> sign(Reply.Kind kind) {
    return switch (kind) {
      case WORKING -> Optional.of("hourglass_flowing_sand");
      case VERIFIED -> Optional.of("white_check_mark");
      case PLAIN_YES -> Optional.of("ballot_box_with_check");
      case UNVERIFIED -> Optional.of("warning");
      case NOT_JUDGED -> Optional.of("arrow_forward");
      case FAILED -> Optional.of("x");
      case ASKED -> Optional.of("question");
      case DECLINED -> Optional.of("information_source");
      case OVER_BUDGET -> Optional.of("money_with_wings");
      case CANCELLED -> Optional.of("black_square_for_stop");
      case MODEL_ERROR -> Optional.of("electric_plug");
      case REFUSED -> Optional.of("no_entry");
      case NOTICE -> Optional.empty();
    };
  }
}
