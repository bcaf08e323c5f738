package dev.reckon.adapters.web;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.ForwardingSurface;
import dev.reckon.core.surface.Surface;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chat platform whose answers link to their pages. The link is added when a reply is sent, so
 * that a changed address holds for whatever is sent or edited from then on.
 *
 * @param publicUrl where people reach the pages
 */
public record PageLinks(Surface surface, URI publicUrl) implements ForwardingSurface {
  @Override
  public MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return surface.post(to, linked(reply), mention, files, receipts);
  }

  @Override
  public MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return surface.edit(at, message, linked(reply), files, receipts);
  }

  private Reply linked(Reply reply) {
    return linked(reply, publicUrl);
  }

  /** The reply with a link, if it tells how a turn ended. */
  static Reply linked(Reply reply, URI publicUrl) {
    if (reply.turn() <= 0 || !isEnd(reply.kind())) {
      return reply;
    }
    List<Block> blocks = new ArrayList<>();
    for (Block block : reply.blocks()) {
      blocks.add(
          block instanceof Block.Page(String path) && path.startsWith("/")
              ? new Block.Page(publicUrl.resolve(path).toString())
              : block);
    }
    blocks.add(new Block.Page(publicUrl.resolve("/c/" + reply.turn()).toString()));
    return new Reply(
        reply.turn(), reply.kind(), reply.headline(), blocks, reply.actions(), reply.language());
  }

  private static boolean isEnd(Reply.Kind kind) {
    return switch (kind) {
      case VERIFIED,
          PLAIN_YES,
          UNVERIFIED,
          NOT_JUDGED,
          FAILED,
          ASKED,
          DECLINED,
          OVER_BUDGET,
          CANCELLED,
          MODEL_ERROR ->
          true;
      case WORKING, NOTICE, REFUSED -> false;
    };
  }
}
