package dev.reckon.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceAccessTest {
  private static final List<String> ALL = List.of("shop", "wiki");

  private static List<String> allowed(Policy policy, String person, String team, String channel) {
    return SourceAccess.allowed(
        policy,
        ALL,
        new Incoming(
            "slack/E1",
            new ConversationId("c"),
            new Team(team, team),
            new Person(person, "Ada", Person.Role.MEMBER),
            new Address("slack", "thread", channel, false),
            new Content.Text("x", false),
            List.of(),
            Instant.EPOCH));
  }

  @Test
  void onlyWhoIsListedMayQuery() {
    assertEquals(List.of(), allowed(Policy.STANDARD, "slack/T1/U1", "slack/T1", "C1"));
    Policy policy =
        Policy.STANDARD.with(
            PolicyKey.SOURCES, "shop:slack/T1, wiki:slack/T2/U2, wiki:slack/C3, other:any");
    assertEquals(List.of("shop"), allowed(policy, "slack/T1/U1", "slack/T1", "C1"));
    assertEquals(List.of("wiki"), allowed(policy, "slack/T2/U2", "slack/T2", "C1"));
    assertEquals(List.of("shop", "wiki"), allowed(policy, "slack/T1/U1", "slack/T1", "C3"));
    assertEquals(List.of(), allowed(policy, "slack/T3/U3", "slack/T3", "C4"));
    assertEquals(
        ALL,
        allowed(
            Policy.STANDARD.with(PolicyKey.SOURCES, "shop:any wiki:any"),
            "slack/T3/U3",
            "slack/T3",
            "C4"));
    assertEquals(
        ALL,
        allowed(
            Policy.STANDARD.with(PolicyKey.ADMINISTRATORS, "slack/T1/U1"),
            "slack/T1/U1",
            "slack/T1",
            "C1"));
  }
}
