package dev.reckon.core.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

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
 * @param language in which the person is answered; until it is found out, that of their locale
 */
public record Incoming(
    String delivery,
    ConversationId conversation,
    Team team,
    Person person,
    Address address,
    Content content,
    List<Attachment> attachments,
    Instant sentAt,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Language.Unsaid.class)
        Language language) {
  public Incoming {
    if (delivery.isBlank()) {
      throw new IllegalArgumentException("a delivery needs an id");
    }
    attachments = List.copyOf(attachments);
    language = Objects.requireNonNullElse(language, Language.ENGLISH); // stored without it
  }

  /** What was done, to be answered in the language of the person's locale. */
  public Incoming(
      String delivery,
      ConversationId conversation,
      Team team,
      Person person,
      Address address,
      Content content,
      List<Attachment> attachments,
      Instant sentAt) {
    this(
        delivery,
        conversation,
        team,
        person,
        address,
        content,
        attachments,
        sentAt,
        Language.of(person.locale()).orElse(Language.ENGLISH));
  }

  /** The same, to be answered in that language. */
  public Incoming in(Language spoken) {
    return new Incoming(
        delivery, conversation, team, person, address, content, attachments, sentAt, spoken);
  }

  /** The same, with other files. */
  public Incoming with(List<Attachment> files) {
    return new Incoming(
        delivery, conversation, team, person, address, content, files, sentAt, language);
  }

  /** The same, with what is known of the person. */
  public Incoming from(Person known) {
    return new Incoming(
        delivery, conversation, team, known, address, content, attachments, sentAt, language);
  }
}
