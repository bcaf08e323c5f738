package dev.reckon.core.model;

import dev.reckon.core.loop.WaitListener;

/**
 * A chat model behind some server. Safe for use by any number of threads; a call blocks, and
 * interrupting its thread ends it.
 */
public interface LanguageModel {
  /**
   * Asks once; time-outs, retries on 429 and 5xx, and the cap on concurrent calls are inside.
   *
   * @throws ModelException when no usable reply came; its message is for the person who asked
   * @throws InterruptedException when the calling thread was interrupted
   */
  ModelReply complete(ModelRequest request) throws ModelException, InterruptedException;

  /**
   * The same, reporting the time that the call waits for its turn or pauses between two tries.
   *
   * @param waits called on the calling thread
   */
  default ModelReply complete(ModelRequest request, WaitListener waits)
      throws ModelException, InterruptedException {
    return complete(request);
  }

  /** The name of the model that a call of that purpose goes to, for its price. */
  String modelFor(ModelRequest.Purpose purpose);
}
