package dev.reckon.core.message;

import java.time.Instant;
import java.util.List;

/**
 * One delivery from a surface.
 *
 * @param delivery the platform's id for it, unique over all surfaces; a second delivery with the
 *     same id is a repetition and changes nothing
 * @param conversation what it belongs to
 * @param team whose saved computations and budget apply
 * @param person who did it
 * @param address where replies go
 * @param content what was done
 * @param attachments files that came along
 * @param sentAt when the platform says it happened
 */
public record Incoming(
    String delivery,
    ConversationId conversation,
    Team team,
    Person person,
    Address address,
    Content content,
    List<Attachment> attachments,
    Instant sentAt) {
  public Incoming {
    if (delivery.isBlank()) {
      throw new IllegalArgumentException("a delivery needs an id");
    }
    attachments = List.copyOf(attachments);
  }

  /** The same, with other files. */
  public Incoming with(List<Attachment> files) {
    return new Incoming(delivery, conversation, team, person, address, content, files, sentAt);
  }

  /** The same, with what is known of the person. */
  public Incoming from(Person known) {
    return new Incoming(delivery, conversation, team, known, address, content, attachments, sentAt);
  }
}
