package dev.reckon.core.loop;

/**
 * Hears when work has to wait for something that is busy, and when it continues. Time that is spent
 * waiting does not count as time worked. Safe for use by any number of threads.
 */
public interface WaitListener {
  /** The position of one who waits in a line that does not tell it. */
  int UNKNOWN = -1;

  /** Ignores what it hears. */
  WaitListener NONE =
      new WaitListener() {
        @Override
        public void waiting(String what, int ahead) {}

        @Override
        public void working() {}
      };

  /**
   * From now on the work waits.
   *
   * @param what it waits for, such as "the model" or "the database shop"
   * @param ahead how many wait before it, or {@link #UNKNOWN}
   */
  void waiting(String what, int ahead);

  /** The work continues; does nothing when it was not waiting. */
  void working();
}
