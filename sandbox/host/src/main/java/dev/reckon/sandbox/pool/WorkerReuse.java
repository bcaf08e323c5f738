package dev.reckon.sandbox.pool;

/** Whose scripts may run in one worker's process, one after another, each in its own context. */
public enum WorkerReuse {
  /** Anyone's. */
  ANY,
  /** Those of one tenant. */
  TEAM,
  /** Nobody's: a worker runs one script and goes. */
  NEVER
}
