/**
 * The second engine: CPython with its packages imported ahead, in a fork server whose children each
 * run one program and are locked by the kernel alone. The server's Python sources are resources of
 * this module; its workers speak the messages of {@code dev.reckon.sandbox.wire}.
 */
@NullMarked
package dev.reckon.sandbox.cpython;

import org.jspecify.annotations.NullMarked;
