/** What the tests of several modules share. Depends on no other module and is in no release. */
@NullMarked
package dev.reckon.testing;

import org.jspecify.annotations.NullMarked;
