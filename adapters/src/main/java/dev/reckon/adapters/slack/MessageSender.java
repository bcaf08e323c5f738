package dev.reckon.adapters.slack;

import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Surface.FileContents;
import dev.reckon.core.surface.Surface.Receipts;
import dev.reckon.core.surface.render.Receipt;
import dev.reckon.core.surface.render.ResumableSender;
import dev.reckon.core.surface.render.Upload;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends replies. Where Reckon is no member of a channel, the asker alone gets the answer, by the
 * response address of the command or button; when that has expired, as a direct message. What
 * Slack's blocks do not take is sent once more in words.
 */
final class MessageSender {
  private static final Logger log = LoggerFactory.getLogger(MessageSender.class);

  /** Marks, among a private message's files, that the answer itself has been sent. */
  private static final String ANSWER = "answer";

  private final SlackApi api;
  private final SlackFiles files;

  MessageSender(SlackApi api, SlackFiles files) {
    this.api = api;
    this.files = files;
  }

  MessageRef post(
      SlackTarget place,
      Reply reply,
      Optional<String> mention,
      FileContents contents,
      Receipts receipts)
      throws DeliveryException, InterruptedException {
    SlackTarget shown = place.thread().isEmpty() ? place : place.withRequest("");
    try {
      SentParts sent =
          switch (place.audience()) {
            case ASKER -> privately(shown, reply);
            case SHARED -> share(shown, reply);
            case CHANNEL ->
                isAboutReckon(place, reply)
                    ? toAskerOnly(place, reply)
                    : publicly(shown, reply, mention);
            case DIRECT -> publicly(shown, reply, mention);
          };
      receipts.sent(sent.ref());
      return followUp(place, sent, reply, contents, receipts);
    } catch (SlackFailure e) {
      throw e.meaning();
    }
  }

  MessageRef edit(
      SlackTarget place, SentParts sent, Reply reply, FileContents contents, Receipts receipts)
      throws DeliveryException, InterruptedException {
    try {
      if (sent.editable()) {
        boolean first = place.thread().isEmpty() || place.thread().equals(sent.ts());
        SlackTarget shown = first ? place : place.withRequest("");
        update(sent, shown, reply);
        return followUp(place, sent, reply, contents, receipts);
      }
      boolean passing = reply.kind() == Reply.Kind.NOTICE && reply.turn() > 0;
      if (reply.kind() == Reply.Kind.WORKING || passing) {
        // Only the asker sees it, it cannot be changed, and Slack takes five answers in all.
        return sent.ref();
      }
      SentParts answered = sent;
      if (!sent.files().contains(ANSWER)) {
        answered = privately(place, reply);
        receipts.sent(answered.ref());
      }
      return followUp(place, answered, reply, contents, receipts);
    } catch (SlackFailure e) {
      throw e.meaning();
    }
  }

  void whisper(SlackTarget place, String user, Reply reply) throws DeliveryException {
    BlockMessage message =
        ReplyRenderer.render(reply, place.withRequest(""), Optional.empty()).message();
    try {
      try {
        api.ephemeral(place, user, message);
      } catch (SlackFailure e) {
        if (!e.notMember()) {
          throw e;
        }
        if (place.responseUrl().isEmpty()) {
          api.post(user, "", message);
        } else {
          api.respond(place.responseUrl(), message, false);
        }
      }
    } catch (SlackFailure e) {
      throw e.meaning();
    }
  }

  /**
   * Whether a command in a channel is answered with words about Reckon itself: help, settings, a
   * refusal. Nobody else there wants to read them, and no thread is begun by them.
   */
  private static boolean isAboutReckon(SlackTarget place, Reply reply) {
    boolean words = reply.kind() == Reply.Kind.NOTICE || reply.kind() == Reply.Kind.REFUSED;
    return words && reply.turn() == 0 && place.thread().isEmpty() && !place.responseUrl().isEmpty();
  }

  private SentParts toAskerOnly(SlackTarget place, Reply reply) throws SlackFailure {
    SlackTarget asker = place.withRequest("");
    BlockMessage message = ReplyRenderer.render(reply, asker, Optional.empty()).message();
    try {
      return orPlainer(
          reply,
          place,
          message,
          each -> {
            api.ephemeral(place, place.user(), each);
            return SentParts.toAskerOnly(place.channel()).with(ANSWER);
          });
    } catch (SlackFailure e) {
      if (e.notMember()) {
        return privately(place, reply);
      }
      throw e;
    }
  }

  private SentParts publicly(SlackTarget place, Reply reply, Optional<String> mention)
      throws SlackFailure {
    BlockMessage message = ReplyRenderer.render(reply, place, mention).message();
    try {
      return orPlainer(
          reply, place, message, each -> api.post(place.channel(), place.thread(), each));
    } catch (SlackFailure e) {
      if (e.notMember() && !place.responseUrl().isEmpty()) {
        return privately(place, reply);
      }
      throw e;
    }
  }

