package dev.reckon.sandbox.remote;

/** How often hosts did not begin one script, and when that is enough. For one thread. */
final class FailedAttempts {
  /** A script with which so many hosts were lost may be the reason. */
  private static final int MOST_LOST = 3;

  private final RemoteSettings settings;
  private int declined;
  private int lost;
  private int unreached;
  private long unreachedSince;

  FailedAttempts(RemoteSettings settings) {
    this.settings = settings;
  }

  /** Counts one more. Returns whether no further host is to be tried. */
  boolean enough(RemoteRun.Cause cause) {
    return switch (cause) {
      case DECLINED -> {
        unreached = 0;
        yield ++declined > settings.hosts().size();
      }
      case LOST -> {
        unreached = 0;
        yield ++lost >= MOST_LOST;
      }
      case UNREACHED -> {
        long now = System.nanoTime();
        if (unreached++ == 0) {
          unreachedSince = now;
        }
        // As long as a script waits while no host answers at all: each has been tried by then.
        yield unreached > settings.hosts().size()
            && now - unreachedSince >= settings.patience().toNanos();
      }
    };
  }
}
