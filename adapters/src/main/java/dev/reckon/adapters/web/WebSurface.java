package dev.reckon.adapters.web;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.WebMessages;
import dev.reckon.core.store.WebMessages.Answered;
import dev.reckon.core.store.WebMessages.SentFile;
import dev.reckon.core.store.WebMessages.WebMessage;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import dev.reckon.core.surface.Pace;
import dev.reckon.core.surface.Surface;
import dev.reckon.core.surface.render.Receipt;
import dev.reckon.core.surface.render.ReplyLayout;
import dev.reckon.core.surface.render.ResumableSender;
import dev.reckon.core.surface.render.Upload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Replies for pages in the browser: kept in the store, from which pages are made, and announced to
 * pages that are open. A message's reference is its id. Safe for use by any number of threads.
 */
final class WebSurface implements Surface {
  static final String NAME = "web";

  /** An open page shows an edit at once, so an answer never needs a message of its own. */
  private static final Pace PACE =
      new Pace(Duration.ofMillis(100), Duration.ZERO, Duration.ofDays(365));

  private final WebMessages messages;
  private final OpenPages pages;
  private final Predicate<byte[]> picture;

  /**
   * A surface.
   *
   * @param picture whether browsers show these bytes
   */
  WebSurface(WebMessages messages, OpenPages pages, Predicate<byte[]> picture) {
    this.messages = messages;
    this.pages = pages;
    this.picture = picture;
  }

  /** Where replies to a conversation go. */
  static Address address(ConversationId conversation) {
    return new Address(NAME, conversation.value(), conversation.value(), true);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Pace pace(Address to) {
    return PACE;
  }

  @Override
  public byte[] fetch(Attachment.Remote attachment, long maxBytes) {
    throw new IllegalStateException("files from the browser come with their message");
  }

  @Override
  public MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return send(
        new Place(to, mention.map(Person::id).orElse("")), Receipt.NOTHING, reply, files, receipts);
  }

  @Override
  public MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    WebMessage there = answered(message.value());
    Answered before = there.body().answered();
    Map<String, String> sent = new LinkedHashMap<>();
    if (before != null) {
      before.sent().forEach(file -> sent.put(file.key(), receipt(file)));
    }
    Place place = new Place(at, "");
    place.id = message.value();
    return send(place, new Receipt(List.of(message.value()), sent), reply, files, receipts);
  }

  private MessageRef send(
      Place place, Receipt there, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    try {
      ReplyLayout layout = WebDisplay.layout(reply);
      new ResumableSender<Reply>(
              place,
              files,
              now -> {
                place.reported(now);
                receipts.sent(place.reference());
              })
          .send(there, List.of(reply), layout.uploads());
      return place.reference();
    } catch (StoreException e) {
      throw new DeliveryException(Kind.TRANSIENT, "the store does not answer: " + e.getMessage());
    } finally {
      pages.changed(new ConversationId(place.to.target()));
    }
  }

  private WebMessage answered(String id) throws DeliveryException {
    try {
      return messages
          .find(Long.parseLong(id))
          .filter(message -> message.body().answered() != null)
          .orElseThrow(() -> new DeliveryException(Kind.MESSAGE_GONE, "the message is gone"));
    } catch (NumberFormatException e) {
      throw new DeliveryException(Kind.MESSAGE_GONE, "no reference of ours: " + id);
    } catch (StoreException e) {
      throw new DeliveryException(Kind.TRANSIENT, "the store does not answer: " + e.getMessage());
    }
  }

  /** One message in the store, on its way to showing a reply. For use by one thread. */
  private final class Place implements ResumableSender.Port<Reply> {
    private final Address to;
    private final String mention;
    private String id = "";

    Place(Address to, String mention) {
      this.to = to;
      this.mention = mention;
    }

    MessageRef reference() {
      return new MessageRef(id);
    }

    @Override
    public String post(Reply reply) throws DeliveryException {
      id =
          messages
              .answered(new ConversationId(to.target()), new Answered(reply, mention, List.of()))
              .map(String::valueOf)
              .orElseThrow(
                  () -> new DeliveryException(Kind.PLACE_GONE, "the conversation was deleted"));
      return id;
    }

    @Override
    public void edit(String message, Reply reply) throws DeliveryException {
      Answered now = answered(id).body().answered();
      if (now == null
          || !messages.change(Long.parseLong(id), new Answered(reply, now.mention(), now.sent()))) {
        throw new DeliveryException(Kind.MESSAGE_GONE, "the message is gone");
      }
    }

    @Override
    public String upload(Upload upload, byte[] content) {
      boolean shown = upload instanceof Upload.Picture && picture.test(content);
      return (shown ? SentFile.Form.PICTURE : SentFile.Form.LINK).name();
    }

    @Override
    public String note(String sentence) {
      return SentFile.Form.NOTE.name() + " " + sentence;
    }

    @Override
    public void remove(String file) {
      // What is left is reported next.
    }

    /** Keeps what is shown of the reply's files. */
    void reported(Receipt now) {
      List<SentFile> sent = new ArrayList<>();
      now.files().forEach((key, receipt) -> sent.add(file(key, receipt)));
      messages
          .find(Long.parseLong(id))
          .map(message -> message.body().answered())
          .ifPresent(
              there ->
                  messages.change(
                      Long.parseLong(id), new Answered(there.reply(), there.mention(), sent)));
      pages.changed(new ConversationId(to.target()));
    }
  }

  /** What the sender remembers of a file: its form, and the sentence that stands for it. */
  private static String receipt(SentFile file) {
    return file.form() == SentFile.Form.NOTE
        ? file.form().name() + " " + file.note()
        : file.form().name();
  }

  private static SentFile file(String key, String receipt) {
    String[] parts = receipt.split(" ", 2);
    SentFile.Form form = SentFile.Form.valueOf(parts[0]);
    return new SentFile(key, form, parts.length > 1 ? parts[1] : "");
  }
}
