package dev.reckon.core.policy;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Person;
import dev.reckon.core.policy.Decision.Reason;
import dev.reckon.core.policy.Decision.Refused;
import java.util.Optional;

/** Who may, where: pure rules. Every list that is not empty must name the asking. */
final class AccessList {
  private AccessList() {}

  static Optional<Refused> check(Policy policy, AdmissionRequest asking) {
    Person person = asking.person();
    String ask = "; ask " + policy.contact();
    if (person.role() == Person.Role.FORMER) {
      return refuse(
          Reason.LEFT, person.name() + " is no longer a member" + ask + " who takes this over.");
    }
    if (policy.lists(PolicyKey.ADMINISTRATORS, person.id())) {
      return Optional.empty();
    }
    if (policy.lists(PolicyKey.BLOCKED, person.id())) {
      return refuse(Reason.BLOCKED, "You may not use Reckon" + ask + " for the reason.");
    }
    boolean named = policy.lists(PolicyKey.PEOPLE, person.id());
    if (person.role() == Person.Role.GUEST && !policy.flag(PolicyKey.GUESTS) && !named) {
      return refuse(Reason.GUEST, "Guests may not use Reckon here" + ask + " to allow you.");
    }
    if (person.role() == Person.Role.EXTERNAL && !policy.flag(PolicyKey.EXTERNALS) && !named) {
      return refuse(
          Reason.EXTERNAL,
          "People of other organisations may not use Reckon here" + ask + " to allow you.");
    }
    return place(policy, asking, named, ask).or(() -> savedOnly(policy, asking, ask));
  }

  private static Optional<Refused> place(
      Policy policy, AdmissionRequest asking, boolean named, String ask) {
    String team = asking.team().id();
    Address address = asking.address();
    if (!policy.names(PolicyKey.TEAMS).isEmpty() && !policy.lists(PolicyKey.TEAMS, team)) {
      return refuse(
          Reason.NOT_LISTED, "Reckon is not enabled here" + ask + " to add " + team + ".");
    }
    if (!policy.names(PolicyKey.PEOPLE).isEmpty() && !named) {
      return refuse(
          Reason.NOT_LISTED,
          "Only listed people may use Reckon" + ask + " to add " + asking.person().id() + ".");
    }
    // Whoever comes from such a surface is no better known on a page in the browser.
    boolean open =
        policy.lists(PolicyKey.LISTED_ONLY, address.surface())
            || policy.lists(PolicyKey.LISTED_ONLY, platform(asking.person()));
    if (open && !named && !policy.lists(PolicyKey.TEAMS, team)) {
      return refuse(
          Reason.NOT_LISTED,
          "Reckon answers only listed chats and people"
              + ask
              + " to add "
              + (team.equals(asking.person().id()) ? team : team + " or " + asking.person().id())
              + ".");
    }
    if (address.direct()) {
      return policy.flag(PolicyKey.PRIVATE_CHATS)
          ? Optional.empty()
          : refuse(
              Reason.NOT_LISTED,
              "Reckon may not be used in private chats: ask in a channel, or"
                  + ask.substring(1)
                  + " to allow it.");
    }
    return policy.names(PolicyKey.CHANNELS).isEmpty() || channelListed(policy, address)
        ? Optional.empty()
        : refuse(
            Reason.NOT_LISTED,
            "Reckon is not enabled in this channel" + ask + " to add " + address.channel() + ".");
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

  private static Optional<Refused> savedOnly(Policy policy, AdmissionRequest asking, String ask) {
    boolean harmless =
        asking.kind() == AdmissionRequest.Kind.SAVED || asking.kind() == AdmissionRequest.Kind.WORD;
    return harmless || !policy.lists(PolicyKey.SAVED_ONLY, asking.person().id())
        ? Optional.empty()
        : refuse(
            Reason.SAVED_ONLY,
            "You may run the team's saved computations (\"list\" shows them) and nothing else"
                + ask
                + " for more.");
  }

  private static Optional<Refused> refuse(Reason reason, String sentence) {
    return Optional.of(new Refused(reason, sentence));
  }
}
