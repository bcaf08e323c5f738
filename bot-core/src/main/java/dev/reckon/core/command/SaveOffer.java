package dev.reckon.core.command;

import dev.reckon.core.store.SavedComputation.Parameter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is saved once the person confirms, as stored in an offer's detail.
 *
 * @param turn whose code
 * @param defaults of the parameters, by name
 */
record SaveOffer(long turn, String name, Map<String, String> defaults) {
  SaveOffer {
    defaults = Map.copyOf(defaults);
  }

  static SaveOffer of(long turn, String name, List<Parameter> parameters) {
    return new SaveOffer(
        turn,
        name,
        parameters.stream().collect(Collectors.toMap(Parameter::name, Parameter::defaultValue)));
  }

  /** Reads what {@link #detail} wrote. */
  static SaveOffer read(String detail) {
    String[] parts = detail.split(" ");
    Map<String, String> defaults = new HashMap<>();
    for (String part : List.of(parts).subList(2, parts.length)) {
      int equals = part.indexOf('=');
      String value = part.substring(equals + 1);
      defaults.put(part.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return new SaveOffer(Long.parseLong(parts[0]), parts[1], defaults);
  }

  String detail() {
    return turn
        + " "
        + name
        + defaults.entrySet().stream()
            .map(one -> " " + one.getKey() + "=" + encoded(one.getValue()))
            .collect(Collectors.joining());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
