package dev.reckon.core.policy;

import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides who may act on a turn or an offer: its owner, and administrators. The one rule behind
 * buttons, forms, commands and cancelling. Safe for use by any number of threads if its functions
 * are.
 *
 * @param administrator whom Reckon's own policy names
 * @param known what is stored about a person: not every event carries the role
 */
public record TurnPermissions(
    Predicate<Person> administrator, Function<String, Optional<Person>> known) {
  /**
   * Whether a person may act on what someone asked for.
   *
   * @param owner the id of the person who asked
   */
  public boolean mayAct(Person person, String owner) {
    return person.id().equals(owner)
        || person.role() == Role.ADMINISTRATOR
        || administrator.test(person)
        || known.apply(person.id()).filter(one -> one.role() == Role.ADMINISTRATOR).isPresent();
  }
}
