package dev.reckon.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InlineGateTest {
  private static final Person ANNA = new Person("telegram/1", "Anna", Person.Role.MEMBER);
  private Policy policy = Policy.STANDARD;
  private Instant now = Instant.EPOCH;
  private final InlineGate gate = new InlineGate(() -> policy, () -> now);

  private static final AdmissionRequest ASKING =
      new AdmissionRequest(
          "q",
          new ConversationId("telegram/1"),
          new Team("telegram/1", ""),
          ANNA,
          new Address("telegram", "1", "1", true),
          AdmissionRequest.Kind.WORD);

  private InlineGate.Answer ask() {
    return gate.ask(ASKING);
  }

  @Test
  void whoeverIsNotListedIsToldWhomToAsk() {
    assertTrue(gate.refusal(ASKING).orElseThrow().contains("telegram/1"));
    policy = policy.with(PolicyKey.PEOPLE, "telegram/1");
    assertEquals(
        Optional.empty(), gate.refusal(ASKING), "that expressions are off does not matter");
  }

  @Test
  void itIsOffUntilAnAdministratorAllowsIt() {
    assertEquals(InlineGate.Answer.OFF, ask());
    policy = policy.with(PolicyKey.INLINE, "true");
    assertEquals(InlineGate.Answer.REFUSED, ask(), "nobody is listed");
    policy = policy.with(PolicyKey.PEOPLE, "telegram/1");
    assertEquals(InlineGate.Answer.ALLOWED, ask());
    policy = policy.with(PolicyKey.BLOCKED, "telegram/1");
    assertEquals(InlineGate.Answer.REFUSED, ask());
  }

  @Test
  void aMinuteHoldsSoManyAndNoMore() {
    policy =
        policy
            .with(PolicyKey.INLINE, "true")
            .with(PolicyKey.LISTED_ONLY, "")
            .with(PolicyKey.INLINE_PER_MINUTE, "2");
    assertEquals(InlineGate.Answer.ALLOWED, ask());
    assertEquals(InlineGate.Answer.ALLOWED, ask());
    assertEquals(InlineGate.Answer.TOO_OFTEN, ask());
    now = Instant.EPOCH.plusSeconds(61);
    assertEquals(InlineGate.Answer.ALLOWED, ask());
    policy = policy.with(PolicyKey.INLINE_PER_MINUTE, "0");
    assertEquals(InlineGate.Answer.ALLOWED, ask());
    assertEquals(InlineGate.Answer.ALLOWED, ask());
    assertEquals(InlineGate.Answer.ALLOWED, ask());
  }
}