  private SentParts privately(SlackTarget place, Reply reply) throws SlackFailure {
    SlackTarget asker = place.to(SlackTarget.Audience.ASKER);
    BlockMessage message = ReplyRenderer.render(reply, asker, Optional.empty()).message();
    try {
      SentParts sent =
          orPlainer(
              reply,
              place,
              message,
              each -> {
                api.respond(place.responseUrl(), each, false);
                return SentParts.toAskerOnly(place.channel());
              });
      return reply.kind() == Reply.Kind.WORKING ? sent : sent.with(ANSWER);
    } catch (SlackFailure e) {
      if (e.meaning().kind() != DeliveryException.Kind.MESSAGE_GONE) {
        throw e;
      }
      log.info("the response address has expired; the answer goes to a direct message");
      SlackTarget direct = place.withRequest("").to(SlackTarget.Audience.DIRECT);
      return api.post(
          place.user(), "", ReplyRenderer.render(reply, direct, Optional.empty()).message());
    }
  }

  private SentParts share(SlackTarget place, Reply reply) throws SlackFailure {
    BlockMessage message =
        ReplyRenderer.render(reply, place.withRequest(""), Optional.of(place.user())).message();
    try {
      return orPlainer(reply, place, message, each -> api.post(place.channel(), "", each));
    } catch (SlackFailure e) {
      if (!e.notMember() || place.responseUrl().isEmpty()) {
        throw e;
      }
      api.respond(place.responseUrl(), message, true);
      return SentParts.toAskerOnly(place.channel()).with(ANSWER);
    }
  }

  private void update(SentParts sent, SlackTarget place, Reply reply) throws SlackFailure {
    orPlainer(
        reply,
        place,
        ReplyRenderer.render(reply, place, Optional.empty()).message(),
        each -> {
          api.update(sent.channel(), sent.ts(), each);
          return sent;
        });
  }

  private static SentParts orPlainer(
      Reply reply, SlackTarget place, BlockMessage message, Send send) throws SlackFailure {
    try {
      return send.with(message);
    } catch (SlackFailure e) {
      if (e.meaning().kind() != DeliveryException.Kind.REFUSED) {
        throw e;
      }
      log.warn("Slack does not take the blocks of a reply ({}); it is sent in words", e.code());
      return send.with(ReplyRenderer.plain(reply, place));
    }
  }

  /** Sends the files that are not there yet; each is reported before the next. */
  private MessageRef followUp(
      SlackTarget place, SentParts message, Reply reply, FileContents contents, Receipts receipts)
      throws DeliveryException, InterruptedException {
    boolean answered = message.files().contains(ANSWER);
    Receipt there = message.receipt(ANSWER);
    List<Upload> uploads = ReplyRenderer.render(reply, place, Optional.empty()).uploads();
    if (uploads.isEmpty() && there.files().isEmpty()) {
      return message.ref();
    }
    var sender =
        new ResumableSender<>(
            new FilesPort(place, message),
            contents,
            receipt -> receipts.sent(message.with(receipt, answered ? ANSWER : "").ref()));
    Receipt now = sender.files(there, uploads);
    return message.with(now, answered ? ANSWER : "").ref();
  }

  /** Files after a message: in its thread, or for the asker alone in a direct message. */
  private final class FilesPort implements ResumableSender.Port<BlockMessage> {
    private final SlackTarget place;
    private final SentParts sent;

    FilesPort(SlackTarget place, SentParts sent) {
      this.place = place;
      this.sent = sent;
    }

    private String channel() throws SlackFailure {
      return sent.editable() ? sent.channel() : api.direct(place.user());
    }

    private String thread(String channel) {
      boolean threaded = sent.editable() && !SlackIds.isDirect(channel);
      return threaded ? (place.thread().isEmpty() ? sent.ts() : place.thread()) : "";
    }

    @Override
    public String post(BlockMessage message) throws DeliveryException {
      try {
        String channel = channel();
        return api.post(channel, thread(channel), message).ts();
      } catch (SlackFailure e) {
        throw e.meaning();
      }
    }

    @Override
    public void edit(String id, BlockMessage message) throws DeliveryException {
      try {
        api.update(channel(), id, message);
      } catch (SlackFailure e) {
        throw e.meaning();
      }
    }

    @Override
    public String upload(Upload upload, byte[] content) throws DeliveryException {
      try {
        String channel = channel();
        files.upload(channel, thread(channel), upload.name(), content);
        return "";
      } catch (SlackFailure e) {
        throw e.meaning();
      }
    }

    @Override
    public String note(String sentence) throws DeliveryException {
      return post(
          ReplyRenderer.render(Reply.notice(sentence), place.withRequest(""), Optional.empty())
              .message());
    }

    /** A file that was uploaded stays: Slack gives no message id for it. */
    @Override
    public void remove(String id) {}
  }

  /** One way of sending a message. */
  @FunctionalInterface
  private interface Send {
    SentParts with(BlockMessage message) throws SlackFailure;
  }
}
