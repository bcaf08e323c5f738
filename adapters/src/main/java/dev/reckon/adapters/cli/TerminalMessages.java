package dev.reckon.adapters.cli;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.sandbox.SandboxFile;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Makes deliveries from what is typed at a terminal. */
public final class TerminalMessages {
  /** The surface and the team of everybody at a terminal. */
  public static final String SURFACE = "terminal";

  /** The team of everybody at this machine, whatever they use. */
  public static final Team LOCAL_TEAM = new Team(SURFACE, "this machine");

  private final ConversationId conversation;
  private final Person person;

  /**
   * @param name of the conversation, as the person chose it; without one each run is its own
   */
  TerminalMessages(String name) throws UsageException {
    try {
      String id = name.isEmpty() ? UUID.randomUUID().toString() : name;
      conversation = new ConversationId(SURFACE + "/" + id);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--conversation must be a name of up to 150 characters.");
    }
    person = localPerson();
  }

  /** Whoever runs the program: the owner of this machine's store. */
  public static Person localPerson() {
    String user = System.getProperty("user.name", "you");
    return new Person(SURFACE + "/" + user, user, Person.Role.ADMINISTRATOR);
  }

  /** Whether that person id is of somebody at the terminal of this machine. */
  public static boolean isAtTerminal(String person) {
    return person.startsWith(SURFACE + "/");
  }

  ConversationId conversation() {
    return conversation;
  }

  Person person() {
    return person;
  }

  /** One message. */
  Incoming words(String text, boolean command, List<SandboxFile> files) {
    return new Incoming(
        SURFACE + "/" + UUID.randomUUID(),
        conversation,
        LOCAL_TEAM,
        person,
        new Address(SURFACE, conversation.value(), conversation.value(), true),
        new Content.Text(text, command),
        files.stream()
            .<Attachment>map(file -> new Attachment.Inline(file.name(), file.content()))
            .toList(),
        Instant.now());
  }
}
