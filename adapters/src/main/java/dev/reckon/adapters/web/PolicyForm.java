package dev.reckon.adapters.web;

import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyChange;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.policy.PolicyKey;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The policy, for its administrators: shows it, and changes one key at a time on the record. */
final class PolicyForm {
  private static final int CHANGES = 50;

  private final PolicyInForce policies;

  PolicyForm(PolicyInForce policies) {
    this.policies = policies;
  }

  /** Refuses who may not see the figures and change the policy. */
  void check(Visitor visitor) {
    if (!policies.administers(visitor.person().id())) {
      throw new RefusedRequest(
          403,
          "Only administrators of the policy see this page. Whoever runs Reckon puts \"%s\" into policy.administrators."
              .formatted(visitor.person().id()));
    }
  }

  /** The policy in force with a field for each key, and who changed what. */
  Html show(Visitor visitor, Policy policy) {
    List<Html> keys = new ArrayList<>();
    for (PolicyKey key : PolicyKey.values()) {
      String id = "policy-" + key.key().replace('_', '-');
      keys.add(
          Html.el("form", "policy-key")
              .attr("method", "post")
              .attr("action", "/web/policy")
              .add(
                  Page.token(visitor),
                  Html.el("input")
                      .attr("type", "hidden")
                      .attr("name", "key")
                      .attr("value", key.key()),
                  Html.el("label").attr("for", id).text(key.key()),
                  Html.el("input")
                      .attr("id", id)
                      .attr("name", "value")
                      .attr("maxlength", 4_000)
                      .attr("value", policy.text(key)),
                  Html.el("button").attr("type", "submit").text("Set"),
                  Html.el("button")
                      .attr("type", "submit")
                      .attr("name", "reset")
                      .attr("value", "yes")
                      .text("As configured"),
                  Html.el("p", "note").text(key.help())));
    }
    List<PolicyChange> all = policies.history();
    List<List<String>> changes =
        all.subList(Math.max(0, all.size() - CHANGES), all.size()).reversed().stream()
            .map(PolicyForm::change)
            .toList();
    return Html.all(
        Html.el("details").add(Html.el("summary").text("Show and change")).add(keys),
        Html.el("h3").text("Changes"),
        changes.isEmpty()
            ? Html.el("p", "note").text("The policy is as configured: nobody changed it.")
            : Charts.table(List.of("When", "Who", "Key", "From", "To"), changes));
  }

  private static List<String> change(PolicyChange change) {
    return List.of(
        PageTime.of(change.at()),
        change.by(),
        change.key().key(),
        change.previous(),
        change.value() == null ? "(as configured)" : change.value());
  }

  /** Changes one key of the policy, on the record. */
  void change(Context context, Visitor visitor) {
    RequestGuard.checkForm(context, visitor);
    check(visitor);
    PolicyKey key =
        PolicyKey.named(Optional.ofNullable(context.formParam("key")).orElse(""))
            .orElseThrow(() -> new RefusedRequest(400, "The policy has no such key."));
    boolean reset = context.formParam("reset") != null;
    String value = Optional.ofNullable(context.formParam("value")).orElse("");
    try {
      policies.change(visitor.person().id(), key, reset ? null : value);
    } catch (IllegalArgumentException e) {
      throw new RefusedRequest(400, String.valueOf(e.getMessage()));
    }
    context.header("Location", "/operations#policy").status(303);
  }
}
