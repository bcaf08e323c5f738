package dev.reckon.adapters.cli;

import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Script;
import java.util.concurrent.CompletableFuture;

/** Where {@code exec} hands its scripts. Safe for any thread. */
@FunctionalInterface
interface ScriptRunner {
  CompletableFuture<RunResult> submit(Script script);
}
