/** The ports of the store; {@code store.jdbi} keeps it in a database. */
@NullMarked
package dev.reckon.core.store;

import org.jspecify.annotations.NullMarked;
