/**
 * Read-only databases: a query is parsed, rewritten from what is allowed, and run with limits.
 * Credentials stay in here.
 */
@NullMarked
package dev.reckon.adapters.sql;

import org.jspecify.annotations.NullMarked;
