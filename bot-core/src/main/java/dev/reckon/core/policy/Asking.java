package dev.reckon.core.policy;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import java.util.Objects;

/**
 * Someone wants something done.
 *
 * @param delivery names it: asking again for the same delivery, after a wait or a restart, is the
 *     same asking
 * @param conversation where it waits when it must
 */
public record Asking(
    String delivery,
    ConversationId conversation,
    Team team,
    Person person,
    Address address,
    Work work) {
  public Asking {
    Objects.requireNonNull(delivery);
    Objects.requireNonNull(conversation);
    Objects.requireNonNull(team);
    Objects.requireNonNull(person);
    Objects.requireNonNull(address);
    Objects.requireNonNull(work);
  }

  /** What a delivery asks for, once it is known which kind of work it is. */
  public static Asking of(Incoming incoming, Work work) {
    return new Asking(
        incoming.delivery(),
        incoming.conversation(),
        incoming.team(),
        incoming.person(),
        incoming.address(),
        work);
  }
}
