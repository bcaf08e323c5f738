/** What guides a person through setting up a surface: said and asked, whatever it is shown on. */
@NullMarked
package dev.reckon.adapters.setup;

import org.jspecify.annotations.NullMarked;
