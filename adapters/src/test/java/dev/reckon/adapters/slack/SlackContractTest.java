package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.adapters.surface.SurfaceContract;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Person;
import dev.reckon.core.surface.Surface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** Where progress is a message that is edited. */
class SlackContractTest extends SurfaceContract {
  private static final String THREAD = "1700000000.000001";

  final FakeSlack slack = new FakeSlack().channel("C1", "U1", FakeSlack.BOT);
  private WorkspaceSurface surface = connected();

  /** What the token may do. */
  Set<String> scopes() {
    return Set.of("chat:write");
  }

  private WorkspaceSurface connected() {
    SlackSettings settings = slack.settings(SlackSettings.Mode.SOCKET);
    WorkspaceSurface made = new WorkspaceSurface(new SlackApi(settings), settings);
    made.connected(new SlackWorkspace("T1", "Test", "UBOT", scopes()));
    return made;
  }

  @Override
  protected void restart() {
    surface = connected();
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @Override
  protected Surface surface() {
    return surface;
  }

  @Override
  protected Address group() {
    return SlackTarget.in("C1", THREAD, "U1", "slack/T1/C1/1").address();
  }

  @Override
  protected Person asker() {
    return new Person("slack/T1/U1", "Person", Person.Role.MEMBER);
  }

  @Override
  protected List<String> messages() {
    return slack.in("C1").stream().map(FakeMessage::shown).toList();
  }

  @Override
  protected Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    slack.files.values().forEach(file -> files.put(file.name(), file.content()));
    return files;
  }

  @Override
  protected List<String> pictures() {
    List<String> seen = new ArrayList<>();
    for (FakeMessage message : slack.in("C1")) {
      for (JsonNode block : message.blocks()) {
        if (block.path("type").asText().equals("image")) {
          seen.add(block.path("alt_text").asText());
        }
      }
    }
    return seen;
  }

  @Override
  protected void refusePictures() {
    slack.failNext("chat.update", "invalid_blocks");
  }

  @Override
  protected int uploads() {
    return slack.count("files.completeUploadExternal");
  }

  @Override
  protected boolean notifies(Person person) {
    return slack.in("C1").stream()
        .anyMatch(message -> message.blocks().findValuesAsText("user_id").contains("U1"));
  }

  @Override
  protected List<String> buttons() {
    List<String> labels = new ArrayList<>();
    for (JsonNode block : slack.in("C1").getLast().blocks()) {
      for (JsonNode element : block.path("elements")) {
        switch (element.path("type").asText()) {
          case "button" -> labels.add(element.path("text").path("text").asText());
          case "overflow" -> labels.add("⋯");
          default -> {}
        }
      }
    }
    return labels;
  }

  @Override
  protected void limitNext(Duration pause) {
    slack.failNext("chat.postMessage", "429:" + pause.toSeconds());
  }

  @Override
  protected List<String> mistakes() {
    return slack.mistakes();
  }
}
