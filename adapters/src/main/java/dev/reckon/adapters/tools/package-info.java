/**
 * What agents and scripts may ask Reckon to do, whatever carries their calls. It goes through the
 * same policy, budgets, turns and audit as what a person types.
 */
@NullMarked
package dev.reckon.adapters.tools;

import org.jspecify.annotations.NullMarked;
