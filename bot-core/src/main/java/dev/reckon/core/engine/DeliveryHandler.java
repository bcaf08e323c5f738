package dev.reckon.core.engine;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnResult;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Takes one delivery to its end: files, words, turn, reply. */
final class DeliveryHandler {
  private final Store store;
  private final TurnRunner runner;
  private final RequestBuilder requests;
  private final Admission admission;

  DeliveryHandler(Store store, TurnRunner runner, RequestBuilder requests, Admission admission) {
    this.store = store;
    this.runner = runner;
    this.requests = requests;
    this.admission = admission;
  }

  Handled request(Delivery delivery, Consumer<TurnEvent> listener) {
    Incoming incoming = delivery.incoming();
    String text = incoming.content() instanceof Content.Words words ? words.text() : "";
    Set<String> attached = attach(incoming);
    TurnRecord record =
        store
            .turns()
            .begin(
                incoming.conversation(),
                OptionalLong.of(delivery.seq()),
                incoming.person(),
                TurnKind.REQUEST,
                text);
    TurnResult result =
        runner.run(record, () -> requests.words(incoming, text, attached, null), listener);
    store.transact(
        () -> {
          store.turns().finish(result);
          store.deliveries().handled(delivery.seq());
        });
    admission.finished(incoming.delivery());
    return new Handled(Replies.of(result, true, List.of()), result);
  }

  private Set<String> attach(Incoming incoming) {
    Set<String> names = new HashSet<>();
    for (Attachment attachment : incoming.attachments()) {
      if (attachment instanceof Attachment.Inline inline) {
        String name = FileNaming.clean(inline.name());
        store.files().put(incoming.conversation(), name, inline.content(), 0);
        names.add(name);
      }
    }
    return names;
  }
}
