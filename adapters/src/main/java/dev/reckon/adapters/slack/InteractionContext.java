package dev.reckon.adapters.slack;

import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the handlers of commands, buttons, forms and shortcuts share: taking something in before it
 * is acknowledged, and asking Slack for something after.
 *
 * @param later runs what asks Slack, so that no acknowledgement waits for it
 */
record InteractionContext(SlackIds identities, Inbox inbox, SlackApi api, Executor later) {
  private static final Logger LOG = LoggerFactory.getLogger(InteractionContext.class);

  static final String NOT_STORED =
      "Reckon could not store this, and nothing was started. Try again in a moment.";

  static final String NO_SUCH_ANSWER = "That answer no longer exists: its record was deleted.";

  /**
   * Whether a button is one of this workspace's. In a shared channel people of other workspaces see
   * it, too, and what a client sends need not be what it was shown.
   */
  boolean belongs(Action action, String conversation) {
    return identities.isOurs(new ConversationId(conversation))
        && identities.queries().belongs(action, identities.workspace().team());
  }

  /**
   * Why the policy keeps a person from using Reckon in their direct messages, in words for them.
   */
  Optional<String> shutOut(Person person, String direct) {
    SlackTarget there = SlackTarget.in(direct, "", SlackTarget.user(person.id()), "");
    return identities.queries().shutOut(person, identities.workspace().team(), there.address());
  }

  /** Takes in what a person did. */
  void receive(
      String delivery,
      ConversationId conversation,
      Person person,
      Address address,
      Content content,
      List<Attachment> attachments) {
    inbox.receive(
        new Incoming(
            delivery,
            conversation,
            identities.workspace().team(),
            person,
            address,
            content,
            attachments,
            Instant.now()));
  }

  /** Runs a call that asks Slack, after the acknowledgement; where it fails, tells the person. */
  void afterwards(String what, SlackTarget place, SlackTask task) {
    later.execute(
        () -> {
          try {
            task.run();
          } catch (SlackFailure e) {
            LOG.warn("{} failed: {}", what, e.getMessage());
            String words =
                e.code().equals("expired_trigger_id") || e.code().equals("exchanged_trigger_id")
                    ? "Slack did not wait until the form was ready. Try again."
                    : "The form could not be opened. Try again in a moment.";
            whisper(place, words);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            LOG.error("{} failed", what, e);
          }
        });
  }

  /** The same for what nobody waits for: a failure is logged. */
  void quietly(String what, SlackTask task) {
    later.execute(
        () -> {
          try {
            task.run();
          } catch (SlackFailure e) {
            LOG.info("{} failed: {}", what, e.getMessage());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            LOG.error("{} failed", what, e);
          }
        });
  }

  /** Tells the asker something in private, after the acknowledgement. */
  void tell(SlackTarget place, String words) {
    afterwards("a private message", place, () -> whisper(place, words));
  }

  /** Tells the asker something in private; what cannot be told is logged. */
  private void whisper(SlackTarget place, String words) {
    BlockMessage message =
        ReplyRenderer.render(
                new Reply(0, Reply.Kind.REFUSED, words, List.of(), List.of()),
                place.withRequest(""),
                Optional.empty())
            .message();
    try {
      if (place.responseUrl().isEmpty()) {
        api.ephemeral(place, place.user(), message);
      } else {
        api.respond(place.responseUrl(), message, false);
      }
    } catch (SlackFailure e) {
      LOG.info("a private message could not be delivered: {}", e.getMessage());
    }
  }

  /** A call that asks Slack. */
  @FunctionalInterface
  interface SlackTask {
    void run() throws SlackFailure, InterruptedException;
  }
}
