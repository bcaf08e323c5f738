package dev.reckon.adapters.cli;

import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Script;
import java.util.concurrent.CompletableFuture;

/** Runs the scripts of {@code exec}. Safe for any thread. */
@FunctionalInterface
interface ScriptRunner {
  CompletableFuture<RunResult> submit(Script script);
}
