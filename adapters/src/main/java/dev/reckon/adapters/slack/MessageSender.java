package dev.reckon.adapters.slack;

import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.ReplySurface.FileContents;
import dev.reckon.core.surface.ReplySurface.Receipts;
import dev.reckon.core.surface.render.Receipt;
import dev.reckon.core.surface.render.ResumableSender;
import dev.reckon.core.surface.render.Upload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends replies. Where Reckon is no member of a channel, the asker alone gets the answer, by the
 * response address of the command or button; when that has expired, as a direct message. What
 * Slack's blocks do not take is sent once more in words.
 */
final class MessageSender {
  private static final Logger LOG = LoggerFactory.getLogger(MessageSender.class);

  /** Marks, among a private message's files, that the answer itself has been sent. */
  private static final String ANSWER = "answer";

  private final SlackApi api;
  private final SlackFiles files;
  private final Pictures pictures;
  private final ProgressStreams streams;

  private final KnownBlocks blocks = new KnownBlocks();

  MessageSender(SlackApi api, SlackFiles files, ProgressStreams streams) {
    this.api = api;
    this.files = files;
    this.pictures = new Pictures(api, files);
    this.streams = streams;
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
      if (reply.kind() == Reply.Kind.WORKING) {
        Optional<SentParts> stream = streams.start(shown, reply);
        if (stream.isPresent()) {
          receipts.sent(stream.get().ref());
          return stream.get().ref();
        }
      }
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
      Optional<String> named =
          switch (place.audience()) {
            case SHARED -> Optional.of(place.user());
            case CHANNEL, DIRECT -> mention;
            case ASKER -> Optional.empty();
          };
      SentParts illustrated = illustrate(shown, sent, reply, named, contents, receipts);
      return followUp(place, illustrated, reply, contents, receipts);
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
        SentParts updated = update(sent, shown, reply, Optional.empty());
        SentParts illustrated =
            illustrate(shown, updated, reply, Optional.empty(), contents, receipts);
        return followUp(place, illustrated, reply, contents, receipts);
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
    try {
      return orPlainer(
          reply,
          place,
          form -> drawn(reply, asker, Optional.empty(), form),
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
    try {
      return orPlainer(
          reply,
          place,
          form -> drawn(reply, place, mention, form),
          each -> api.post(place.channel(), place.thread(), each));
    } catch (SlackFailure e) {
      if (e.notMember() && !place.responseUrl().isEmpty()) {
        return privately(place, reply);
      }
      throw e;
    }
  }

  private SentParts privately(SlackTarget place, Reply reply) throws SlackFailure {
    SlackTarget asker = place.to(SlackTarget.Audience.ASKER);
    try {
      SentParts sent =
          orPlainer(
              reply,
              place,
              form -> drawn(reply, asker, Optional.empty(), form),
              each -> {
                api.respond(place.responseUrl(), each, false);
                return SentParts.toAskerOnly(place.channel());
              });
      return reply.kind() == Reply.Kind.WORKING ? sent : sent.with(ANSWER);
    } catch (SlackFailure e) {
      if (e.meaning().kind() != DeliveryException.Kind.MESSAGE_GONE) {
        throw e;
      }
      LOG.info("the response address has expired; the answer goes to a direct message");
      SlackTarget direct = place.withRequest("").to(SlackTarget.Audience.DIRECT);
      return orPlainer(
          reply,
          direct,
          form -> drawn(reply, direct, Optional.empty(), form),
          each -> api.post(place.user(), "", each));
    }
  }

  private SentParts share(SlackTarget place, Reply reply) throws SlackFailure {
    Function<BlockSupport, BlockMessage> message =
        form -> drawn(reply, place.withRequest(""), Optional.of(place.user()), form);
    try {
      return orPlainer(reply, place, message, each -> api.post(place.channel(), "", each));
    } catch (SlackFailure e) {
      if (!e.notMember() || place.responseUrl().isEmpty()) {
        throw e;
      }
      return orPlainer(
          reply,
          place,
          message,
          each -> {
            api.respond(place.responseUrl(), each, true);
            return SentParts.toAskerOnly(place.channel()).with(ANSWER);
          });
    }
  }

  /**
   * Puts the pictures that Slack does not have yet into the message. What only the asker sees
   * cannot be changed: pictures follow it as files, in a direct message.
   */
  private SentParts illustrate(
      SlackTarget place,
      SentParts sent,
      Reply reply,
      Optional<String> mention,
      FileContents contents,
      Receipts receipts)
      throws SlackFailure, InterruptedException {
    List<Upload.Picture> drawn = ReplyRenderer.render(reply, place, mention).pictures();
    if (drawn.isEmpty() || !sent.editable()) {
      return sent;
    }
    SentParts now = pictures.upload(sent, drawn, contents, soFar -> receipts.sent(soFar.ref()));
    return now.equals(sent) ? sent : update(now, place, reply, mention);
  }

  /** Changes the message, without its pictures where Slack does not show those. */
  private SentParts update(SentParts sent, SlackTarget place, Reply reply, Optional<String> mention)
      throws SlackFailure {
    if (!sent.pictures().isEmpty()) {
      try {
        BlockMessage shown =
            ReplyRenderer.render(
                    reply, place, mention, sent.pictures(), blocks.in(place.conversation()))
                .message();
        change(sent, place, reply, shown);
        return sent;
      } catch (SlackFailure e) {
        if (e.meaning().kind() != DeliveryException.Kind.REFUSED) {
          throw e;
        }
        LOG.warn("Slack does not show the pictures of a reply ({}); they are shared", e.code());
      }
    }
    SentParts plain = sent.withoutPictures();
    return orPlainer(
        reply,
        place,
        form -> drawn(reply, place, mention, form),
        each -> {
          boolean streamed =
              reply.kind() == Reply.Kind.WORKING
                  ? streams.show(sent, reply)
                  : streams.end(sent, reply, ending(each, place));
          if (!streamed) {
            change(sent, place, reply, each);
          }
          return plain;
        });
  }

  /** What a stream ends with: who asked stands at its beginning already. */
  private static BlockMessage ending(BlockMessage message, SlackTarget place) {
    boolean saysWhoAsked = !place.request().isEmpty() && message.layout().size() > 1;
    return saysWhoAsked ? message.withoutFirst() : message;
  }

  /** Edits a message; where that is a stream of an earlier process, it is closed first. */
  private void change(SentParts sent, SlackTarget place, Reply reply, BlockMessage message)
      throws SlackFailure {
    try {
      api.update(sent.channel(), sent.ts(), message);
    } catch (SlackFailure e) {
      if (!e.code().equals("streaming_state_conflict")) {
        throw e;
      }
      streams.close(sent);
      api.update(sent.channel(), sent.ts(), message);
    }
    if (reply.kind() != Reply.Kind.WORKING) {
      streams.answered(sent, place);
    }
  }

  private static BlockMessage drawn(
      Reply reply, SlackTarget place, Optional<String> mention, BlockSupport form) {
    return ReplyRenderer.render(reply, place, mention, Map.of(), form).message();
  }

  /** With every block that Slack draws, with fewer of them, or in words: as much as it takes. */
  private SentParts orPlainer(
      Reply reply, SlackTarget place, Function<BlockSupport, BlockMessage> message, Send send)
      throws SlackFailure {
    Optional<BlockSupport> refused = Optional.empty();
    Optional<BlockSupport> tried = Optional.of(blocks.in(place.conversation()));
    while (tried.isPresent()) {
      BlockSupport form = tried.get();
      BlockMessage drawn = message.apply(form);
      Optional<SentParts> sent = unlessRefused(drawn, send);
      if (sent.isPresent()) {
        blocks.taken(drawn);
        refused.ifPresent(last -> blocks.plainer(place.conversation(), last, form));
        return sent.get();
      }
      refused = tried;
      tried = form.plainer(drawn);
    }
    LOG.warn("Slack does not accept the blocks of a reply; it is sent as text");
    return send.with(ReplyRenderer.plain(reply, place));
  }

  private static Optional<SentParts> unlessRefused(BlockMessage message, Send send)
      throws SlackFailure {
    try {
      return Optional.of(send.with(message));
    } catch (SlackFailure e) {
      if (e.meaning().kind() != DeliveryException.Kind.REFUSED) {
        throw e;
      }
      LOG.info("Slack refuses the blocks of a reply: {}", e.code());
      return Optional.empty();
    }
  }

  /** Sends the files that are not there yet; each is reported before the next. */
  private MessageRef followUp(
      SlackTarget place, SentParts message, Reply reply, FileContents contents, Receipts receipts)
      throws DeliveryException, InterruptedException {
    boolean answered = message.files().contains(ANSWER);
    Receipt there = message.receipt(ANSWER);
    BlockSupport support = blocks.in(place.conversation());
    List<Upload> uploads =
        ReplyRenderer.render(reply, place, Optional.empty(), Map.of(), support).uploads().stream()
            .filter(upload -> !message.pictures().containsKey(upload.key()))
            .toList();
    if (uploads.isEmpty() && there.files().isEmpty()) {
      return message.ref();
    }
    var sender =
        new ResumableSender<>(
            new FollowingFiles(api, files, place, message),
            contents,
            receipt -> receipts.sent(message.with(receipt, answered ? ANSWER : "").ref()));
    Receipt now = sender.files(there, uploads);
    return message.with(now, answered ? ANSWER : "").ref();
  }

  /** One way of sending a message. */
  @FunctionalInterface
  private interface Send {
    SentParts with(BlockMessage message) throws SlackFailure;
  }
}
