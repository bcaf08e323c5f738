package dev.reckon.core.message;

/**
 * A reference to a posted message, in the surface's own format.
 *
 * @param value such as a message id; stored by the core, read by the surface only
 */
public record MessageRef(String value) {}
