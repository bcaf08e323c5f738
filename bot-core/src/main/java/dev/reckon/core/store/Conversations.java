package dev.reckon.core.store;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import java.util.Optional;

/** Conversations, and who takes part in them. */
public interface Conversations {
  /** Notes that a person of a team did something there. */
  void seen(Incoming incoming);

  /** Turns until now are no context any more; their record stays. */
  void startAfresh(ConversationId conversation);

  Optional<Team> team(ConversationId conversation);

  Optional<Person> person(String id);
}
