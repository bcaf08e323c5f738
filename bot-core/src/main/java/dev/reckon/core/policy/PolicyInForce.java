package dev.reckon.core.policy;

import dev.reckon.core.message.Language;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says, with what administrators changed since then on top. A change
 * outlives restarts until it is taken back. Safe for use by any number of threads.
 */
public final class PolicyInForce implements Supplier<Policy> {
  private final Policy configured;
  private final PolicyChanges changes;
  private final InstantSource clock;
  private final Predicate<String> owner;
  private volatile Policy current;

  /** Reads the changes; later ones come through this object or are seen by {@link #refresh}. */
  public PolicyInForce(Policy configured, PolicyChanges changes, InstantSource clock) {
    this(configured, changes, clock, person -> false);
  }

  /**
   * The same, with people who administer whatever the policy says.
   *
   * @param owner whether that person id is one of them: who sits at the store itself
   */
  public PolicyInForce(
      Policy configured, PolicyChanges changes, InstantSource clock, Predicate<String> owner) {
    this.owner = owner;
    this.configured = configured;
    this.changes = changes;
    this.clock = clock;
    this.current = after(changes.all());
  }

  private Policy after(List<PolicyChange> all) {
    Policy policy = configured;
    for (PolicyChange change : all) {
      policy = applied(policy, change.key(), change.value());
    }
    return policy;
  }

  /** Takes over what was changed elsewhere: by another process, on the same record. */
  public synchronized void refresh() {
    current = after(changes.all());
  }

  @Override
  public Policy get() {
    return current;
  }

  /**
   * Why the policy's lists shut this person out there; empty where they do not. Counts and records
   * nothing, and looks at no budget: {@link Admission} decides whether something may begin.
   */
  public Optional<Decision.Refused> shutsOut(AdmissionRequest asking) {
    return AccessList.check(current, asking);
  }

  /** Whether this person may change the policy. */
  public boolean administers(String person) {
    return administers(current, person);
  }

  private boolean administers(Policy policy, String person) {
    return owner.test(person) || policy.lists(PolicyKey.ADMINISTRATORS, person);
  }

  /**
   * Changes one value to another, whatever it was; see {@link #change(String, PolicyKey, Edit)}.
   */
  public PolicyChange change(String by, PolicyKey key, @Nullable String value) {
    return change(by, key, _ -> value);
  }

  /** A new value that follows from the policy as it was. */
  @FunctionalInterface
  public interface Edit {
    /** The value as typed, or null for what the configuration says. May be asked more than once. */
    @Nullable String of(Policy before);
  }

  /**
   * Changes one value, on the record, of what is stored now: other processes may have changed the
   * policy since it was read here, and do not change it in between.
   *
   * @param by the person id of an administrator
   * @throws IllegalArgumentException if that person is no administrator by what is stored now, if
   *     the value cannot be read, or if nobody would be left who could change it back; the message
   *     is for people
   */
  public synchronized PolicyChange change(String by, PolicyKey key, Edit edit) {
    AtomicReference<Policy> next = new AtomicReference<>(current);
    PolicyChange change =
        changes.add(
            all -> {
              Policy before = after(all);
              if (!administers(before, by)) {
                throw new IllegalArgumentException(onlyAdministrators(before));
              }
              @Nullable String value = edit.of(before);
              Policy edited = applied(before, key, value);
              next.set(edited);
              return decide(before, edited, by, key, value);
            });
    current = Objects.requireNonNull(next.get());
    return change;
  }

  /** Why others may not change that policy, in a sentence for people. */
  static String onlyAdministrators(Policy policy) {
    return "Only administrators may see and change the policy; ask %s."
        .formatted(policy.contact(Language.ENGLISH));
  }

  private PolicyChange decide(
      Policy before, Policy next, String by, PolicyKey key, @Nullable String value) {
    if (key == PolicyKey.ADMINISTRATORS && !owner.test(by) && !next.lists(key, by)) {
      throw new IllegalArgumentException(
          "That would remove you from the administrators. Ask another administrator to do it.");
    }
    return new PolicyChange(
        clock.instant(), by, key, value == null ? null : next.text(key), before.text(key));
  }

  /** Every change, the oldest first. */
  public List<PolicyChange> history() {
    return changes.all();
  }

  private Policy applied(Policy policy, PolicyKey key, @Nullable String value) {
    return policy.with(key, value == null ? configured.text(key) : value);
  }
}
