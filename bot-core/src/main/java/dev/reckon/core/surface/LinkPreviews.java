package dev.reckon.core.surface;

import dev.reckon.core.message.Reply;
import java.util.Optional;
import java.util.Set;

/**
 * What a chat shows below a link to one of Reckon's pages. Implementations are safe for use by any
 * number of threads.
 */
@FunctionalInterface
public interface LinkPreviews {
  /** Previews nothing. */
  LinkPreviews NONE = (link, place) -> Optional.empty();

  /**
   * The preview of a link, if it leads to a computation that everybody who sees the link may see.
   * What cannot be checked has none.
   *
   * @param link as somebody posted it: hostile
   * @param place where it was posted; may be asked whatever the link is
   */
  Optional<Preview> find(String link, Place place) throws InterruptedException;

  /**
   * What is shown of a computation. Its texts may be hostile.
   *
   * @param request what was asked
   * @param answer the answer in one line, or empty
   * @param kind how it ended
   * @param status the same in a few words of Reckon's own
   */
  record Preview(String request, String answer, Reply.Kind kind, String status) {}

  /** Where a link was posted. */
  interface Place {
    /** The name that the platform's addresses carry. */
    String surface();

    /** The channel's id; empty while nobody knows where the link will be posted. */
    String channel();

    /**
     * The ids of all people who can read what is posted there.
     *
     * @throws DeliveryException when that cannot be told, or when people who are no members can
     *     read it, too
     */
    Set<String> readers() throws DeliveryException, InterruptedException;
  }
}
