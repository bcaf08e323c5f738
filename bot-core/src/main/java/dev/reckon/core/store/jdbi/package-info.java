/**
 * The store in a database: Jdbi over SQLite or PostgreSQL, migrated by Flyway. Only the assembly
 * sees this package; everything else uses the ports of {@code core.store}.
 */
@NullMarked
package dev.reckon.core.store.jdbi;

import org.jspecify.annotations.NullMarked;
