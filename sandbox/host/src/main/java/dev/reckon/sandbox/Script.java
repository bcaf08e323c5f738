package dev.reckon.sandbox;

import java.util.List;
import java.util.Objects;

/**
 * One script to run.
 *
 * @param id the caller's name for this run, for logs; it never reaches the guest
 * @param tenant whose scripts may share a worker's process one after another, by the pool's reuse
 *     policy
 * @param queue who waits in line: scripts of different queues get their turns fairly (a
 *     conversation, usually)
 * @param source complete Python source
 * @param files the files in the script's working directory when it starts
 */
public record Script(
    String id, String tenant, String queue, String source, List<SandboxFile> files, Limits limits) {
  public Script {
    Objects.requireNonNull(id);
    Objects.requireNonNull(tenant);
    Objects.requireNonNull(queue);
    Objects.requireNonNull(source);
    files = List.copyOf(files);
    Objects.requireNonNull(limits);
  }
}
