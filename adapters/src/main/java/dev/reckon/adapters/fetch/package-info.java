/** Files by their address: fetched over HTTPS from listed hosts, and from nowhere else. */
@NullMarked
package dev.reckon.adapters.fetch;

import org.jspecify.annotations.NullMarked;
