package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Offers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Handles requests that are edited after they were sent. */
record RequestEdits(Deliveries deliveries, Offers offers) {
  private static final String OFFER = "edited";

  /**
   * Whether the message reads otherwise than before. Platforms tell of changes that people do not
   * make, such as a link that got its preview.
   */
  boolean changes(Incoming incoming, Content.Edited edited) {
    return !edited.text().isBlank()
        && deliveries
            .before(edited.delivery(), incoming.delivery())
            .filter(
                before ->
                    !text(before.incoming()).equals(edited.text().strip())
                        || !tables(before.incoming()).equals(tables(incoming)))
            .isPresent();
  }

  /** The tables that were pasted into it; other files do not change with a text. */
  private static List<String> tables(Incoming incoming) {
    return incoming.attachments().stream()
        .filter(Attachment.Inline.class::isInstance)
        .map(file -> new String(((Attachment.Inline) file).content(), StandardCharsets.UTF_8))
        .toList();
  }

  private static String text(Incoming incoming) {
    return switch (incoming.content()) {
      case Content.Text words -> words.text().strip();
      case Content.Edited edited -> edited.text().strip();
      case Content.Pressed pressed -> "";
      case Content.Moved _, Content.Scheduled _ -> "";
    };
  }

  /** Nothing runs until a button is pressed. */
  Interpretation offer(Incoming incoming, String text) {
    long offer = offers.make(incoming.conversation(), incoming.person().id(), OFFER, text);
    return new Interpretation.Say(
        new Reply(
            0,
            Reply.Kind.NOTICE,
            Label.REPLY_EDITED.in(incoming.language()),
            List.of(new Block.Text(text)),
            List.of(new Action(Verb.RERUN_EDITED, offer))));
  }
}
