package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.command.CodeDisplay;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.WebMessages.Answered;
import dev.reckon.core.store.WebMessages.Asked;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that stay small however much there is to show, and lead to all of it. */
class WebPagesTest {
  private static final ConversationId CHAT = new ConversationId("web/" + WebServer.CHAT);

  /** What a page may have with its style sheet and scripts, which are about 40 KB. */
  private static final int MOST_PAGE_BYTES = 60 * 1024;

  private static final String LONG_TABLE =
      "number,square\n"
          + IntStream.rangeClosed(1, 3_000)
              .mapToObj(i -> i + "," + i * i)
              .collect(Collectors.joining("\n"));

  @TempDir Path folder;
  private WebServer web;

  @BeforeEach
  void open() throws Exception {
    web = new WebServer(folder).signIn();
    web.send("what is it?", "key-00000001");
  }

  @AfterEach
  void close() {
    web.close();
  }

  private long computed(Person person, String request, String code, String output) {
    web.store.conversations().arrived(web.inbox.received().getFirst().from(person));
    long turn =
        web.store.turns().begin(CHAT, OptionalLong.empty(), person, TurnKind.REQUEST, request).id();
    TurnResult result =
        new TurnResult(
            turn,
            TurnStatus.NOT_JUDGED,
            "Nobody checked it.",
            output,
            code,
            List.of(),
            List.of(),
            null,
            List.of(),
            Usage.NONE,
            Duration.ofSeconds(1));
    web.store.turns().finish(result);
    web.store
        .webMessages()
        .answered(
            CHAT,
            new Answered(AnswerReplies.of(result, CodeDisplay.INLINE, List.of()), "", List.of()));
    return turn;
  }

  private String page(String path) throws Exception {
    HttpResponse<String> page = web.get(path);
    assertEquals(200, page.statusCode(), path);
    int bytes = page.body().getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < MOST_PAGE_BYTES, path + " has " + bytes + " bytes");
    return page.body();
  }

  private static long rows(String page) {
    return page.split("<tr>", -1).length - 1L - page.split("<thead>", -1).length + 1;
  }

  @Test
  void aLongTableIsDrawnInPartAndWholeOnItsOwnPages() throws Exception {
    long turn = computed(WebServer.PERSON, "squares", "print(1)", LONG_TABLE);
    for (String path : List.of("/c/" + turn, "/chat/" + WebServer.CHAT)) {
      String page = page(path);
      assertEquals(25, rows(page), path);
      assertTrue(page.contains("<a class=\"all-rows\" href=\"/c/" + turn + "/table/1\">"), page);
      assertFalse(page.contains("The first "), "a note says that the table is cut");
    }
    String first = page("/c/" + turn + "/table/1");
    assertEquals(100, rows(first));
    assertTrue(first.contains(">Page 1 of 30<"), first);
    assertTrue(page("/c/" + turn + "/table/1?page=30").contains("<td class=\"number\">3000</td>"));
    assertTrue(page("/c/" + turn + "/table/1?page=99").contains("<td class=\"number\">3000</td>"));
    JsonNode all = new ObjectMapper().readTree(web.get("/c/" + turn + "/table/1/rows.json").body());
    assertEquals(3_000, all.size());
    assertEquals("9000000", all.path(2_999).path(1).asText());
    assertEquals(3_001, web.get("/c/" + turn + "/table/1/table.csv").body().lines().count());
    for (String none :
        List.of("/table/0", "/table/2", "/table/x/rows.json", "/table/9/table.csv")) {
      assertEquals(404, web.get("/c/" + turn + none).statusCode(), none);
    }
  }

  @Test
  void whatIsLongIsCutAndSavedWhole() throws Exception {
    String output = "line of output\n".repeat(4_000);
    String code = "x = 1 + 2  # a comment\n".repeat(4_000);
    long turn = computed(WebServer.PERSON, "long", code, output);
    String page = page("/c/" + turn);
    assertTrue(page.contains("The first 200 of 4000 lines."), page);
    assertEquals(output, web.get("/c/" + turn + "/output.txt").body());
    assertEquals(code, web.get("/c/" + turn + "/code.py").body());
    page("/chat/" + WebServer.CHAT);
  }

  @Test
  void aLongConversationHasPagesThatLeadToEachOther() throws Exception {
    String code = "x = 1 + 2  # a comment\n".repeat(100);
    for (int i = 1; i <= 40; i++) {
      web.store
          .webMessages()
          .asked(CHAT, WebServer.PERSON.id(), "asked" + i, new Asked("question " + i, List.of()));
      computed(WebServer.PERSON, "question " + i, code, "answer " + i);
    }
    String page = page("/chat/" + WebServer.CHAT);
    assertTrue(page.contains("answer 40"), page);
    int pages = 1;
    Matcher earlier = Pattern.compile("href=\"(/chat/[0-9a-f]+\\?to=\\d+)\"").matcher(page);
    while (earlier.find()) {
      page = page(earlier.group(1));
      pages++;
      earlier.reset(page);
    }
    assertTrue(page.contains("what is it?"), page);
    assertTrue(pages > 2, pages + " pages");
  }

  @Test
  void whatWasFoundLeadsToItsPlace() throws Exception {
    computed(WebServer.PERSON, "squares", "print(1)", "words\n".repeat(500) + "the <needle>");
    String found = page("/search?q=Needle");
    assertTrue(found.contains("the &lt;needle&gt;"), found);
    Matcher link = Pattern.compile("href=\"(/chat/[^\"#]+)#(m\\d+)\"").matcher(found);
    assertTrue(link.find(), found);
    assertTrue(page(link.group(1).replace("&amp;", "&")).contains("id=\"" + link.group(2) + "\""));
  }

  @Test
  void nothingOfAForeignComputationIsServed() throws Exception {
    Person other = new Person("slack/T1/U1", "Bob", Person.Role.MEMBER);
    long theirs = computed(other, "secret", "print('secret')", LONG_TABLE);
    for (String part :
        List.of(
            "",
            "/code.py",
            "/output.txt",
            "/answer.md",
            "/table/1",
            "/table/1/rows.json",
            "/table/1/table.csv")) {
      HttpResponse<String> answer = web.get("/c/" + theirs + part);
      assertEquals(404, answer.statusCode(), part);
      assertFalse(answer.body().contains("secret"), part);
    }
  }
}
