package dev.reckon.adapters.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.surface.Readership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may read an answer: whoever asked, and the members of the channel or group where it was asked
 * or posted. The platforms are asked, and believed for some minutes. Safe for use by any number of
 * threads.
 */
final class PlatformMembers {
  private static final Logger LOG = LoggerFactory.getLogger(PlatformMembers.class);
  private static final int MOST = 50_000;

  private final Turns turns;
  private final List<Readership> platforms;
  private final Cache<Place, Boolean> members;
  private final Cache<String, Person> people;

  /** A person in a channel of a platform. */
  private record Place(String surface, String channel, String person) {}

  PlatformMembers(Turns turns, List<Readership> platforms, Duration believed) {
    this.turns = turns;
    this.platforms = List.copyOf(platforms);
    this.members = Caffeine.newBuilder().expireAfterWrite(believed).maximumSize(MOST).build();
    this.people = Caffeine.newBuilder().expireAfterWrite(believed).maximumSize(MOST).build();
  }

  /**
   * Whether that person could read the answer where it was asked or posted.
   *
   * @throws RefusedRequest when a platform does not tell: what cannot be checked is refused
   */
  boolean mayRead(Person person, TurnRecord turn) {
    if (turn.person().equals(person.id())) {
      return true;
    }
    List<Readership> unknown = new ArrayList<>();
    for (Address address : postedForAll(turn)) {
      Optional<Readership> platform = platform(address.surface()).filter(one -> isOf(person, one));
      if (platform.isPresent()) {
        Optional<Boolean> member = member(platform.get(), address, person.id());
        if (member.orElse(false)) {
          return true;
        }
        if (member.isEmpty()) {
          unknown.add(platform.get());
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw untold(unknown.getFirst());
    }
    return false;
  }

  /**
   * Whether everybody who reads a place could read the answer where it was asked or posted. An
   * answer that was posted in that place is read there anyway.
   *
   * @throws DeliveryException when a platform does not tell
   */
  boolean mayAllRead(LinkPreviews.Place place, TurnRecord turn)
      throws DeliveryException, InterruptedException {
    List<Address> posted = postedForAll(turn);
    if (posted.stream().anyMatch(address -> isAt(place, address))) {
      return true;
    }
    Set<String> others = new HashSet<>(place.readers());
    boolean read = !others.isEmpty();
    others.remove(turn.person());
    for (Address address : posted) {
      Optional<Readership> platform = platform(address.surface());
      if (platform.isPresent() && !others.isEmpty()) {
        others.removeAll(members(platform.get(), address, others));
      }
    }
    return read && others.isEmpty();
  }

  private static boolean isAt(LinkPreviews.Place place, Address address) {
    return address.surface().equals(place.surface()) && address.channel().equals(place.channel());
  }

  /** The channels where the answer was posted for all who read there. */
  private List<Address> postedForAll(TurnRecord turn) {
    return turns.addresses(turn.id()).stream()
        .filter(address -> !address.direct())
        .filter(
            address ->
                platform(address.surface())
                    .filter(
                        one ->
                            one.postedForAll(address, turns.posted(address.surface(), turn.id())))
                    .isPresent())
        .toList();
  }

  /**
   * Whether that person is where the turn was asked: in a chat of their own, or in a channel that
   * they are a member of now. Having asked is not enough.
   *
   * @throws RefusedRequest when the platform does not tell
   */
  boolean isThere(Person person, TurnRecord turn) {
    // The first is where the request came from; replies may have gone elsewhere.
    Optional<Address> asked = turns.addresses(turn.id()).stream().findFirst();
    if (asked.isEmpty() || asked.get().direct()) {
      return asked.isPresent() && turn.person().equals(person.id());
    }
    Optional<Readership> platform =
        platform(asked.get().surface()).filter(one -> isOf(person, one));
    return platform.isPresent()
        && member(platform.get(), asked.get(), person.id())
            .orElseThrow(() -> untold(platform.get()));
  }

  private static RefusedRequest untold(Readership platform) {
    return new RefusedRequest(
        503,
        "Only members of the channel may see this, and %s cannot tell at the moment whether you are one. Try again in a minute."
            .formatted(title(platform.surface())));
  }

  private Optional<Readership> platform(String surface) {
    return platforms.stream().filter(one -> one.surface().equals(surface)).findFirst();
  }

  private static boolean isOf(Person person, Readership platform) {
    return person.id().startsWith(platform.surface() + "/");
  }

  private Optional<Boolean> member(Readership platform, Address at, String person) {
    try {
      return Optional.of(members(platform, at, Set.of(person)).contains(person));
    } catch (DeliveryException e) {
      LOG.info("Whether somebody is a member could not be checked: {}", e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Which of those people are members there, as the platform says or said lately. */
  private Set<String> members(Readership platform, Address at, Set<String> people)
      throws DeliveryException, InterruptedException {
    Set<String> found = new HashSet<>();
    Set<String> unknown = new HashSet<>();
    for (String person : people) {
      Boolean known = members.getIfPresent(new Place(at.surface(), at.channel(), person));
      if (known == null) {
        unknown.add(person);
      } else if (known) {
        found.add(person);
      }
    }
    if (!unknown.isEmpty()) {
      Set<String> readers = platform.readers(at, unknown);
      for (String person : unknown) {
        members.put(new Place(at.surface(), at.channel(), person), readers.contains(person));
      }
      found.addAll(readers);
    }
    return found;
  }

  /**
   * The person with the role that their platform knows now.
   *
   * @throws RefusedRequest when the platform does not tell
   */
  Person known(Person person) {
    Optional<Readership> platform = platforms.stream().filter(one -> isOf(person, one)).findFirst();
    if (platform.isEmpty()) {
      return person;
    }
    Person cached = people.getIfPresent(person.id());
    if (cached != null) {
      return cached;
    }
    try {
      Person now = platform.get().known(person);
      people.put(person.id(), now);
      return now;
    } catch (DeliveryException e) {
      LOG.info("A person's account could not be checked: {}", e.getMessage());
      throw unknown(platform.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(platform.get());
    }
  }

  private static RefusedRequest unknown(Readership platform) {
    return new RefusedRequest(
        503,
        "%s cannot tell at the moment whether you are still a member. Try again in a minute."
            .formatted(title(platform.surface())));
  }

  private static String title(String surface) {
    return Character.toUpperCase(surface.charAt(0)) + surface.substring(1);
  }
}
