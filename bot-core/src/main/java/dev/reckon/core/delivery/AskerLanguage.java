package dev.reckon.core.delivery;

import dev.reckon.core.label.RequestLanguage;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.TurnResult;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the language in which a person is answered: the one that they have set, or else that of
 * their request. Commands are English in every language, so they tell nothing; there the
 * conversation's last answer decides, and where there is none, the person's locale.
 */
final class AskerLanguage {
  private final Preferences preferences;
  private final Turns turns;

  AskerLanguage(Preferences preferences, Turns turns) {
    this.preferences = preferences;
    this.turns = turns;
  }

  /**
   * The language for a delivery.
   *
   * @param expected the turn that it will begin, if any
   */
  Language of(Incoming incoming, Optional<TurnKind> expected) {
    boolean request = expected.filter(kind -> kind == TurnKind.REQUEST).isPresent();
    return of(incoming, request ? written(incoming.content()) : "");
  }

  /** The language for a request in those words. */
  Language of(Incoming incoming, String request) {
    return chosen(incoming.person())
        .orElseGet(
            () ->
                RequestLanguage.of(
                    request, spoken(incoming).orElse(null), incoming.person().locale()));
  }

  /**
   * The language of somebody who has asked nothing: what they have set, or that of their locale.
   */
  Language of(Person person) {
    return chosen(person).or(() -> Language.of(person.locale())).orElse(Language.ENGLISH);
  }

  private Optional<Language> chosen(Person person) {
    return preferences
        .get(new Scope(Scope.Of.PERSON, person.id()), "language")
        .flatMap(Language::named);
  }

  /** The language of the answer before, whoever asked. */
  private Optional<Language> spoken(Incoming incoming) {
    return turns.recent(incoming.conversation(), 1).stream()
        .map(TurnRecord::result)
        .filter(Objects::nonNull)
        .map(TurnResult::language)
        .findFirst();
  }

  private static String written(Content content) {
    return switch (content) {
      case Content.Text words -> words.text();
      case Content.Edited edited -> edited.text();
      case Content.Scheduled scheduled -> scheduled.task();
      case Content.Pressed _, Content.Moved _ -> "";
    };
  }
}
