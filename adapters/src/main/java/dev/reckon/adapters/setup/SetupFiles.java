package dev.reckon.adapters.setup;

import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.config.SecretsFile;
import dev.reckon.adapters.config.SettingsFile;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Keeps what a set-up finds out: tokens in the file of keys, which only its owner may read, and
 * everything else in the configuration file. A file that cannot be written is no fault: the person
 * is told what to do instead. For use by one thread.
 */
public final class SetupFiles {
  private final SecretsFile secrets;
  private final SettingsFile settings;
  private final Predicate<String> inEnvironment;
  private boolean changed;

  /**
   * Nothing is written yet.
   *
   * @param inEnvironment whether a variable is set in the environment, where it wins over the file
   */
  public SetupFiles(SecretsFile secrets, SettingsFile settings, Predicate<String> inEnvironment) {
    this.secrets = secrets;
    this.settings = settings;
    this.inEnvironment = inEnvironment;
  }

  /**
   * Keeps a token, and says so.
   *
   * @param variable of the environment that it stands in for
   * @param known the value that is in force already, or empty
   */
  public void secret(Dialogue with, String variable, String token, String known) {
    if (token.equals(known)) {
      with.good(variable + " is set already");
      return;
    }
    try {
      secrets.put(variable, token);
      changed = true;
      with.good(variable + " is kept in " + secrets.path() + ", which only you may read");
    } catch (ConfigurationException | IOException e) {
      with.wrong(variable + " could not be stored: " + e.getMessage(), byHand(variable));
      return;
    }
    if (inEnvironment.test(variable)) {
      with.wrong(
          "the environment has another " + variable + ", which takes precedence",
          "Unset it, or set it to the new token.");
    }
  }

  private static String byHand(String variable) {
    return "Set it in the environment of \"reckon start\" as " + variable + ".";
  }

  /** Sets a key of the configuration; says so if that changes it. */
  public void set(Dialogue with, String key, String value) {
    if (write(with, () -> settings.set(key, value))) {
      with.good(key + " = " + value + " is written to " + settings.path());
    }
  }

  /** Adds a name to a list of the configuration, and says so. */
  public void add(Dialogue with, String key, String name) {
    boolean added = write(with, () -> settings.add(key, name));
    if (added || names(key).contains(name)) {
      with.good(name + " is in " + key + " of " + settings.path());
    }
  }

  /** The names in a list of the configuration; none where it cannot be read. */
  public List<String> names(String key) {
    try {
      return settings.texts(key);
    } catch (ConfigurationException e) {
      return List.of();
    }
  }

  /** Whether anything was written. */
  public boolean changed() {
    return changed;
  }

  private interface Change {
    boolean make() throws ConfigurationException;
  }

  private boolean write(Dialogue with, Change change) {
    try {
      boolean made = change.make();
      changed |= made;
      return made;
    } catch (ConfigurationException e) {
      e.problems().forEach(problem -> with.wrong(problem, ""));
      return false;
    }
  }
}
