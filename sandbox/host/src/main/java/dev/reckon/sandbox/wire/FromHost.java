package dev.reckon.sandbox.wire;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.PoolStatus;

/** What a worker host tells a bot. */
public sealed interface FromHost {
  /**
   * The bot may go on.
   *
   * @param version of the host's program
   */
  record Welcome(String version) implements FromHost {}

  /**
   * The bot may not go on; the connection is closed.
   *
   * @param reason in words, for the bot's operator
   */
  record Refused(String reason) implements FromHost {}

  /**
   * A pool at this moment.
   *
   * @param closing whether the host is about to end and takes nothing more
   */
  record Status(PoolStatus pool, boolean closing) implements FromHost {}

  /** What scripts find there. */
  record Described(Environment environment) implements FromHost {}

  /** A worker has taken the script. */
  record Taken(long id) implements FromHost {}

  /**
   * The request was not carried out, and no worker has begun it; another host may.
   *
   * @param reason in words, for the log
   */
  record Declined(long id, String reason) implements FromHost {}

  /** Part of a result, in the words of a worker: output, a file, a name, a chart. */
  record Part(FromWorker part) implements FromHost {}

  /**
   * The script is over.
   *
   * @param engine what ran it; empty when it never ran
   * @param memoryBytes how much it might hold; 0 where that was not its end
   */
  record Ended(FromWorker.Finished last, String engine, long memoryBytes) implements FromHost {}

  /** The answer to {@link ToHost.Inspect}. */
  record Inspected(FromWorker.Inspected answer) implements FromHost {}
}
