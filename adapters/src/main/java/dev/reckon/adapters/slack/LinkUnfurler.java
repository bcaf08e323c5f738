package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.Conversation;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.surface.LinkPreviews.Preview;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.StatusSign;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Shows a computation below a link to its page. Slack tells of such a link twice: while it is
 * typed, when nobody knows yet where it will be posted, and once it is posted, also in channels
 * where Reckon is no member.
 */
record LinkUnfurler(SlackIds identities, SlackApi api, LinkPreviews previews) {
  /** A message with more links is a list of them. */
  private static final int MOST_LINKS = 5;

  private static final int LONGEST_TEXT = 300;

  /** Shows what may be shown of the links of a {@code link_shared} event. */
  void unfurl(JsonNode event) throws SlackFailure, InterruptedException {
    ObjectNode unfurls = JsonNodeFactory.instance.objectNode();
    LinkPreviews.Place place = new Shared(event);
    for (String link :
        StreamSupport.stream(event.path("links").spliterator(), false)
            .map(each -> each.path("url").asText())
            .distinct()
            .limit(MOST_LINKS)
            .toList()) {
      Optional<Preview> preview = previews.find(link, place);
      if (preview.isPresent()) {
        unfurls.putObject(link).set("blocks", blocks(preview.get()));
      }
    }
    if (!unfurls.isEmpty()) {
      api.unfurl(event.path("unfurl_id").asText(), event.path("source").asText(), unfurls);
    }
  }

  /** As plain text, in which Slack finds no mention, link or formatting. */
  static ArrayNode blocks(Preview preview) {
    ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
    blocks.add(RichText.context(line(preview.request())));
    String answer = line(preview.answer());
    if (!answer.isBlank()) {
      blocks.addObject().put("type", "section").set("text", RichText.plain(answer));
    }
    blocks.add(
        RichText.context((StatusSign.of(preview.kind()) + " " + line(preview.status())).strip()));
    return blocks;
  }

  private static String line(String text) {
    return Truncation.cut(Sanitizer.oneLine(text), LONGEST_TEXT);
  }

  /** Where a link was shared. */
  private final class Shared implements LinkPreviews.Place {
    private final JsonNode event;

    private Shared(JsonNode event) {
      this.event = event;
    }

    @Override
    public String surface() {
      return SlackSurface.NAME;
    }

    @Override
    public String channel() {
      boolean posted = event.path("source").asText().equals("conversations_history");
      return posted ? event.path("channel").asText() : "";
    }

    /**
     * In a public channel everybody in the workspace reads, and in a shared one people whom this
     * workspace does not know.
     */
    @Override
    public Set<String> readers() throws DeliveryException {
      if (channel().isEmpty()) {
        throw new DeliveryException(Kind.REFUSED, "it is not posted yet");
      }
      SlackWorkspace workspace = identities.workspace();
      if (SlackIds.isDirect(channel())) {
        if (!event.path("is_bot_user_member").asBoolean()) {
          throw new DeliveryException(Kind.REFUSED, "Reckon is not in that conversation");
        }
        return Set.of(workspace.person(event.path("user").asText()));
      }
      try {
        Conversation channel = api.channel(channel());
        boolean isClosed = channel.isPrivate() || channel.isMpim();
        if (!isClosed || channel.isShared() || channel.isExtShared() || channel.isOrgShared()) {
          throw new DeliveryException(
              Kind.REFUSED, "others than the channel's members can read it");
        }
      } catch (SlackFailure e) {
        throw e.meaning();
      }
      return SlackReadership.members(api, channel(), found -> false).stream()
          .filter(user -> !user.equals(workspace.bot()))
          .map(workspace::person)
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
