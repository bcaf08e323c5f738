package dev.reckon.core.command;

import dev.reckon.core.store.ContentHash;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that passes values to a run of a saved computation. Its name tells its content, so that
 * a program that opens it finds the same values when it is run again or changed by hand.
 */
public final class ParameterFile {
  private static final int DIGITS = 8;
  private static final Pattern NAME = Pattern.compile("reckon_parameters_[0-9a-f]{8}\\.json");

  private ParameterFile() {}

  /** The name of the file with this content. */
  static String nameOf(byte[] content) {
    return "reckon_parameters_" + ContentHash.of(content).substring(0, DIGITS) + ".json";
  }

  /** The name of the one that a program opens, if it opens one. */
  public static Optional<String> openedBy(String code) {
    Matcher matcher = NAME.matcher(code);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /** The line that reads it into {@code _reckon_parameters}. */
  static String reading(String name) {
    return "import json as _json; _reckon_parameters = _json.load(open(\""
        + name
        + "\", encoding=\"utf-8\"))\n";
  }
}
