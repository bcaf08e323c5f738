package dev.reckon.adapters.config;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The keys and tokens that were read, and what is shown of values that may contain them. */
final class SecretValues {
  /** In case one is read as an ordinary text. */
  private static final Pattern SECRET_NAME = Pattern.compile("(?:password|token|secret|api_key)$");

  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");

  /** In the parameters of an address. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i)([?&;](?:user|[a-z0-9_]*(?:password|secret|token|key)[a-z0-9_]*)=)[^&;\\s]*");

  private final Set<String> secrets = new TreeSet<>();

  void add(Secret secret) {
    if (secret.isSet()) {
      secrets.add(secret.value());
    }
  }

  /** All that were added. */
  Set<String> values() {
    return Set.copyOf(secrets);
  }

  /** A value as people may see it. */
  String shown(String key, String value) {
    boolean secret = SECRET_NAME.matcher(key).find();
    if (secret && !value.startsWith("(")) {
      return value.isEmpty() ? "(not set)" : "(set)";
    }
    String clean =
        CREDENTIAL.matcher(USER_INFO.matcher(value).replaceAll("://***@")).replaceAll("$1***");
    for (String each : secrets) {
      clean = clean.replace(each, "***");
    }
    return clean;
  }
}
