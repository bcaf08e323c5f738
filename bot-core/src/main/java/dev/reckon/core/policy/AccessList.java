package dev.reckon.core.policy;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Person;
import dev.reckon.core.policy.Decision.Reason;
import dev.reckon.core.policy.Decision.Refused;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may, where: pure rules. Every list that is not empty must name the asking. */
final class AccessList {
  private AccessList() {}

  static Optional<Refused> check(Policy policy, AdmissionRequest asking) {
    Person person = asking.person();
    if (person.role() == Person.Role.FORMER) {
      return Optional.of(
          new Refused(
              Reason.LEFT,
              Label.REFUSED_LEFT.in(asking.language(), person.name(), contact(policy, asking))));
    }
    if (policy.lists(PolicyKey.ADMINISTRATORS, person.id())) {
      return Optional.empty();
    }
    if (policy.lists(PolicyKey.BLOCKED, person.id())) {
      return refuse(policy, asking, Reason.BLOCKED, Label.REFUSED_BLOCKED);
    }
    boolean named = policy.lists(PolicyKey.PEOPLE, person.id());
    if (person.role() == Person.Role.GUEST && !policy.flag(PolicyKey.GUESTS) && !named) {
      return refuse(policy, asking, Reason.GUEST, Label.REFUSED_GUEST);
    }
    if (person.role() == Person.Role.EXTERNAL && !policy.flag(PolicyKey.EXTERNALS) && !named) {
      return refuse(policy, asking, Reason.EXTERNAL, Label.REFUSED_EXTERNAL);
    }
    return place(policy, asking, named).or(() -> savedOnly(policy, asking));
  }

  private static Optional<Refused> place(Policy policy, AdmissionRequest asking, boolean named) {
    String team = asking.team().id();
    String person = asking.person().id();
    Address address = asking.address();
    if (!policy.names(PolicyKey.TEAMS).isEmpty() && !policy.lists(PolicyKey.TEAMS, team)) {
      return refuse(policy, asking, Reason.NOT_LISTED, Label.REFUSED_TEAM, team);
    }
    if (!policy.names(PolicyKey.PEOPLE).isEmpty() && !named) {
      return refuse(policy, asking, Reason.NOT_LISTED, Label.REFUSED_PERSON, person);
    }
    // Whoever comes from such a surface is no better known on a page in the browser.
    boolean open =
        policy.lists(PolicyKey.LISTED_ONLY, address.surface())
            || policy.lists(PolicyKey.LISTED_ONLY, platform(asking.person()));
    if (open && !named && !policy.lists(PolicyKey.TEAMS, team)) {
      return team.equals(person)
          ? refuse(policy, asking, Reason.NOT_LISTED, Label.REFUSED_LISTED, team)
          : refuse(policy, asking, Reason.NOT_LISTED, Label.REFUSED_LISTED_EITHER, team, person);
    }
    if (address.direct()) {
      return policy.flag(PolicyKey.PRIVATE_CHATS)
          ? Optional.empty()
          : refuse(policy, asking, Reason.NOT_LISTED, Label.REFUSED_PRIVATE);
    }
    return policy.names(PolicyKey.CHANNELS).isEmpty() || channelListed(policy, address)
        ? Optional.empty()
        : refuse(policy, asking, Reason.NOT_LISTED, Label.REFUSED_CHANNEL, address.channel());
  }

  /** Ids of people begin with the name of their surface. */
  private static String platform(Person person) {
    return person.id().substring(0, Math.max(0, person.id().indexOf('/')));
  }

  /** Surfaces may or may not put their own name in front of a channel's. */
  private static boolean channelListed(Policy policy, Address address) {
    return policy.lists(PolicyKey.CHANNELS, address.channel())
        || policy.lists(PolicyKey.CHANNELS, address.surface() + "/" + address.channel());
  }

  private static Optional<Refused> savedOnly(Policy policy, AdmissionRequest asking) {
    boolean harmless =
        asking.kind() == AdmissionRequest.Kind.SAVED || asking.kind() == AdmissionRequest.Kind.WORD;
    return harmless || !policy.lists(PolicyKey.SAVED_ONLY, asking.person().id())
        ? Optional.empty()
        : refuse(policy, asking, Reason.SAVED_ONLY, Label.REFUSED_SAVED_ONLY);
  }

  /** A refusal that names whom to ask, and then what they are to add. */
  private static Optional<Refused> refuse(
      Policy policy, AdmissionRequest asking, Reason reason, Label sentence, String... add) {
    Object[] values =
        Stream.concat(Stream.of(contact(policy, asking)), Stream.of(add)).toArray(Object[]::new);
    return Optional.of(new Refused(reason, sentence.in(asking.language(), values)));
  }

  private static String contact(Policy policy, AdmissionRequest asking) {
    return policy.contact(asking.language());
  }
}
