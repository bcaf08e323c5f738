/**
 * Reckon's HTTP API for scripts: the verbs of the tools, described by OpenAPI, behind the same
 * token, policy, budgets and audit.
 */
@NullMarked
package dev.reckon.adapters.api;

import org.jspecify.annotations.NullMarked;
