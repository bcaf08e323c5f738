package dev.reckon.sandbox.wire;

/**
 * What a bot tells a worker host. Each connection carries one request at a time; the first message
 * is {@link Hello}.
 */
public sealed interface ToHost {
  /** The pools of a host. */
  enum Service {
    /** Runs scripts, on whichever engine each needs. */
    SCRIPTS,
    /** Reads attached files. */
    FILES
  }

  /**
   * Introduces the bot; answered by {@link FromHost.Welcome} or {@link FromHost.Refused}.
   *
   * @param protocol {@link HostCodec#PROTOCOL} of the sender
   * @param version of the sender's program
   * @param token the shared token, or empty
   */
  record Hello(int protocol, String version, String token) implements ToHost {
    @Override
    public String toString() {
      return "Hello[" + protocol + ", " + version + "]"; // no token in any log
    }
  }

  /**
   * From now on, this connection carries the pool's state: a {@link FromHost.Status} at least once
   * a second, and one {@link FromHost.Described} when the environment is known.
   */
  record Watch(Service service) implements ToHost {}

  /**
   * Queue this script; answered by {@link FromHost.Taken}, parts of the result, and {@link
   * FromHost.Ended}, or by {@link FromHost.Declined}.
   *
   * @param tenant whose scripts may share a worker, by the host's reuse policy
   * @param queue who waits in line
   */
  record Submit(Service service, String tenant, String queue, ToWorker.Run run) implements ToHost {}

  /** Parse this; answered by {@link FromHost.Inspected} or {@link FromHost.Declined}. */
  record Inspect(Service service, ToWorker.Inspect source) implements ToHost {}

  /** End the script in progress; it is still answered by {@link FromHost.Ended}. */
  record Cancel(long id) implements ToHost {}
}
