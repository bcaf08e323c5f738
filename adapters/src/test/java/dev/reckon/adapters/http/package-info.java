/** Tests of the HTTP server, over real connections. */
@NullMarked
package dev.reckon.adapters.http;

import org.jspecify.annotations.NullMarked;
