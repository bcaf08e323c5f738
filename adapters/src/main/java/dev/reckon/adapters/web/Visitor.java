package dev.reckon.adapters.web;

import dev.reckon.core.message.Person;
import dev.reckon.core.store.WebSessions.WebSession;

/**
 * Whoever asks for a page, signed in.
 *
 * @param formToken what forms and scripts of this browser's pages send along
 */
record Visitor(Person person, WebSession session, String formToken) {}
