package dev.reckon.files.table;

import java.util.BitSet;

/**
 * Counts different values in constant space, by linear counting (Whang and others, "A Linear-Time
 * Probabilistic Counting Algorithm", 1990): each value sets one of 512 bits by its hash. Within a
 * few percent up to about 500 values; {@link #MOST} stands for that many and more. Not thread-safe.
 */
final class DistinctCount {
  static final int MOST = 1_000;

  private static final int BITS = 512;

  private final BitSet seen = new BitSet(BITS);

  void see(String value) {
    seen.set(mixed(value.hashCode()) & (BITS - 1));
  }

  /** The last step of MurmurHash3: hashes of short texts differ in few bits. */
  private static int mixed(int hash) {
    int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  int estimate() {
    int unset = BITS - seen.cardinality();
    return unset == 0
        ? MOST
        : (int) Math.min(MOST, Math.round(-BITS * Math.log((double) unset / BITS)));
  }
}
