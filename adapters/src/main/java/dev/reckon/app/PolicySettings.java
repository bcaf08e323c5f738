package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** Who may use Reckon, how often and for how much: the keys {@code policy.*}. */
final class PolicySettings {
  private PolicySettings() {}

  static Policy from(Configuration configuration) {
    Policy policy = Policy.STANDARD;
    for (PolicyKey key : PolicyKey.values()) {
      String name = "policy." + key.key();
      try {
        policy = policy.with(key, read(configuration, key, name));
      } catch (IllegalArgumentException problem) {
        configuration.problem(name, "this cannot be used: " + problem.getMessage());
      }
    }
    return policy;
  }

  private static String read(Configuration configuration, PolicyKey key, String name) {
    return switch (key.kind()) {
      case NAMES -> String.join(",", configuration.texts(name, standardNames(key)));
      case FLAG -> Boolean.toString(configuration.flag(name, Boolean.parseBoolean(key.standard())));
      case COUNT ->
          Integer.toString(
              configuration.number(
                  name, Integer.parseInt(key.standard()), least(key), 999_999_999));
      case USD ->
          BigDecimal.valueOf(configuration.amount(name, Double.parseDouble(key.standard())))
              .toPlainString();
      case TEXT, ZONE -> configuration.text(name, key.standard());
    };
  }

  private static int least(PolicyKey key) {
    return key == PolicyKey.RUNNING_PER_PERSON ? 1 : 0;
  }

  private static List<String> standardNames(PolicyKey key) {
    return Arrays.stream(key.standard().split(",")).filter(name -> !name.isBlank()).toList();
  }
}
