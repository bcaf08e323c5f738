package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.DeliveryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows progress as Slack's own: a streamed message with a task for each step, which the answer
 * ends. Slack shows a stop button meanwhile. Where Slack does not take streams, the message sender
 * edits a message instead; a refusal is remembered, for the workspace or for the channel.
 *
 * <p>What is known of a stream is kept in memory only. A stream closes by itself after about five
 * minutes, by the stop button, or with its first answer; from then on its message is edited like
 * any other. Safe for use by any number of threads.
 */
final class ProgressStreams {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressStreams.class);

  /** Slack takes 256 characters in a task's title, details and output. */
  private static final int TASK_CHARACTERS = 250;

  /** The scope that comes with the agent view, and with it the stop button. */
  private static final String AGENT = "assistant:write";

  private static final Set<String> CLOSED =
      Set.of("message_not_in_streaming_state", "stopped_by_user", "streaming_mode_mismatch");

  /** These are about the app or the workspace; any other refusal is about the channel. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "unknown_method",
          "method_deprecated",
          "missing_scope",
          "not_allowed_token_type",
          "no_permission",
          "feature_not_enabled",
          "access_denied",
          "invalid_arguments");

  private final SlackApi api;
  private final InstantSource clock;
  private final Cache<String, Stream> known =
      Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(Duration.ofHours(12)).build();

  /** The conversations of threads in which something was streamed, by channel and root. */
  private final Cache<String, String> conversations =
      Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(Duration.ofHours(12)).build();

  private final Cache<String, String> refusing =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();
  private volatile String team = "";
  private volatile Instant pausedUntil = Instant.MIN;

  ProgressStreams(SlackApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * A stream as it was left.
   *
   * @param state whether it takes more
   * @param task the number of the task under way
   * @param title its title
   * @param failed why the attempt before it failed, or empty
   * @param shown the blocks that ended it, or empty
   */
  private record Stream(State state, int task, String title, String failed, String shown) {
    /** One of which nothing is known but that it takes no more. */
    static final Stream RELEASED = new Stream(State.RELEASED, 0, "", "", "");

    boolean open() {
      return state == State.OPEN;
    }

    Stream closed() {
      return new Stream(State.CLOSED, task, title, failed, "");
    }

    Stream endedWith(String blocks) {
      return new Stream(State.RELEASED, task, title, failed, blocks);
    }
  }

  private enum State {
    OPEN,
    /** Takes no more, while Slack may still show its thread as at work. */
    CLOSED,
    /** Takes no more, and its thread waits for people again. */
    RELEASED
  }

  /** The token is good for that workspace; without the agent view nothing is streamed. */
  void connected(SlackWorkspace workspace) {
    team = workspace.scopes().contains(AGENT) ? workspace.id() : "";
  }

  /** Whether progress there is streamed, as far as is known. */
  boolean mayStream(SlackTarget place) {
    boolean readers =
        switch (place.audience()) {
          case CHANNEL -> true;
          // In direct messages Slack takes a stream only as a reply.
          case DIRECT -> !place.thread().isEmpty();
          case ASKER, SHARED -> false;
        };
    return readers
        && !team.isEmpty()
        && !place.user().isEmpty()
        && refusing.getIfPresent(place.channel()) == null;
  }

  /**
   * Begins a stream.
   *
   * @return its message, or empty where progress has to be shown by a message that is edited
   * @throws SlackFailure when Slack cannot be reached
   */
  Optional<SentParts> start(SlackTarget place, Reply progress) throws SlackFailure {
    if (!mayStream(place) || clock.instant().isBefore(pausedUntil)) {
      return Optional.empty();
    }
    Stream first = new Stream(State.OPEN, 1, progress.headline(), failed(progress), "");
    ArrayNode chunks = chunks();
    if (!place.request().isEmpty()) {
      chunks.addObject().put("type", "blocks").putArray("blocks").add(ReplyRenderer.asked(place));
    }
    plan(chunks, first.title());
    task(chunks, 1, first.title(), "in_progress");
    try {
      SentParts sent = api.startStream(place, team, chunks.toString());
      known.put(key(sent), first);
      String root = place.thread().isEmpty() ? sent.ts() : place.thread();
      conversations.put(sent.channel() + "/" + root, place.conversation());
      return Optional.of(sent);
    } catch (SlackFailure e) {
      remember(place, e);
      return Optional.empty();
    }
  }

  private void remember(SlackTarget place, SlackFailure refusal) throws SlackFailure {
    DeliveryException.Kind kind = refusal.meaning().kind();
    if (kind == DeliveryException.Kind.TRANSIENT || SlackFailure.isOfToken(refusal.code())) {
      throw refusal;
    }
    if (kind == DeliveryException.Kind.RATE_LIMITED) {
      pausedUntil = clock.instant().plus(refusal.meaning().retryAfter());
    } else if (EVERYWHERE.contains(refusal.code())) {
      team = "";
      LOG.info("Slack streams no progress in this workspace ({})", refusal.code());
    } else {
      refusing.put(place.channel(), refusal.code());
      LOG.info("Slack streams no progress in {} ({})", place.channel(), refusal.code());
    }
  }

  /** The conversation of a thread in which this process has streamed something. */
  Optional<ConversationId> conversation(String channel, String root) {
    return Optional.ofNullable(conversations.getIfPresent(channel + "/" + root))
        .filter(id -> !id.isEmpty())
        .map(ConversationId::new);
  }

  /**
   * Shows more progress in a stream.
   *
   * @return whether the message shows it now; otherwise it is no open stream, and is to be edited
   */
  boolean show(SentParts sent, Reply progress) throws SlackFailure {
    Stream now = known.getIfPresent(key(sent));
    if (now == null || !now.open()) {
      return false;
    }
    String failed = failed(progress);
    boolean failedNow = !failed.isEmpty() && !failed.equals(now.failed());
    if (now.title().equals(progress.headline()) && !failedNow) {
      return true;
    }
    Stream next = new Stream(State.OPEN, now.task() + 1, progress.headline(), failed, "");
    ArrayNode chunks = chunks();
    ObjectNode done = task(chunks, now.task(), now.title(), failedNow ? "error" : "complete");
    if (failedNow) {
      done.put("output", Truncation.cut(BlockMessage.PARSED.text(failed), TASK_CHARACTERS));
    }
    plan(chunks, next.title());
    task(chunks, next.task(), next.title(), "in_progress");
    try {
      api.appendStream(sent, chunks.toString());
      known.put(key(sent), next);
      return true;
    } catch (SlackFailure e) {
      if (!CLOSED.contains(e.code())) {
        throw e;
      }
      LOG.info("a stream of progress was closed ({}); its message is edited", e.code());
      known.put(key(sent), now.closed());
      return false;
    }
  }

  /**
   * Ends a stream with a message. Ending it with the same message again changes nothing.
   *
   * @return whether the message is shown now; otherwise it is no open stream, and is to be edited
   * @throws SlackFailure also when Slack does not take the blocks; the stream is closed then
   */
  boolean end(SentParts sent, Reply reply, BlockMessage message) throws SlackFailure {
    Stream now = known.getIfPresent(key(sent));
    if (now == null) {
      return false;
    }
    if (!now.open()) {
      return !now.shown().isEmpty() && now.shown().equals(message.blocks());
    }
    if (message.layout().isEmpty()) {
      close(sent);
      return false;
    }
    ArrayNode chunks = chunks();
    boolean good =
        switch (reply.kind()) {
          case FAILED, MODEL_ERROR, CANCELLED, OVER_BUDGET, REFUSED -> false;
          default -> true;
        };
    task(chunks, now.task(), now.title(), good ? "complete" : "error");
    plan(chunks, Label.PROGRESS_DONE.in(reply.language()));
    try {
      api.stopStream(sent, chunks.toString(), message.blocks());
      known.put(key(sent), now.endedWith(message.blocks()));
      return true;
    } catch (SlackFailure e) {
      if (CLOSED.contains(e.code())) {
        known.put(key(sent), now.closed());
        return false;
      }
      if (e.meaning().kind() == DeliveryException.Kind.REFUSED) {
        close(sent);
      }
      throw e;
    }
  }

  /** Closes a stream without a final message, also one that an earlier process began. */
  void close(SentParts sent) throws SlackFailure {
    Stream now = known.getIfPresent(key(sent));
    try {
      api.stopStream(sent, "", "");
    } catch (SlackFailure e) {
      if (!CLOSED.contains(e.code())) {
        throw e;
      }
    }
    known.put(key(sent), now == null ? new Stream(State.CLOSED, 0, "", "", "") : now.closed());
  }

  /**
   * The answer stands in the message by an edit. A stream that Slack closed, by its stop button or
   * after its time, leaves its thread as at work: that is put right here, once.
   */
  void answered(SentParts sent, SlackTarget place) {
    Stream now = known.getIfPresent(key(sent));
    boolean leftByEarlierProcess =
        now == null && mayStream(place) && place.audience() == SlackTarget.Audience.DIRECT;
    boolean closed = now != null && now.state() != State.RELEASED;
    if (closed || leftByEarlierProcess) {
      known.put(key(sent), Stream.RELEASED);
      release(sent.channel(), place.thread().isEmpty() ? sent.ts() : place.thread());
    }
  }

  /** Slack shows the thread as waiting for people again, not as at work. */
  void release(String channel, String thread) {
    if (team.isEmpty()) {
      return;
    }
    try {
      api.sessionIsActive(channel, thread);
    } catch (SlackFailure e) {
      LOG.info("the state of a thread could not be set: {}", e.getMessage());
    }
  }

  private static String failed(Reply progress) {
    return progress.blocks().stream()
        .filter(Block.Footer.class::isInstance)
        .map(block -> ((Block.Footer) block).text())
        .findFirst()
        .orElse("");
  }

  private static ArrayNode chunks() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static void plan(ArrayNode chunks, String title) {
    chunks.addObject().put("type", "plan_update").put("title", title(title));
  }

  private static ObjectNode task(ArrayNode chunks, int number, String title, String status) {
    return chunks
        .addObject()
        .put("type", "task_update")
        .put("id", "step-" + number)
        .put("title", title(title))
        .put("status", status);
  }

  private static String title(String text) {
    return Truncation.cut(BlockMessage.PARSED.text(text), TASK_CHARACTERS);
  }

  private static String key(SentParts sent) {
    return sent.channel() + "/" + sent.ts();
  }
}
