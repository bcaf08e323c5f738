package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.llm.FakeModelServer.Call;
import dev.reckon.adapters.llm.SumModel;
import dev.reckon.adapters.telegram.TelegramTeam;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong with a file reaches whoever sent it, wherever that was: with the answer, and alone
 * where nothing was asked. {@code ask --json} is looked at in {@link FilesApartIT}.
 */
class FileNoticesIT {
  private static final String SAID = "became \uFFFD";

  @TempDir Path folder;

  private static byte[] damaged() {
    byte[] bytes = "name,city\nJörg,Köln\nZoë,Zürich\nx,M?\n".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xfc;
    return bytes;
  }

  /** A program that opens the file, as a request about one asks for. */
  private static Answer play(Call call) {
    return call.last("user").contains("⟦output⟧")
        ? SumModel.answer(call, 0)
        : Answer.text("```python\nopen('people.csv').read()\nprint('result:', 2 + 2)\n```");
  }

  @Test
  void atTheTerminalAndInTelegram() throws Exception {
    Path file = Files.write(folder.resolve("people.csv"), damaged());
    try (FakeModelServer model = new FakeModelServer().answerBy(FileNoticesIT::play)) {
      StartedReckon.Ended chat =
          StartedReckon.run(
              Files.createDirectory(folder.resolve("chat")),
              file + " add two and two\n/quit\n",
              "chat",
              "--set",
              "model.base_url=" + model.url(),
              "--set",
              "model.name=m",
              "--set",
              "store.url=jdbc:sqlite:" + folder.resolve("chat.db"));
      String all = (chat.out() + chat.err()).replaceAll("\\s+", " ");
      assertTrue(all.contains("result: 4") && all.contains(SAID), all);
      try (TelegramTeam team = new TelegramTeam(folder, model.url(), List.of())) {
        team.start();
        team.attach(1, 1, "people.csv", damaged(), "add two and two");
        team.until("an answer with it", () -> team.shows(1, SAID));
        team.attach(2, 1, "people.csv", damaged(), "");
        team.until("it without a question", () -> team.shows(2, SAID));
      }
    }
  }
}
