package dev.reckon.adapters.slack;

import dev.reckon.adapters.web.Demonstration;
import dev.reckon.adapters.web.OperationsSources;
import dev.reckon.adapters.web.TeamAccess;
import dev.reckon.adapters.web.WebAdapter;
import dev.reckon.adapters.web.WebSettings;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.surface.Readership;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The pages of computations at the app's domain, as far as stories in Slack need them. */
final class StoryPages {
  private StoryPages() {}

  /** What the pages say of links to them. */
  static LinkPreviews previews(JdbiStore store, Readership readership, Clock clock) {
    WebSettings settings =
        new WebSettings(
            new Person("terminal/ada", "ada", Person.Role.ADMINISTRATOR),
            new Team("terminal", "this machine"),
            Set.of(),
            Duration.ofHours(1),
            1,
            1,
            1024,
            "");
    TeamAccess access =
        new TeamAccess(
            Optional.of(URI.create("https://" + FakeLinks.DOMAIN + "/")),
            List.of(readership),
            Duration.ofMinutes(5),
            Duration.ofDays(30),
            List.of(),
            Optional.empty(),
            asking -> Optional.empty(),
            asking -> Optional.empty());
    OperationsSources operations =
        new OperationsSources(
            store.operations(),
            store.statistics(),
            store::backlog,
            Map::of,
            List::of,
            new PolicyInForce(Policy.STANDARD, store.policyChanges(), clock, person -> false),
            new TreeMap<>());
    return new WebAdapter(
            settings, store, store.files()::read, Demonstration.NONE, access, operations, clock)
        .previews();
  }
}
