package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.reckon.adapters.http.HeaderCheck;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Takes the updates that Telegram delivers. A request is answered with 200 only after its update is
 * persisted; any other answer makes Telegram deliver it again. What lacks the secret is refused by
 * its headers. Safe for any threads.
 */
final class Webhook implements HeaderCheck {
  /** Where on the shared server. */
  static final String PATH = "/telegram/webhook";

  static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";
  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

  private final byte[] secret;
  private final AlbumCollector albums;
  private final Map<String, OpenAlbum> open = new HashMap<>();
  private volatile @Nullable UpdateHandler intake;

  Webhook(String secret, AlbumCollector albums) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.albums = albums;
  }

  /** From now on updates are taken; before, Telegram is asked to come back. */
  void open(UpdateHandler intake) {
    this.intake = intake;
  }

  boolean isOpen() {
    return intake != null;
  }

  @Override
  public Optional<String> refusal(Function<String, Optional<String>> headers) {
    return headers.apply(SECRET_HEADER).filter(this::known).isPresent()
        ? Optional.empty()
        : Optional.of("the secret token does not match");
  }

  /** Answers one request that was not refused. */
  void handle(Context context) throws InterruptedException {
    UpdateHandler intake = this.intake;
    if (intake == null) {
      context.status(503).result("starting");
      return;
    }
    Update update;
    try {
      update = Updates.read(context.body());
    } catch (JsonProcessingException e) {
      LOG.warn("a webhook request is not an update in JSON and is ignored");
      context.status(400).result("not an update in JSON");
      return;
    }
    take(intake, update);
    context.result("");
  }

  private boolean known(String header) {
    return MessageDigest.isEqual(secret, header.getBytes(StandardCharsets.UTF_8));
  }

  private void take(UpdateHandler intake, Update update) throws InterruptedException {
    Optional<String> album = AlbumCollector.of(update);
    if (album.isEmpty()) {
      intake.take(update);
    } else {
      takePart(intake, album.get(), update.getMessage());
    }
  }

  /** Telegram delivers the parts side by side; each request waits until the album is whole. */
  private void takePart(UpdateHandler intake, String album, Message part)
      throws InterruptedException {
    OpenAlbum shared;
    synchronized (open) {
      shared = open.computeIfAbsent(album, key -> new OpenAlbum());
      shared.parts.put(part.getMessageId(), part);
    }
    List<Message> whole;
    do {
      Thread.sleep(albums.quiet());
      whole = whole(album, shared);
    } while (whole.isEmpty());
    intake.take(whole);
  }

  /** The parts in order, once they are all there: whichever request finds that closes the album. */
  private List<Message> whole(String album, OpenAlbum shared) {
    synchronized (open) {
      if (!shared.closed && albums.complete(album, shared.parts.size())) {
        shared.closed = true;
        open.remove(album);
      }
      return shared.closed ? List.copyOf(shared.parts.values()) : List.of();
    }
  }

  private static final class OpenAlbum {
    private final SortedMap<Integer, Message> parts = new TreeMap<>();
    private boolean closed;
  }
}
