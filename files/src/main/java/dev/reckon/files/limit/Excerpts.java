package dev.reckon.files.limit;

/** Short forms of text from files, for profiles and notices. */
public final class Excerpts {
  private Excerpts() {}

  /**
   * The text, or its beginning with an ellipsis after at most so many UTF-16 units. Never half a
   * character: a pair of surrogates stays whole, and one without its other half becomes U+FFFD, as
   * JSON's escapes may hold it.
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return whole(text);
    }
    boolean parts =
        Character.isHighSurrogate(text.charAt(most - 1))
            && Character.isLowSurrogate(text.charAt(most));
    return whole(text.substring(0, parts ? most - 1 : most)) + "…";
  }

  private static String whole(String text) {
    StringBuilder repaired = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        if (repaired == null) {
          repaired = new StringBuilder(text);
        }
        repaired.setCharAt(i, '\uFFFD');
      }
      i += Character.charCount(c);
    }
    return repaired == null ? text : repaired.toString();
  }
}
