package dev.reckon.adapters.metrics;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Counts the policy's decisions, by reason. Words are left out: they are admitted unless access is.
 */
final class MeasuredAdmission implements Admission {
  private final Admission admission;
  private final MeterRegistry registry;

  MeasuredAdmission(Admission admission, MeterRegistry registry) {
    this.admission = admission;
    this.registry = registry;
  }

  @Override
  public Decision admit(AdmissionRequest asking) {
    Decision decision = admission.admit(asking);
    switch (decision) {
      case Decision.Admitted admitted -> {
        if (asking.kind() != AdmissionRequest.Kind.WORD && !admitted.again()) {
          count("admitted");
        }
      }
      case Decision.Queued queued -> queued.notice().ifPresent(_ -> count("queued"));
      case Decision.Refused refused ->
          count("refused_" + refused.reason().name().toLowerCase(Locale.ROOT));
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
  public List<ConversationId> finished(String delivery) {
    return admission.finished(delivery);
  }

  @Override
  public List<String> left(Person person, Team team, Language language) {
    return admission.left(person, team, language);
  }

  private void count(String decision) {
    Counter.builder("reckon.admissions")
        .description("What the policy decided on requests and runs")
        .tag("decision", decision)
        .register(registry)
        .increment();
  }
}
