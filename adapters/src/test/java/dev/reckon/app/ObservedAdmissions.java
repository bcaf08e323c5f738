package dev.reckon.app;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.AdmissionRequest.Kind;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.policy.Ledger;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a policy says to a member, a guest, somebody of another organisation and a stranger, and to
 * one who asks twice. Everybody has had two turns: one of 1.7 dollars early today, one of a dollar
 * earlier this month.
 */
final class ObservedAdmissions {
  private static final Instant NOW = Instant.parse("2026-05-15T12:00:00Z");
  private static final Instant TODAY = Instant.parse("2026-05-15T02:00:00Z");
  private static final Instant THIS_MONTH = Instant.parse("2026-05-03T02:00:00Z");

  private final Gatekeeper door;
  private final List<String> seen = new ArrayList<>();

  private ObservedAdmissions(Policy policy) {
    door =
        new Gatekeeper(
            () -> policy, ObservedAdmissions::spent, new LocalAdmissionState(() -> NOW), () -> NOW);
  }

  static String under(Policy policy) {
    ObservedAdmissions one = new ObservedAdmissions(policy);
    one.asks("ada", Role.MEMBER, "slack/T1", false);
    one.asks("guest", Role.GUEST, "slack/T1", false);
    one.asks("partner", Role.EXTERNAL, "slack/T1", false);
    one.asks("eve", Role.MEMBER, "telegram/7", true);
    one.asks("bob", Role.MEMBER, "slack/T1", true);
    // One after another, then one while the other runs.
    one.asks("ada", Role.MEMBER, "slack/T1", false);
    one.begins("ada", Role.MEMBER, "slack/T1", false);
    one.begins("ada", Role.MEMBER, "slack/T1", false);
    one.types(policy);
    one.types(policy.with(PolicyKey.INLINE, "true").with(PolicyKey.LISTED_ONLY, ""));
    one.seen.add("guest chats: " + policy.allowsGuestChats());
    return String.join("\n", one.seen);
  }

  private static Ledger.Spent spent(Ledger.Owner owner, String id, Instant since) {
    return TODAY.isBefore(since)
        ? Ledger.Spent.NOTHING
        : THIS_MONTH.isBefore(since) ? new Ledger.Spent(1, 1.7) : new Ledger.Spent(2, 2.7);
  }

  /** Expressions after the bot's name in another chat. */
  private void types(Policy policy) {
    InlineGate gate = new InlineGate(() -> policy, () -> NOW);
    AdmissionRequest typed =
        new AdmissionRequest(
            "q",
            new ConversationId("telegram/7"),
            new Team("telegram/7", ""),
            new Person("telegram/7", "eve", Role.MEMBER),
            new Address("telegram", "7", "7", true),
            Kind.WORD);
    seen.add(gate.ask(typed) + ", then " + gate.ask(typed));
  }

  private void asks(String name, Role role, String team, boolean direct) {
    door.finished(begins(name, role, team, direct));
  }

  private String begins(String name, Role role, String team, boolean direct) {
    String delivery = "d" + seen.size();
    seen.add(
        name
            + ": "
            + door.admit(
                new AdmissionRequest(
                    delivery,
                    new ConversationId(team + "/" + delivery),
                    new Team(team, "Acme"),
                    new Person(team + "/" + name, name, role),
                    new Address(team.substring(0, team.indexOf('/')), delivery, "C1", direct),
                    Kind.REQUEST)));
    return delivery;
  }
}
