package dev.reckon.adapters.slack;

import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.render.ResumableSender;
import dev.reckon.core.surface.render.Upload;
import java.util.Optional;

/** Files after a message: in its thread, or for the asker alone in a direct message. */
record FollowingFiles(SlackApi api, SlackFiles files, SlackTarget place, SentParts sent)
    implements ResumableSender.Port<BlockMessage> {
  private String channel() throws SlackFailure {
    return sent.editable() ? sent.channel() : api.direct(place.user());
  }

  private String thread(String channel) {
    // An answer that went to direct messages instead has no thread there.
    boolean threaded = sent.editable() && channel.equals(place.channel());
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
