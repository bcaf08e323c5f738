/** What guides through a platform's set-up share: a way to talk with the person who does it. */
@NullMarked
package dev.reckon.adapters.setup;

import org.jspecify.annotations.NullMarked;
