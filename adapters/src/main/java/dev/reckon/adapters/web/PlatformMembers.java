package dev.reckon.adapters.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Readership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    for (Address address : turns.addresses(turn.id())) {
      Optional<Readership> platform = platform(address.surface());
      if (platform.isPresent()
          && !address.direct()
          && isOf(person, platform.get())
          && platform.get().postedForAll(address, turns.posted(address.surface(), turn.id()))) {
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
    Place place = new Place(at.surface(), at.channel(), person);
    Boolean known = members.getIfPresent(place);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      boolean reads = platform.reads(at, person);
      members.put(place, reads);
      return Optional.of(reads);
    } catch (DeliveryException e) {
      LOG.info("Whether somebody is a member could not be checked: {}", e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
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
