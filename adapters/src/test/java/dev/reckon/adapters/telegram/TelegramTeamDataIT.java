package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;

import dev.reckon.app.StartedReckon;
import dev.reckon.app.TeamDataStory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class TelegramTeamDataIT extends TeamDataStory {
  private final FakeTelegram telegram = new FakeTelegram();
  private int said;

  TelegramTeamDataIT() throws IOException {
    telegram.takesDrafts = false;
    telegram.chat(ANNA);
  }

  @AfterEach
  void closeTelegram() {
    telegram.close();
  }

  @Override
  protected List<String> settings() {
    return List.of(
        "telegram.enabled=true",
        "telegram.api_url=" + telegram.url(),
        "policy.people=telegram/" + ANNA + ",mcp/agent");
  }

  @Override
  protected Map<String, String> secrets() {
    return Map.of("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN);
  }

  @Override
  protected String team() {
    return TelegramIds.team(ANNA);
  }

  @Override
  protected void say(StartedReckon program, String text) throws Exception {
    telegram.queue(People.text(ANNA, ANNA, ++said, text));
    program.until("taken", () -> telegram.waiting() == 0, telegram.chat(ANNA)::texts);
  }

  /** Without the signs that keep Telegram from making links of addresses. */
  @Override
  protected List<String> shown() {
    return telegram.chat(ANNA).texts().stream().map(text -> text.replace("\u2060", "")).toList();
  }
}
