/**
 * Reckon in the browser: one more surface, served by the program's one HTTP server. Pages are made
 * on the server and work without JavaScript for reading; an open page is told of changes by
 * server-sent events.
 */
@NullMarked
package dev.reckon.adapters.web;

import org.jspecify.annotations.NullMarked;
