package dev.reckon.adapters.telegram;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.adapters.telegram.Markup.Tag;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.render.ButtonLayout;
import dev.reckon.core.surface.render.ResumableSender;
import dev.reckon.core.surface.render.Upload;
import java.util.List;

/** One chat as the resumable sender sees it. */
record ChatPort(MessageSender sender, Chat chat)
    implements ResumableSender.Port<RenderedReply.Message> {
  @Override
  public String post(RenderedReply.Message message) throws DeliveryException, InterruptedException {
    return String.valueOf(sender.post(chat, message.text(), message.buttons()));
  }

  @Override
  public void edit(String id, RenderedReply.Message message)
      throws DeliveryException, InterruptedException {
    sender.edit(chat, Integer.parseInt(id), message.text(), message.buttons());
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
