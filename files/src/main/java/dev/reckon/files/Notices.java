package dev.reckon.files;

import java.util.ArrayList;
import java.util.List;

/** What is to be said about an attachment: so many sentences at most, and how many more. */
final class Notices {
  private final int most;
  private final List<String> sentences = new ArrayList<>();
  private int leftOut;

  Notices(int most) {
    this.most = most;
  }

  void add(String sentence) {
    if (sentences.size() < most) {
      sentences.add(sentence);
    } else {
      leftOut++;
    }
  }

  boolean isEmpty() {
    return sentences.isEmpty();
  }

  /** All of them; the last says how many were left out. */
  List<String> about(String name) {
    List<String> all = new ArrayList<>(sentences);
    if (leftOut > 0) {
      all.add(
          "%s about %s %s left out.".formatted(count(leftOut, "more notice"), name, were(leftOut)));
    }
    return all;
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  static String were(long number) {
    return number == 1 ? "was" : "were";
  }
}
