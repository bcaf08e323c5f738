package dev.reckon.adapters.http;

import java.util.function.BooleanSupplier;

/**
 * One check of {@code /health/ready}.
 *
 * @param name short and public, such as {@code slack}
 * @param ready asked at every request, from any thread; must answer at once
 */
public record Readiness(String name, BooleanSupplier ready) {}
