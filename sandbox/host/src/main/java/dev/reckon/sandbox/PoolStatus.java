package dev.reckon.sandbox;

/**
 * The pool at one moment.
 *
 * @param workers how many it aims to keep
 * @param ready idle workers with a context waiting
 * @param busy workers that run or read a script
 * @param starting workers that warm up, or make their next context ready
 * @param queued scripts that wait for a worker
 * @param runs since the pool was opened
 * @param killed workers ended by force since then
 * @param recycled workers replaced in good order since then
 */
public record PoolStatus(
    int workers,
    int ready,
    int busy,
    int starting,
    int queued,
    long runs,
    long killed,
    long recycled) {
  /** Whether it can run scripts: a worker is ready, or at work. */
  public boolean serves() {
    return ready + busy > 0;
  }
}
