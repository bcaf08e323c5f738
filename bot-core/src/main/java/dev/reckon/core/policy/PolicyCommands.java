package dev.reckon.core.policy;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an administrator types: {@code policy}, {@code policy set KEY VALUE}, {@code policy add KEY
 * NAME}, {@code policy remove KEY NAME}, {@code policy reset KEY}, {@code policy log}.
 */
public final class PolicyCommands {
  private static final int LOG_LINES = 50;

  private final PolicyInForce policy;

  public PolicyCommands(PolicyInForce policy) {
    this.policy = policy;
  }

  /**
   * Answers.
   *
   * @param words what follows {@code policy}; may be empty
   */
  public Reply answer(Person person, String words) {
    if (!policy.administers(person.id())) {
      return refused(
          policy.get().names(PolicyKey.ADMINISTRATORS).isEmpty()
              ? "Nobody may change the policy yet: whoever runs Reckon puts \"%s\" into policy.administrators of its configuration."
                  .formatted(person.id())
              : PolicyInForce.onlyAdministrators(policy.get()));
    }
    String[] parts = words.strip().split("\\s+", 3);
    try {
      return switch (parts[0].toLowerCase(Locale.ROOT)) {
        case "" -> overview();
        case "log" -> log();
        case "reset" -> change(person, parts, "");
        case "set", "add", "remove" -> parts.length < 3 ? usage() : change(person, parts, parts[2]);
        default -> usage();
      };
    } catch (IllegalArgumentException problem) {
      return refused(String.valueOf(problem.getMessage()));
    }
  }

  private Reply change(Person person, String[] parts, String value) {
    Optional<PolicyKey> found = parts.length < 2 ? Optional.empty() : PolicyKey.named(parts[1]);
    if (found.isEmpty()) {
      return refused("There is no such key; \"policy\" lists them all.");
    }
    PolicyKey key = found.get();
    PolicyChange change =
        policy.change(
            person.id(),
            key,
            before ->
                switch (parts[0].toLowerCase(Locale.ROOT)) {
                  case "add" -> edited(before, key, value, true);
                  case "remove" -> edited(before, key, value, false);
                  case "reset" -> null;
                  default -> value;
                });
    return Reply.notice(
        "policy.%s is now \"%s\"; it was \"%s\". The change is on record."
            .formatted(key.key(), policy.get().text(key), change.previous()));
  }

  private static String edited(Policy before, PolicyKey key, String names, boolean add) {
    if (key.kind() != PolicyKey.Kind.NAMES) {
      throw new IllegalArgumentException(
          "policy.%s is not a list: \"policy set %s VALUE\".".formatted(key.key(), key.key()));
    }
    Set<String> edited = new LinkedHashSet<>(before.names(key));
    List<String> given = Arrays.asList(names.split("[,\\s]+"));
    if (add) {
      edited.addAll(given);
    } else {
      given.forEach(edited::remove);
    }
    return String.join(", ", edited);
  }

  private Reply overview() {
    List<List<String>> rows = new ArrayList<>();
    for (PolicyKey key : PolicyKey.values()) {
      rows.add(List.of(key.key(), policy.get().text(key), key.help()));
    }
    return table("The policy in force", List.of("key", "value", "what it decides"), rows);
  }

  private Reply log() {
    List<PolicyChange> all = policy.history();
    List<List<String>> rows =
        all.subList(Math.max(0, all.size() - LOG_LINES), all.size()).reversed().stream()
            .map(
                change ->
                    List.of(
                        change.at().toString(),
                        change.by(),
                        change.key().key(),
                        change.previous(),
                        change.value() == null ? "(as configured)" : change.value()))
            .toList();
    return rows.isEmpty()
        ? Reply.notice("The policy is as configured: nobody changed it.")
        : table(
            "Changes to the policy, newest first",
            List.of("when", "who", "key", "from", "to"),
            rows);
  }

  private static Reply table(String headline, List<String> header, List<List<String>> rows) {
    return new Reply(
        0, Reply.Kind.NOTICE, headline, List.of(new Block.Table(header, rows)), List.of());
  }

  private static Reply usage() {
    return refused(
        "Type \"policy\", \"policy set KEY VALUE\", \"policy add KEY NAME\", \"policy remove KEY"
            + " NAME\", \"policy reset KEY\" or \"policy log\".");
  }

  private static Reply refused(String sentence) {
    return new Reply(0, Reply.Kind.REFUSED, sentence, List.of(), List.of());
  }
}
