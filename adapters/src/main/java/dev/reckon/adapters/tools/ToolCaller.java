package dev.reckon.adapters.tools;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;

/**
 * On whose behalf tools are called.
 *
 * @param surface the surface's name in addresses, {@code mcp} or that of the terminal
 * @param person whose rights and budget count
 * @param team whose saved computations, memory and budget count
 */
public record ToolCaller(String surface, Person person, Team team) {
  /** The surface of agents that come over HTTP. */
  public static final String SURFACE = "mcp";

  /** An agent of that name that comes over HTTP, working for that team. */
  public static ToolCaller agent(String name, String team) {
    return new ToolCaller(
        SURFACE, new Person(SURFACE + "/" + name, name, Person.Role.MEMBER), new Team(team, team));
  }

  /** A conversation of this caller's; others cannot name it. */
  public ConversationId conversation(String name) {
    return new ConversationId(person.id() + "/tools/" + name);
  }

  public Address address(ConversationId conversation) {
    return new Address(surface, conversation.value(), person.id(), true);
  }
}
