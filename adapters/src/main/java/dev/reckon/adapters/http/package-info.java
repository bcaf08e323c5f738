/**
 * The one HTTP server of the program. Surfaces hand it their endpoints and their readiness before
 * it starts; it adds {@code /health/live} and {@code /health/ready}, limits what it reads, and
 * answers internal errors without details.
 */
@NullMarked
package dev.reckon.adapters.http;

import org.jspecify.annotations.NullMarked;
