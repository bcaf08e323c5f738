package dev.reckon.core.policy;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import java.util.Objects;

/**
 * Someone wants something done.
 *
 * @param delivery names it: asking again for the same delivery, after a wait or a restart, is the
 *     same asking
 * @param conversation where it waits when it must
 * @param language in which the person is told
 */
public record AdmissionRequest(
    String delivery,
    ConversationId conversation,
    Team team,
    Person person,
    Address address,
    Kind kind,
    Language language) {
  /** What a person is about to set off, as far as the policy tells kinds apart. */
  public enum Kind {
    /** A request in plain words, or a repair: calls the model, then runs code. */
    REQUEST,
    /** Code that a person wrote or changed, or an answer's code once more: no model call. */
    RUN,
    /** A saved computation of the team: no model call. */
    SAVED,
    /** Words that neither call the model nor run code: help, lists, settings. */
    WORD
  }

  public AdmissionRequest {
    Objects.requireNonNull(delivery);
    Objects.requireNonNull(conversation);
    Objects.requireNonNull(team);
    Objects.requireNonNull(person);
    Objects.requireNonNull(address);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(language);
  }

  /** Someone who is told in the language of their locale. */
  public AdmissionRequest(
      String delivery,
      ConversationId conversation,
      Team team,
      Person person,
      Address address,
      Kind kind) {
    this(
        delivery,
        conversation,
        team,
        person,
        address,
        kind,
        Language.of(person.locale()).orElse(Language.ENGLISH));
  }

  /** What a delivery asks for, once it is known of which kind it is. */
  public static AdmissionRequest of(Incoming incoming, Kind kind) {
    return new AdmissionRequest(
        incoming.delivery(),
        incoming.conversation(),
        incoming.team(),
        incoming.person(),
        incoming.address(),
        kind,
        incoming.language());
  }
}
