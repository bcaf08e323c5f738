package dev.reckon.app;

import dev.reckon.adapters.telegram.RichChats;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Preferences.Scope;

/**
 * Keeps what chats chose among the other settings of their places.
 *
 * @param otherwise {@code telegram.rich}
 */
record StoreRichChats(Preferences preferences, boolean otherwise) implements RichChats {
  private static final String NAME = "telegram.rich";

  @Override
  public boolean wanted(long chat) {
    String chosen = preferences.all(scope(chat)).get(NAME);
    return chosen == null ? otherwise : Boolean.parseBoolean(chosen);
  }

  @Override
  public void choose(long chat, boolean rich, String person) {
    preferences.put(scope(chat), NAME, Boolean.toString(rich), person);
  }

  private static Scope scope(long chat) {
    return new Scope(Scope.Of.CHANNEL, Long.toString(chat));
  }
}
