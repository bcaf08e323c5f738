package dev.reckon.adapters.web;

import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.WebSessions.WebSession;

/**
 * Whoever asks for a page, signed in.
 *
 * @param team whose saved computations and budget are theirs
 * @param administrator whether the operations page is for them
 * @param formToken what forms and scripts of this browser's pages send along
 */
record Visitor(
    Person person, Team team, WebSession session, String formToken, boolean administrator) {
  /** The same, with what their platform knows of them now. */
  Visitor known(Person now) {
    return new Visitor(now, team, session, formToken, administrator);
  }
}
