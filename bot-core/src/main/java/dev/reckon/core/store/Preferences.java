package dev.reckon.core.store;

import java.util.Map;
import java.util.Optional;

/** What conversations, persons and teams have set. */
public interface Preferences {
  Optional<String> get(Scope scope, String name);

  /** All of a scope, by name. */
  Map<String, String> all(Scope scope);

  void put(Scope scope, String name, String value, String person);

  void clear(Scope scope, String name);

  /** Whose settings they are. */
  record Scope(Of of, String id) {
    /** Kinds of owners. */
    public enum Of {
      CONVERSATION,
      PERSON,
      CHANNEL,
      TEAM
    }

    /** One text for both. */
    public String key() {
      return of + ":" + id;
    }
  }
}
