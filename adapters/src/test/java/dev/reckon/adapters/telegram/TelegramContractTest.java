package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.adapters.surface.SurfaceContract;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.Surface;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelegramContractTest extends SurfaceContract {
  private final FakeTelegram telegram = new FakeTelegram();
  private final TelegramAdapter adapter;
  private boolean limited;
  private boolean refused;
  private boolean refusedAlbum;

  TelegramContractTest() throws IOException {
    telegram.chat(GROUP);
    Duration moment = Duration.ofMillis(20);
    adapter =
        new TelegramAdapter(
            telegram.settings(),
            List.of(),
            FakeTelegram.noUnjoinedChats(),
            FakeTelegram.noRichChats(),
            new TelegramAdapter.Timing(
                new TelegramRateLimits(Duration.ofMillis(1), 1000, Duration.ofMillis(1)),
                moment,
                moment,
                Duration.ofMillis(50),
                moment,
                System::nanoTime));
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
    return new Person("telegram/" + ANNA, "Anna", Person.Role.MEMBER);
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
  protected List<String> pictures() {
    return telegram.chat(GROUP).shown().stream()
        .filter(message -> message.file().filter(it -> it.kind().equals("photo")).isPresent())
        .map(FakeChat.Shown::text)
        .toList();
  }

  @Override
  protected void refusePictures() {
    refused = true;
    telegram.fail("sendphoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS");
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

  @Test
  void severalChartsAreOneAlbum() throws Exception {
    surface().post(group(), withCharts(3), Optional.empty(), TelegramContractTest::bytes, at -> {});
    assertEquals(1, telegram.calls("sendmediagroup"));
    assertEquals(0, telegram.calls("sendphoto"));
    assertEquals(List.of("Chart 1 (bars)", "Chart 2 (bars)", "Chart 3 (bars)"), pictures());
  }

  @Test
  void anAlbumThatIsRefusedBecomesSinglePhotos() throws Exception {
    telegram.fail("sendmediagroup", 400, "Bad Request: IMAGE_PROCESS_FAILED");
    refusedAlbum = true;
    surface().post(group(), withCharts(2), Optional.empty(), TelegramContractTest::bytes, at -> {});
    assertEquals(2, telegram.calls("sendphoto"));
    assertEquals(List.of("Chart 1 (bars)", "Chart 2 (bars)"), pictures());
  }

  @Test
  void aChartOfAnOddShapeIsADocumentWithItsCaption() throws Exception {
    Reply odd =
        answer(
            Reply.Kind.VERIFIED,
            new Block.Chart(
                new Block.File("png9", "strip.png", 99), 9_000, 90, "A strip (line)", List.of()),
            new Block.Output("x\ny", 0));
    surface().post(group(), odd, Optional.empty(), TelegramContractTest::bytes, at -> {});
    FakeChat.Shown strip = telegram.chat(GROUP).shown().getLast();
    assertEquals("document", strip.file().orElseThrow().kind());
    assertEquals("A strip (line)", strip.text());
    assertEquals(0, telegram.calls("sendphoto"));
  }

  private static Optional<byte[]> bytes(String id) {
    return Optional.of(picture());
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
        .filter(sent -> !(refusedAlbum && sent.method().equals("sendmediagroup")))
        .filter(sent -> !(refused && sent.method().equals("sendphoto")))
        .filter(sent -> !(sent.method().equals("editmessagetext") && sent.code() == 400))
        .map(Object::toString)
        .toList();
  }
}
