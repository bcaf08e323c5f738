package dev.reckon.core.policy;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;

/** Someone of a Slack workspace, asking in a channel unless a test says otherwise. */
record Asker(String name, Person.Role role) {
  static final Asker ADA = new Asker("ADA", Person.Role.MEMBER);
  static final Asker BOB = new Asker("BOB", Person.Role.MEMBER);

  String id() {
    return "slack/T1/" + name;
  }

  AdmissionRequest asks(String delivery) {
    return asks(delivery, AdmissionRequest.Kind.REQUEST, "C1", false);
  }

  AdmissionRequest asks(String delivery, AdmissionRequest.Kind kind) {
    return asks(delivery, kind, "C1", false);
  }

  AdmissionRequest asks(
      String delivery, AdmissionRequest.Kind kind, String channel, boolean direct) {
    return new AdmissionRequest(
        delivery,
        new ConversationId("slack/T1/" + channel + "/" + delivery),
        new Team("slack/T1", "Acme"),
        new Person(id(), name, role),
        new Address("slack", channel + "/" + delivery, channel, direct),
        kind);
  }

  /** A stranger's private chat: person and team are the same. */
  static AdmissionRequest stranger(String delivery) {
    return new AdmissionRequest(
        delivery,
        new ConversationId("telegram/77"),
        new Team("telegram/77", ""),
        new Person("telegram/77", "Eve", Person.Role.MEMBER),
        new Address("telegram", "77", "77", true),
        AdmissionRequest.Kind.REQUEST);
  }
}
