/**
 * Processes deliveries: receives, enriches, interprets and admits them, imports their files, drives
 * their turn, and saves the reply for the outbox.
 */
@NullMarked
package dev.reckon.core.delivery;

import org.jspecify.annotations.NullMarked;
