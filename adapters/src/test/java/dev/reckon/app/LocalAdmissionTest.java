package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalAdmissionTest {
  private static final Person OWNER = new Person("terminal/me", "me", Person.Role.MEMBER);
  private static final Person ADA = new Person("slack/T1/U1", "Ada", Person.Role.MEMBER);
  private static final Team TEAM = new Team("slack/T1", "");

  private final Admission admission = new LocalAdmission(new Closed());

  /** A policy that lets nobody in. */
  private static final class Closed implements Admission {
    @Override
    public Decision admit(AdmissionRequest asking) {
      return new Decision.Refused(Decision.Reason.NOT_LISTED, "No.");
    }

    @Override
    public Optional<Decision.Refused> shutsOut(AdmissionRequest asking) {
      return Optional.of(new Decision.Refused(Decision.Reason.NOT_LISTED, "No."));
    }

    @Override
    public void resumed(AdmissionRequest asking) {}

    @Override
    public List<ConversationId> finished(String delivery) {
      return List.of();
    }

    @Override
    public List<String> left(Person person, Team team, Language language) {
      return List.of("nothing");
    }
  }

  private Decision ask(Person person, String surface) {
    return admission.admit(
        new AdmissionRequest(
            "d1",
            new ConversationId("c1"),
            TEAM,
            person,
            new Address(surface, "c", "c", true),
            AdmissionRequest.Kind.REQUEST));
  }

  @Test
  void theMachinesOwnerIsAdmittedInTheBrowserAndNobodyElseIs() {
    assertInstanceOf(Decision.Admitted.class, ask(OWNER, "web"));
    assertInstanceOf(Decision.Refused.class, ask(ADA, "web"));
    assertInstanceOf(Decision.Refused.class, ask(ADA, "slack"));
  }

  @Test
  void budgetsLimitEverybodyElse() {
    assertEquals(List.of(), admission.left(OWNER, TEAM, Language.ENGLISH));
    assertEquals(List.of("nothing"), admission.left(ADA, TEAM, Language.ENGLISH));
  }
}
