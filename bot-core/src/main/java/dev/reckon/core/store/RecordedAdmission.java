package dev.reckon.core.store;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import java.util.List;
import java.util.Optional;

/** Enters every refusal into the audit record. */
public final class RecordedAdmission implements Admission {
  private final Admission admission;
  private final Audit audit;

  public RecordedAdmission(Admission admission, Audit audit) {
    this.admission = admission;
    this.audit = audit;
  }

  @Override
  public Decision admit(AdmissionRequest asking) {
    Decision decision = admission.admit(asking);
    if (decision instanceof Decision.Refused refused) {
      audit.refused(asking, refused);
    }
    return decision;
  }

  @Override
  public Optional<Decision.Refused> shutsOut(AdmissionRequest asking) {
    return admission.shutsOut(asking);
  }

  @Override
  public void resumed(AdmissionRequest asking) {
    admission.resumed(asking);
  }

  @Override
  public List<String> left(Person person, Team team, Language language) {
    return admission.left(person, team, language);
  }

  @Override
  public List<ConversationId> finished(String delivery) {
    return admission.finished(delivery);
  }
}
