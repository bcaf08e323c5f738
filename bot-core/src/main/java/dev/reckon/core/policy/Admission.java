package dev.reckon.core.policy;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import java.util.List;
import java.util.Optional;

/**
 * Asked before anything is set off. Implementations are safe for use by any number of threads.
 *
 * <p>Who admits work must report its end, whatever it was, by {@link #finished}. A turn that goes
 * on after a restart is asked for once more under the same delivery.
 */
public interface Admission {
  /**
   * Decides. An admitted {@link AdmissionRequest} other than {@link AdmissionRequest.Kind#WORD}
   * holds one of the person's places until {@link #finished}; asking again for a delivery that
   * holds a place admits it again and counts nothing.
   */
  Decision admit(AdmissionRequest asking);

  /**
   * Why the access lists keep that person out there; empty where they do not. Counts and records
   * nothing, and asks about neither budgets nor rates.
   */
  Optional<Decision.Refused> shutsOut(AdmissionRequest asking);

  /**
   * A turn that was admitted before this process started continues: it takes its place, whatever
   * the limits say now, and counts nothing.
   */
  void resumed(AdmissionRequest asking);

  /**
   * Admitted work has ended, in whatever way, or a queued delivery is not to be done any more.
   *
   * @return conversations whose deliveries were {@link Decision.Queued} and should ask again now;
   *     often none
   */
  List<ConversationId> finished(String delivery);

  /** What a person has left, one sentence for each budget; empty where none limits them. */
  List<String> left(Person person, Team team, Language language);

  /** Admits everything: for the terminal, whose person owns the machine. */
  static Admission open() {
    return new Admission() {
      @Override
      public Decision admit(AdmissionRequest asking) {
        return new Decision.Admitted(null, List.of());
      }

      @Override
      public Optional<Decision.Refused> shutsOut(AdmissionRequest asking) {
        return Optional.empty();
      }

      @Override
      public void resumed(AdmissionRequest asking) {}

      @Override
      public List<ConversationId> finished(String delivery) {
        return List.of();
      }

      @Override
      public List<String> left(Person person, Team team, Language language) {
        return List.of();
      }
    };
  }
}
