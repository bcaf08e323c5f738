package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.files.PastedTables;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.TurnKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns tables that were pasted into a request into attached files, before it is kept. */
final class PastedContent {
  private PastedContent() {}

  /** The same where there is no table, or where the text is a command, a program for example. */
  static Incoming attached(Incoming incoming, Interpreter interpreter) {
    return switch (incoming.content()) {
      case Content.Text words
          when interpreter.expects(incoming).equals(Optional.of(TurnKind.REQUEST)) ->
          request(incoming);
      case Content.Edited edited
          when interpreter
              .expects(with(incoming, new Content.Text(edited.text(), edited.command()), List.of()))
              .equals(Optional.of(TurnKind.REQUEST)) ->
          request(incoming);
      default -> incoming;
    };
  }

  /** The same for what is a request in any case. */
  static Incoming request(Incoming incoming) {
    return switch (incoming.content()) {
      case Content.Text(String text, boolean command) -> {
        PastedTables.Found found = PastedTables.in(text);
        yield with(incoming, new Content.Text(found.text(), command), found.tables());
      }
      case Content.Edited(String delivery, String text, boolean command, boolean atOnce) -> {
        PastedTables.Found found = PastedTables.in(text);
        yield with(
            incoming, new Content.Edited(delivery, found.text(), command, atOnce), found.tables());
      }
      default -> incoming;
    };
  }

  private static Incoming with(Incoming incoming, Content content, List<Attachment> tables) {
    List<Attachment> all = new ArrayList<>(incoming.attachments());
    all.addAll(tables);
    return new Incoming(
        incoming.delivery(),
        incoming.conversation(),
        incoming.team(),
        incoming.person(),
        incoming.address(),
        content,
        all,
        incoming.sentAt(),
        incoming.language());
  }
}
