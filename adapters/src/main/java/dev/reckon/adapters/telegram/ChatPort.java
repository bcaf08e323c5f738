package dev.reckon.adapters.telegram;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.adapters.telegram.Markup.Tag;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.render.ButtonLayout;
import dev.reckon.core.surface.render.ResumableSender;
import dev.reckon.core.surface.render.Upload;
import java.util.List;

/**
 * One chat as the resumable sender sees it.
 *
 * @param richRefused is run when Telegram does not accept a rich message there
 */
record ChatPort(MessageSender sender, Chat chat, Runnable richRefused)
    implements ResumableSender.Port<RenderedReply.Message> {
  @Override
  public String post(RenderedReply.Message message) throws DeliveryException, InterruptedException {
    if (message.rich().isEmpty()) {
      return String.valueOf(sender.post(chat, message.text(), message.buttons()));
    }
    try {
      return String.valueOf(sender.postRich(chat, message.rich().get(), message.buttons()));
    } catch (DeliveryException e) {
      throw told(e);
    }
  }

  @Override
  public void edit(String id, RenderedReply.Message message)
      throws DeliveryException, InterruptedException {
    int number = Integer.parseInt(id);
    if (message.rich().isPresent()) {
      try {
        sender.editRich(chat, number, message.rich().get(), message.buttons());
      } catch (DeliveryException e) {
        throw told(e);
      }
    } else {
      sender.edit(chat, number, message.text(), message.buttons());
    }
  }

  private DeliveryException told(DeliveryException e) {
    if (MessageSender.isRefused(e)) {
      richRefused.run();
    }
    return e;
  }

  @Override
  public String upload(Upload upload, byte[] content)
      throws DeliveryException, InterruptedException {
    return String.valueOf(files().send(upload, content));
  }

  @Override
  public List<String> album(List<Upload.Picture> pictures, List<byte[]> contents)
      throws DeliveryException, InterruptedException {
    return files().album(pictures, contents).stream().map(String::valueOf).toList();
  }

  private FileSender files() {
    return new FileSender(sender, chat);
  }

  @Override
  public String note(String sentence) throws DeliveryException, InterruptedException {
    Span span = new Span(List.of(Tag.ITALIC), Markup.PROSE.text(sentence));
    return String.valueOf(sender.post(chat, List.of(span), ButtonLayout.NONE));
  }

  @Override
  public void remove(String id) throws DeliveryException, InterruptedException {
    sender.delete(chat, Integer.parseInt(id));
  }
}
