package dev.reckon.core.message;

/**
 * A message that was posted, in the surface's own words.
 *
 * @param value such as a message id; stored by the core, read by the surface only
 */
public record MessageRef(String value) {}
