/**
 * The operating system's walls around a worker, put up by the worker itself once it is warm: a
 * filter on its system calls, resource limits, no new privileges. They must hold when the Python
 * context's own wall has fallen, so nothing here knows about Python.
 */
@NullMarked
package dev.reckon.sandbox.worker.lockdown;

import org.jspecify.annotations.NullMarked;
