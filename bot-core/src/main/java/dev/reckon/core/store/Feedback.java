package dev.reckon.core.store;

import java.util.List;

/** What people think of answers. */
public interface Feedback {
  /** One person's word on one answer. */
  record Opinion(long turn, String person, boolean good, String word) {}

  /** Keeps it in place of what the same person said before of the same answer. */
  void put(Opinion opinion);

  List<Opinion> of(long turn);
}
