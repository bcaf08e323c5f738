package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.PoolStatus;
import java.util.Optional;

/**
 * A worker host as a bot sees it at one moment.
 *
 * @param version of the program that runs there; empty until it was reached
 * @param problem why it gets no scripts, in words; empty while it does
 * @param pool as the host last told; empty where it does not answer
 * @param environment what scripts find there; empty until it is known
 */
public record HostState(
    HostAddress address,
    String version,
    String problem,
    Optional<PoolStatus> pool,
    Optional<Environment> environment) {}
