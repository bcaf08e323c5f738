/**
 * Reckon as tools for other agents, by the Model Context Protocol: over standard input and output,
 * and over the HTTP server. What a tool does goes through the same policy, budgets, turns and audit
 * as what a person types.
 */
@NullMarked
package dev.reckon.adapters.mcp;

import org.jspecify.annotations.NullMarked;
