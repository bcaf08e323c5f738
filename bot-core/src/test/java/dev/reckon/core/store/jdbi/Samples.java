package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import java.time.Instant;
import java.util.List;

/** Deliveries to test with. */
public final class Samples {
  public static final Person ADA = new Person("test/ada", "Ada", Person.Role.MEMBER);
  public static final Team TEAM = new Team("test/team", "The team");
  public static final ConversationId TALK = new ConversationId("test/talk");

  private Samples() {}

  public static Incoming words(String delivery, String text, Attachment... files) {
    return words(delivery, TALK, text, files);
  }

  public static Incoming words(
      String delivery, ConversationId conversation, String text, Attachment... files) {
    return of(delivery, conversation, new Content.Text(text, false), files);
  }

  public static Incoming of(
      String delivery, ConversationId conversation, Content content, Attachment... files) {
    return new Incoming(
        delivery,
        conversation,
        TEAM,
        ADA,
        new Address("fake", conversation.value(), "channel", false),
        content,
        List.of(files),
        Instant.EPOCH);
  }
}
