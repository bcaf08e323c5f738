package dev.reckon.core.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the policy says to an {@link AdmissionRequest}. */
public sealed interface Decision {
  /**
   * Go ahead.
   *
   * @param ceilingUsd what is left of the tightest budget, in US dollars: a turn must not cost
   *     more; null when no budget in money applies
   * @param notices one sentence each, to be shown with the answer: a budget nearly used up
   * @param again whether the delivery held its place already, so that nothing was counted
   */
  record Admitted(@Nullable Double ceilingUsd, List<String> notices, boolean again)
      implements Decision {
    public Admitted {
      notices = List.copyOf(notices);
    }

    /** For the first time. */
    public Admitted(@Nullable Double ceilingUsd, List<String> notices) {
      this(ceilingUsd, notices, false);
    }
  }

  /**
   * Keep the delivery and ask again when {@link Admission#finished} names its conversation.
   *
   * @param notice one sentence for the person; empty when this delivery was told before
   */
  record Queued(Optional<String> notice) implements Decision {}

  /**
   * No. The delivery is done with.
   *
   * @param sentence one sentence for the person, which says whom to ask
   */
  record Refused(Reason reason, String sentence) implements Decision {}

  /** Why not, for the audit record and for metrics. */
  enum Reason {
    NOT_LISTED,
    BLOCKED,
    GUEST,
    EXTERNAL,
    LEFT,
    SAVED_ONLY,
    RATE,
    BUDGET
  }
}
