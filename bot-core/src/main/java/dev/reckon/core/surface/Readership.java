package dev.reckon.core.surface;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import java.util.List;
import java.util.Set;

/**
 * Tells who reads what on a platform, for whoever shows an answer outside it. The methods that
 * throw ask the platform, so callers keep what it said for some minutes. Implementations are safe
 * for use by any number of threads.
 */
public interface Readership {
  /** The name that {@link Address#surface()} carries. */
  String surface();

  /**
   * Which of these people read what is posted at that address now, because they are members there.
   *
   * @param people ids; those of other platforms read nothing here
   * @throws DeliveryException when the platform does not tell; then nobody may be taken for a
   *     reader
   */
  Set<String> readers(Address at, Set<String> people)
      throws DeliveryException, InterruptedException;

  /** The same for one person. */
  default boolean reads(Address at, String person) throws DeliveryException, InterruptedException {
    return readers(at, Set.of(person)).contains(person);
  }

  /**
   * Whether the answer to what came from or went to that address was posted for its readers, and
   * not shown to the asker alone. Asks nobody.
   *
   * @param posted the messages that the platform took of that answer
   */
  boolean postedForAll(Address at, List<MessageRef> posted);

  /**
   * The person with the name and role that the platform knows now.
   *
   * @throws DeliveryException when the platform does not tell
   */
  Person known(Person person) throws DeliveryException, InterruptedException;
}
