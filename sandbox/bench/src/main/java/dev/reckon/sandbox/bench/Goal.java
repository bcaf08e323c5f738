package dev.reckon.sandbox.bench;

/**
 * One line of the page's first table.
 *
 * @param what is measured
 * @param goal in words
 * @param figure as measured
 * @param met whether the figure reaches the goal
 */
record Goal(String what, String goal, String figure, boolean met) {
  String row() {
    return "| %s | %s | %s | %s |\n".formatted(what, goal, figure, met ? "yes" : "**no**");
  }
}
