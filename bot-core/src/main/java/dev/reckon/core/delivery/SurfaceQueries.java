package dev.reckon.core.delivery;

import dev.reckon.core.form.Form;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.turn.TurnStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Questions that a surface asks while a person waits: whether a message is meant for Reckon, and
 * what a form shows before it is sent. Changes nothing, answers within milliseconds from what is
 * stored, and is safe for use by any number of threads.
 */
public interface SurfaceQueries {
  /**
   * How closely Reckon follows a conversation. A message that is not followed need not be received:
   * it stays unread and unstored.
   */
  Attention attention(ConversationId conversation);

  /**
   * The conversation in which a message was sent. A surface whose command starts a thread by the
   * message that answers it (the thread's id is that message's) finds its conversation again by
   * this.
   *
   * @param surface the {@code Surface.name()} that sent it
   * @param message as {@code Surface.post} first reported it to its receipts, whatever was added to
   *     the reference later
   */
  Optional<ConversationId> conversationOf(String surface, MessageRef message);

  /** What to show to a person who pressed a button that opens a form. */
  ButtonForm form(Action action, Person person);

  /**
   * Why that button is not that person's to press, in words for them; empty where it is. Goes by
   * the role that the person is said to have here.
   */
  Optional<String> refusal(Action action, Person person);

  /**
   * Whether what a button belongs to was asked in that team. A surface whose buttons can be forged
   * asks it before it takes a press.
   */
  boolean belongs(Action action, Team team);

  /** The files that came with a delivery, if it is there. */
  Optional<List<Attachment>> filesOf(String delivery);

  /**
   * Why the policy keeps that person from using Reckon there, in words for them; empty where it
   * does not. Goes by the role that the person is said to have here.
   */
  Optional<String> shutOut(Person person, Team team, Address there);

  /** What there is for a person who opens Reckon without asking anything yet. */
  Overview overview(Person person, Team team);

  /**
   * What was computed in a channel, for a person who reads it.
   *
   * @param channel the channel's id in its platform's addresses
   * @param conversations what the ids of the conversations there begin with
   * @param platform tells which answers were posted for all who read there; the others are left out
   */
  ChannelOverview channel(Team team, String channel, String conversations, Readership platform);

  /**
   * What was computed in a channel.
   *
   * @param requests what was asked there last in words, each once, the newest first
   * @param saved the names of the team's computations that were saved from answers there
   */
  record ChannelOverview(List<Overview.Asked> requests, Set<String> saved) {
    /** Nothing. */
    public static final ChannelOverview NONE = new ChannelOverview(List.of(), Set.of());

    public ChannelOverview {
      requests = List.copyOf(requests);
      saved = Set.copyOf(saved);
    }
  }

  /**
   * What a person may do next. Their own requests are for them alone.
   *
   * @param requests what they asked last in words, each once, the newest first
   * @param saved the team's saved computations, by name
   * @param left what they have left of their budgets, one sentence for each
   * @param settings their own settings
   */
  record Overview(
      List<Asked> requests,
      List<SavedComputation> saved,
      List<String> left,
      List<Setting> settings) {
    public Overview {
      requests = List.copyOf(requests);
      saved = List.copyOf(saved);
      left = List.copyOf(left);
      settings = List.copyOf(settings);
    }

    /** A request and what became of it. */
    public record Asked(String request, TurnStatus status, Instant at) {}

    /**
     * A setting.
     *
     * @param now its value, or {@code default}
     * @param choices the values it may have; none where any word will do
     */
    public record Setting(String name, String meaning, String now, List<String> choices) {
      public Setting {
        choices = List.copyOf(choices);
      }
    }
  }

  /** How closely a conversation is followed. */
  enum Attention {
    /** Nothing has been said to Reckon there. */
    UNKNOWN,
    /** Every message is for Reckon. */
    ALL,
    /** Only messages that name it are. */
    WHEN_MENTIONED,
    /** None is, but for those that name it: somebody may want to end the silence. */
    MUTED
  }

  /** The answer to the press of a button that opens a form. */
  sealed interface ButtonForm {
    /**
     * The form may be shown.
     *
     * @param form what it shows; the value of its first field is the input of the button's press
     */
    record Open(Form form) implements ButtonForm {}

    /**
     * There is no form to show.
     *
     * @param reason for the person who pressed: the answer is gone, or the button is not theirs
     */
    record Refused(String reason) implements ButtonForm {}
  }
}
