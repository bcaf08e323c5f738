package dev.reckon.core.store;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import java.util.Optional;

/** Conversations, and who takes part in them. */
public interface Conversations {
  /** Remembers a person, a team and a conversation that are not known yet; changes nothing else. */
  void arrived(Incoming incoming);

  /** Remembers what was found out about a person, a team and a conversation. */
  void seen(Incoming incoming);

  /** Turns until now are no context any more; their record stays. */
  void startAfresh(ConversationId conversation);

  /**
   * The platform moved a conversation: all that was kept for it, and for its team, continues under
   * other ids, joined with what is there already. Replies on their way go to the new address.
   */
  void move(ConversationId from, ConversationId to, Team team, Address address);

  Optional<Team> team(ConversationId conversation);

  Optional<Person> person(String id);
}
