package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.GROUP;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.adapters.surface.SurfaceContract;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Person;
import dev.reckon.core.surface.Surface;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;

class TelegramContractTest extends SurfaceContract {
  private final FakeTelegram telegram = new FakeTelegram();
  private final TelegramAdapter adapter;
  private boolean limited;

  TelegramContractTest() throws IOException {
    telegram.chat(GROUP);
    Duration moment = Duration.ofMillis(20);
    adapter =
        new TelegramAdapter(
            telegram.settings(),
            List.of(),
            new TelegramAdapter.Timing(
                new TelegramRateLimits(Duration.ofMillis(1), 1000, Duration.ofMillis(1)),
                moment,
                moment,
                moment));
  }

  @AfterEach
  void stop() {
    adapter.close();
    telegram.close();
  }

  @Override
  protected Surface surface() {
    return adapter.surface();
  }

  @Override
  protected Address group() {
    return new Chat(GROUP, OptionalInt.empty()).address();
  }

  @Override
  protected Person asker() {
    return new Person("telegram/" + ANNA, "Anna", Person.Standing.MEMBER);
  }

  @Override
  protected List<String> messages() {
    return telegram.chat(GROUP).texts();
  }

  @Override
  protected Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    telegram.chat(GROUP).shown().stream()
        .flatMap(message -> message.file().stream())
        .forEach(file -> files.put(file.name(), file.content()));
    return files;
  }

  @Override
  protected int uploads() {
    return telegram.chat(GROUP).files().size();
  }

  @Override
  protected boolean notifies(Person person) {
    return telegram.chat(GROUP).shown().stream()
        .anyMatch(message -> message.html().contains("tg://user?id=" + ANNA));
  }

  @Override
  protected List<String> buttons() {
    List<String> labels = new ArrayList<>();
    for (JsonNode row : telegram.chat(GROUP).shown().getLast().markup().path("inline_keyboard")) {
      row.forEach(button -> labels.add(button.path("text").asText()));
    }
    return labels;
  }

  @Override
  protected void limitNext(Duration pause) {
    limited = true;
    telegram.fail(
        "sendmessage",
        429,
        "Too Many Requests: retry after " + pause.toSeconds(),
        TelegramJson.object().put("retry_after", pause.toSeconds()));
  }

  /** An edit that changes nothing is answered with 400; any other refused edit fails its caller. */
  @Override
  protected List<String> mistakes() {
    return telegram.log().stream()
        .filter(sent -> sent.code() != 200 && !(limited && sent.code() == 429))
        .filter(sent -> !(sent.method().equals("editmessagetext") && sent.code() == 400))
        .map(Object::toString)
        .toList();
  }
}
