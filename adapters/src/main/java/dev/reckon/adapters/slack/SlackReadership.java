package dev.reckon.adapters.slack;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import dev.reckon.core.surface.Readership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Members of channels by {@code conversations.members}, which needs {@code channels:read}, {@code
 * groups:read} and {@code mpim:read}.
 *
 * @param workspaces the calls for a workspace by its id; none until Slack was reached, and where
 *     Reckon is not installed
 */
record SlackReadership(Function<String, Optional<SlackApi>> workspaces) implements Readership {
  /** Slack gives up to 1,000 members at a time. */
  private static final int MOST_PAGES = 50;

  @Override
  public String surface() {
    return SlackSurface.NAME;
  }

  @Override
  public Set<String> readers(Address at, Set<String> people) throws DeliveryException {
    SlackTarget place = SlackTarget.of(at);
    Optional<SlackApi> api = workspaces.apply(place.team());
    Map<String, String> users = new HashMap<>();
    for (String person : people) {
      if (SlackTarget.team(person).equals(place.team())) {
        users.put(SlackTarget.user(person), person);
      }
    }
    if (api.isEmpty() || at.direct() || users.isEmpty()) {
      return Set.of();
    }
    Set<String> members =
        members(api.get(), place.channel(), found -> found.containsAll(users.keySet()));
    users.keySet().retainAll(members);
    return Set.copyOf(users.values());
  }

  /**
   * The ids of a channel's members.
   *
   * @param enough whether those found so far will do
   * @throws DeliveryException when Slack does not tell, or there are too many
   */
  static Set<String> members(SlackApi api, String channel, Predicate<Set<String>> enough)
      throws DeliveryException {
    Set<String> found = new HashSet<>();
    String cursor = "";
    try {
      for (int page = 0; page < MOST_PAGES; page++) {
        SlackApi.Members members = api.members(channel, cursor);
        found.addAll(members.users());
        cursor = members.next();
        if (cursor.isEmpty() || enough.test(found)) {
          return found;
        }
      }
    } catch (SlackFailure e) {
      throw e.meaning();
    }
    throw new DeliveryException(Kind.REFUSED, "the channel has too many members to check");
  }

  /**
   * A command reaches Reckon also from channels where it is no member, and is then answered to the
   * asker alone. What came as an event of the channel was answered there.
   */
  @Override
  public boolean postedForAll(Address at, List<MessageRef> posted) {
    SlackTarget place = SlackTarget.of(at);
    return switch (place.audience()) {
      case DIRECT, ASKER -> false;
      case SHARED -> true;
      case CHANNEL ->
          place.responseUrl().isEmpty()
              || posted.stream()
                  .map(SentParts::of)
                  .anyMatch(sent -> sent.editable() && sent.channel().equals(place.channel()));
    };
  }

  @Override
  public Person known(Person person) throws DeliveryException {
    Optional<SlackApi> api = workspaces.apply(SlackTarget.team(person.id()));
    if (api.isEmpty()) {
      throw new DeliveryException(Kind.REFUSED, "that person is of another workspace");
    }
    try {
      return WorkspaceSurface.person(person, api.get().user(SlackTarget.user(person.id())));
    } catch (SlackFailure e) {
      throw e.meaning();
    }
  }
}
