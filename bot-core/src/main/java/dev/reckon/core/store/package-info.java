/** What must be remembered, as ports; {@code store.jdbi} keeps it in a database. */
@NullMarked
package dev.reckon.core.store;

import org.jspecify.annotations.NullMarked;
