package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.surface.SurfaceContract;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.WebMessages.Asked;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.ReplySurface;
import dev.reckon.core.surface.Surface;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replies as a browser shows them, read from the page over HTTP. */
class WebSurfaceTest extends SurfaceContract {
  private static final ConversationId CHAT = new ConversationId("web/" + WebServer.CHAT);
  private static final Pattern ARTICLE =
      Pattern.compile("<article[^>]*class=\"answered.*?</article>", Pattern.DOTALL);
  private static final Pattern LINK =
      Pattern.compile("<a class=\"chip\" href=\"([^\"]+)\" download=\"([^\"]*)\"");
  private static final Pattern PICTURE = Pattern.compile("<img src=\"([^\"]+)\" alt=\"([^\"]*)\"");

  @TempDir Path folder;
  private WebServer web;
  private Surface surface;
  private final AtomicBoolean picturesRefused = new AtomicBoolean();
  private final List<String> mistakes = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    web = new WebServer(folder).signIn();
    web.store.webMessages().asked(CHAT, WebServer.PERSON.id(), "k", new Asked("asked", List.of()));
    surface =
        new WebSurface(
            web.store.webMessages(),
            new OpenPages(1, 1),
            content -> !picturesRefused.get() && WebDisplay.isPicture(content));
  }

  @AfterEach
  void close() {
    web.close();
  }

  private String page() {
    try {
      HttpResponse<String> page = web.get("/chat/" + WebServer.CHAT);
      if (page.statusCode() != 200) {
        mistakes.add(page.statusCode() + " " + page.body());
      }
      return page.body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<String> articles() {
    return ARTICLE.matcher(page()).results().map(found -> found.group()).toList();
  }

  private static String text(String markup) {
    return markup
        .replaceAll("<[^>]*>", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  @Override
  protected Surface surface() {
    return surface;
  }

  @Override
  protected Address group() {
    return WebSurface.address(CHAT);
  }

  @Override
  protected Person asker() {
    return WebServer.PERSON;
  }

  @Override
  protected List<String> messages() {
    return articles().stream().map(WebSurfaceTest::text).toList();
  }

  @Override
  protected Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Matcher link = LINK.matcher(page());
    while (link.find()) {
      files.put(text(link.group(2)), content(text(link.group(1))));
    }
    return files;
  }

  /** The page's files are read from the store; those of the contract are in none. */
  private byte[] content(String address) {
    try {
      HttpResponse<byte[]> file = web.bytes(address);
      if (file.statusCode() == 200) {
        return file.body();
      }
      return address.contains(".png") ? picture() : "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected List<String> pictures() {
    return PICTURE.matcher(page()).results().map(found -> text(found.group(2))).toList();
  }

  @Override
  protected void refusePictures() {
    picturesRefused.set(true);
  }

  @Override
  protected int uploads() {
    return (int) LINK.matcher(page()).results().count();
  }

  @Override
  protected boolean notifies(Person person) {
    return articles().getLast().contains("data-mention=\"you\"");
  }

  @Override
  protected List<String> buttons() {
    String last = articles().getLast().replaceAll("<div class=\"menu\">.*?</div>", "");
    return Pattern.compile(
            "<button class=\"press\"[^>]*?(?: data-label=\"([^\"]*)\")?>([^<]*)<"
                + "|<summary aria-label=\"More\">([^<]*)<")
        .matcher(last)
        .results()
        .map(
            found ->
                Stream.of(1, 2, 3)
                    .map(found::group)
                    .filter(text -> text != null && !text.isEmpty())
                    .findFirst()
                    .orElse("a button without a label"))
        .toList();
  }

  @Override
  protected void limitNext(Duration pause) {
    throw new UnsupportedOperationException("there is no platform that could ask for a pause");
  }

  @Override
  protected List<String> mistakes() {
    return mistakes;
  }

  /** Nobody limits the rate here; what can be away is the store, and the core tries again. */
  @Test
  @Override
  protected void aPauseThatThePlatformAsksForReachesTheCore() {
    web.store.close();
    DeliveryException away =
        assertThrows(
            DeliveryException.class,
            () ->
                surface.post(
                    group(),
                    answer(Reply.Kind.VERIFIED, new Block.Output("x\ny", 0)),
                    Optional.empty(),
                    id -> Optional.empty(),
                    receipt -> {}));
    assertTrue(away.isPassing());
  }

  @Test
  void aReplyToADeletedConversationIsGivenUp() throws Exception {
    ReplySurface.FileContents none = id -> Optional.empty();
    Reply reply = answer(Reply.Kind.VERIFIED, new Block.Output("x\ny", 0));
    MessageRef posted = surface.post(group(), reply, Optional.empty(), none, receipt -> {});
    web.store.webMessages().delete(CHAT, WebServer.PERSON.id());
    DeliveryException gone =
        assertThrows(
            DeliveryException.class,
            () -> surface.edit(group(), posted, reply, none, receipt -> {}));
    assertEquals(DeliveryException.Kind.MESSAGE_GONE, gone.kind());
    DeliveryException place =
        assertThrows(
            DeliveryException.class,
            () -> surface.post(group(), reply, Optional.empty(), none, receipt -> {}));
    assertEquals(DeliveryException.Kind.PLACE_GONE, place.kind());
  }
}
