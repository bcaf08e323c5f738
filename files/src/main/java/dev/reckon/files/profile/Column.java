package dev.reckon.files.profile;

import java.util.List;

/**
 * A column of a table, or a key of a JSON file's objects.
 *
 * @param name from the header, or its number where there is none
 * @param named whether the name comes from a header, or is a key that most of several JSON objects
 *     share, so that it is no value of the data
 * @param type what its values have in common
 * @param words the type with what matters for reading it: format, ambiguity, shares
 * @param nulls values that are empty or stand for nothing
 * @param distinct about how many different values there are; 1,000 for that many and more
 * @param samples a few different values
 */
public record Column(
    String name,
    boolean named,
    Type type,
    String words,
    long nulls,
    int distinct,
    List<String> samples) {

  /** What the values of a column have in common. */
  public enum Type {
    EMPTY,
    INTEGER,
    NUMBER,
    /** Numbers with a currency, percent sign, decimal comma or thousands mark. */
    FORMATTED_NUMBER,
    /** Digits that are no number: leading zeros, or more digits than a number keeps. */
    CODE,
    DATE,
    TIME,
    BOOLEAN,
    TEXT,
    MIXED,
    /** A JSON array or object. */
    NESTED
  }

  public Column {
    samples = List.copyOf(samples);
  }
}
