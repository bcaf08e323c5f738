package dev.reckon.adapters.web;

import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.surface.render.ReplyLayout.Part;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Previews of the pages of computations and of shared links. A page is previewed where everybody
 * who reads there may open it; a shared link everywhere while it is valid, since whoever has it may
 * open it.
 */
final class PagePreviews implements LinkPreviews {
  private static final Logger LOG = LoggerFactory.getLogger(PagePreviews.class);
  private static final int LONGEST_LINK = 500;
  private static final Pattern PATH = Pattern.compile("/(?:c/([0-9]{1,15})|s/([A-Za-z0-9_-]{43}))");

  private final URI publicUrl;
  private final TurnReader turns;
  private final ShareLinks links;

  /**
   * Previews.
   *
   * @param publicUrl where people reach the pages
   */
  PagePreviews(URI publicUrl, TurnReader turns, ShareLinks links) {
    this.publicUrl = publicUrl;
    this.turns = turns;
    this.links = links;
  }

  @Override
  public Optional<Preview> find(String link, Place place) throws InterruptedException {
    Optional<Matcher> path = path(link);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String id = path.get().group(1);
    try {
      Optional<TurnRecord> turn =
          id == null
              ? links.find(path.get().group(2)).flatMap(share -> turns.shared(share.turn()))
              : turns.find(Addresses.number(id), place);
      return turn.filter(found -> found.result() != null).map(PagePreviews::preview);
    } catch (DeliveryException e) {
      LOG.info("A link is not previewed: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** The path of a link to a page of this server. */
  private Optional<Matcher> path(String link) {
    if (link.length() > LONGEST_LINK) {
      return Optional.empty();
    }
    try {
      URI address = new URI(link);
      boolean isOurs =
          publicUrl.getScheme().equalsIgnoreCase(address.getScheme())
              && publicUrl.getRawAuthority().equalsIgnoreCase(address.getRawAuthority());
      return isOurs
          ? Optional.of(PATH.matcher(address.getRawPath())).filter(Matcher::matches)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Preview preview(TurnRecord turn) {
    Computation it = Computation.of(turn);
    String status = AnswerReplies.words(it.result().status(), it.result().language());
    return new Preview(
        turn.request(),
        answer(it.reply()),
        it.reply().kind(),
        turn.disputedBy() == null ? status : status + " · disputed by " + turn.disputedBy());
  }

  /**
   * The answer in one line: the sentence that was checked against the output, or an output of one
   * line. Nothing is shown of a longer one, which may be what a file contains.
   */
  private static String answer(Reply reply) {
    Stream<String> checked =
        reply.blocks().stream()
            .filter(Block.Finding.class::isInstance)
            .map(Block.Finding.class::cast)
            .map(Block.Finding::text);
    List<Part> parts = WebDisplay.layout(reply).parts();
    boolean isLong =
        parts.stream()
            .anyMatch(
                part ->
                    part instanceof Part.Box
                        || part instanceof Part.Grid
                        || part instanceof Part.Drawn);
    Stream<String> printed =
        parts.stream().filter(part -> part instanceof Part.Answer && !isLong).map(Part::text);
    return Stream.concat(checked, printed).findFirst().orElse("");
  }
}
