package dev.reckon.core.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Plays replies that were written beforehand, in order: for the demonstration, and for tests. It
 * fails loudly when it runs dry. Safe for use by any number of threads.
 */
public final class ScriptedModel implements LanguageModel {
  /** The name that it goes by, in usage records and prices. */
  public static final String NAME = "scripted";

  private final Deque<String> replies;
  private final List<ModelRequest> asked = new ArrayList<>();

  public ScriptedModel(List<String> replies) {
    this.replies = new ArrayDeque<>(replies);
  }

  /** A model that gives these replies. */
  public static ScriptedModel of(String... replies) {
    return new ScriptedModel(List.of(replies));
  }

  /**
   * The next reply; its tokens are not reported.
   *
   * @throws IllegalStateException if there are no replies left
   */
  @Override
  public synchronized ModelReply complete(ModelRequest request) {
    asked.add(request);
    String reply = replies.poll();
    if (reply == null) {
      throw new IllegalStateException(
          "the scripted model has no reply left for call " + asked.size() + ": " + request);
    }
    return new ModelReply(reply, NAME, null);
  }

  @Override
  public String modelFor(ModelRequest.Purpose purpose) {
    return NAME;
  }

  /** What it was asked so far, in order. */
  public synchronized List<ModelRequest> asked() {
    return List.copyOf(asked);
  }

  /** How many replies are left. */
  public synchronized int left() {
    return replies.size();
  }
}
