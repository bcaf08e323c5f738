package dev.reckon.app;

import dev.reckon.adapters.cli.TerminalMessages;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import java.util.List;
import java.util.Optional;

/**
 * Admits whatever the browser of this machine's owner asks for, as at the terminal, and asks the
 * policy about everybody else.
 */
record LocalAdmission(Admission others) implements Admission {
  private static final Admission OPEN = Admission.open();

  private static boolean isLocal(AdmissionRequest asking) {
    return asking.address().surface().equals("web")
        && TerminalMessages.isAtTerminal(asking.person().id());
  }

  @Override
  public Decision admit(AdmissionRequest asking) {
    return isLocal(asking) ? OPEN.admit(asking) : others.admit(asking);
  }

  @Override
  public Optional<Decision.Refused> shutsOut(AdmissionRequest asking) {
    return isLocal(asking) ? Optional.empty() : others.shutsOut(asking);
  }

  @Override
  public void resumed(AdmissionRequest asking) {
    if (!isLocal(asking)) {
      others.resumed(asking);
    }
  }

  @Override
  public List<ConversationId> finished(String delivery) {
    return others.finished(delivery);
  }

  @Override
  public List<String> left(Person person, Team team, Language language) {
    return TerminalMessages.isAtTerminal(person.id())
        ? List.of()
        : others.left(person, team, language);
  }
}
