/**
 * Who may use Reckon, how often and for how much: allow-lists, administrators, rate limits, one
 * running turn per person, and budgets. The engine asks {@link dev.reckon.core.policy.Admission}
 * before it starts anything; the rules themselves are pure.
 */
@NullMarked
package dev.reckon.core.policy;

import org.jspecify.annotations.NullMarked;
