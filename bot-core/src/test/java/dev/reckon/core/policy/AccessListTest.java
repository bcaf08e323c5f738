package dev.reckon.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Decision.Reason;
import dev.reckon.core.policy.Decision.Refused;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessListTest {
  private static final Policy OPEN = Policy.STANDARD;

  @Test
  void membersMayByDefault() {
    assertEquals(Optional.empty(), check(OPEN, Asker.ADA.asks("d1")));
  }

  @Test
  void guestsMayNotUntilAllowedOrNamed() {
    Asker guest = new Asker("GUEST", Role.GUEST);
    assertEquals(
        "Guests may not use Reckon here; ask an administrator of Reckon to allow you.",
        sentence(OPEN, guest.asks("d1"), Reason.GUEST));
    assertEquals(Optional.empty(), check(OPEN.with(PolicyKey.GUESTS, "on"), guest.asks("d1")));
    assertEquals(
        Optional.empty(), check(OPEN.with(PolicyKey.PEOPLE, guest.id()), guest.asks("d1")));
  }

  @Test
  void peopleOfOtherOrganisationsMayNotUntilAllowed() {
    Asker external = new Asker("EXT", Role.EXTERNAL);
    assertEquals(
        "People of other organisations may not use Reckon here; ask Grace (#data) to allow you.",
        sentence(
            OPEN.with(PolicyKey.CONTACT, "Grace (#data)"), external.asks("d1"), Reason.EXTERNAL));
    assertEquals(
        Optional.empty(), check(OPEN.with(PolicyKey.EXTERNALS, "true"), external.asks("d1")));
  }

  @Test
  void allowingGuestsDoesNotAllowOtherOrganisations() {
    Policy guests = OPEN.with(PolicyKey.GUESTS, "on");
    assertEquals(
        Reason.EXTERNAL,
        check(guests, new Asker("EXT", Role.EXTERNAL).asks("d1")).orElseThrow().reason());
  }

  @Test
  void workspacesThatAreNotListedAreNamedInTheRefusal() {
    assertEquals(
        "Reckon is not enabled here; ask an administrator of Reckon to add slack/T1.",
        sentence(OPEN.with(PolicyKey.TEAMS, "slack/T9"), Asker.ADA.asks("d1"), Reason.NOT_LISTED));
  }

  @Test
  void channelsThatAreNotListedAreNamedInTheRefusalAndPrivateChatsAreApart() {
    Policy finance = OPEN.with(PolicyKey.CHANNELS, "slack/C2, C3");
    assertEquals(
        "Reckon is not enabled in this channel; ask an administrator of Reckon to add C1.",
        sentence(finance, Asker.ADA.asks("d1"), Reason.NOT_LISTED));
    assertEquals(
        Optional.empty(),
        check(finance, Asker.ADA.asks("d1", AdmissionRequest.Kind.REQUEST, "C2", false)));
    assertEquals(
        Optional.empty(),
        check(finance, Asker.ADA.asks("d1", AdmissionRequest.Kind.REQUEST, "C3", false)));
    assertEquals(
        Optional.empty(),
        check(finance, Asker.ADA.asks("d1", AdmissionRequest.Kind.REQUEST, "D7", true)));
    assertEquals(
        "Reckon may not be used in private chats: ask in a channel, or ask an administrator of"
            + " Reckon to allow it.",
        sentence(
            finance.with(PolicyKey.PRIVATE_CHATS, "off"),
            Asker.ADA.asks("d1", AdmissionRequest.Kind.REQUEST, "D7", true),
            Reason.NOT_LISTED));
  }

  @Test
  void peopleWhoAreNotListedAreNamedInTheRefusal() {
    Policy bobOnly = OPEN.with(PolicyKey.PEOPLE, Asker.BOB.id());
    assertEquals(
        "Only listed people may use Reckon; ask an administrator of Reckon to add slack/T1/ADA.",
        sentence(bobOnly, Asker.ADA.asks("d1"), Reason.NOT_LISTED));
    assertEquals(Optional.empty(), check(bobOnly, Asker.BOB.asks("d1")));
  }

  @Test
  void strangersOnASurfaceOpenToTheWorldMayNotUntilListed() {
    assertEquals(
        "Reckon answers only listed chats and people; ask an administrator of Reckon to add"
            + " telegram/77.",
        sentence(OPEN, Asker.stranger("d1"), Reason.NOT_LISTED));
    assertEquals(
        Optional.empty(), check(OPEN.with(PolicyKey.TEAMS, "telegram/77"), Asker.stranger("d1")));
    assertEquals(
        Optional.empty(), check(OPEN.with(PolicyKey.LISTED_ONLY, ""), Asker.stranger("d1")));
  }

  @Test
  void savedOnlyPeopleRunSavedComputationsAndUseWords() {
    Policy policy = OPEN.with(PolicyKey.SAVED_ONLY, Asker.ADA.id());
    assertEquals(
        "You may run the team's saved computations (\"list\" shows them) and nothing else; ask an"
            + " administrator of Reckon for more.",
        sentence(policy, Asker.ADA.asks("d1"), Reason.SAVED_ONLY));
    assertEquals(
        Reason.SAVED_ONLY,
        check(policy, Asker.ADA.asks("d1", AdmissionRequest.Kind.RUN)).orElseThrow().reason());
    assertEquals(
        Optional.empty(), check(policy, Asker.ADA.asks("d1", AdmissionRequest.Kind.SAVED)));
    assertEquals(Optional.empty(), check(policy, Asker.ADA.asks("d1", AdmissionRequest.Kind.WORD)));
  }

  @Test
  void blockedPeopleMayNotEvenWhenListed() {
    Policy policy =
        OPEN.with(PolicyKey.PEOPLE, Asker.ADA.id()).with(PolicyKey.BLOCKED, Asker.ADA.id());
    assertEquals(
        "You may not use Reckon; ask an administrator of Reckon for the reason.",
        sentence(policy, Asker.ADA.asks("d1", AdmissionRequest.Kind.WORD), Reason.BLOCKED));
  }

  @Test
  void administratorsCannotShutThemselvesOut() {
    Policy policy =
        OPEN.with(PolicyKey.ADMINISTRATORS, Asker.ADA.id())
            .with(PolicyKey.TEAMS, "slack/T9")
            .with(PolicyKey.BLOCKED, Asker.ADA.id());
    assertEquals(Optional.empty(), check(policy, Asker.ADA.asks("d1")));
  }

  @Test
  void whoMustBeListedInChatsMustBeListedInTheBrowser() {
    Policy policy = OPEN.with(PolicyKey.LISTED_ONLY, "telegram");
    AdmissionRequest asking =
        new AdmissionRequest(
            "d1",
            new ConversationId("web/1"),
            new Team("telegram/7", ""),
            new Person("telegram/7", "Eve", Role.MEMBER),
            new Address("web", "1", "1", true),
            AdmissionRequest.Kind.REQUEST);
    assertEquals(Reason.NOT_LISTED, check(policy, asking).orElseThrow().reason());
    assertEquals(Optional.empty(), check(policy.with(PolicyKey.PEOPLE, "telegram/7"), asking));
    assertEquals(Optional.empty(), check(policy, Asker.ADA.asks("d1")), "others are not meant");
  }

  private static Optional<Refused> check(Policy policy, AdmissionRequest asking) {
    return AccessList.check(policy, asking);
  }

  private static String sentence(Policy policy, AdmissionRequest asking, Reason reason) {
    Refused refused = check(policy, asking).orElseThrow();
    assertEquals(reason, refused.reason());
    return refused.sentence();
  }
}
