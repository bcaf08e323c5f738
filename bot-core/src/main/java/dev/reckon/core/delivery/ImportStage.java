package dev.reckon.core.delivery;

import dev.reckon.core.files.AttachmentException;
import dev.reckon.core.files.AttachmentImporter;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Imported;
import dev.reckon.core.store.Deliveries.Stage;
import java.util.List;

/** Brings the files of an admitted delivery into its conversation. */
final class ImportStage {
  private final Deliveries deliveries;
  private final AttachmentImporter importer;

  ImportStage(Deliveries deliveries, AttachmentImporter importer) {
    this.deliveries = deliveries;
    this.importer = importer;
  }

  /**
   * Imports what is not imported yet; a delivery without files keeps its stage.
   *
   * @throws AttachmentException when a file cannot be fetched
   */
  Imported perform(Delivery delivery) throws AttachmentException, InterruptedException {
    if (delivery.incoming().attachments().isEmpty()) {
      return new Imported(List.of(), List.of());
    }
    if (delivery.stage() == Stage.ENRICHED) {
      deliveries.reached(delivery.seq(), Stage.ADMITTED);
    }
    Imported imported = importer.importAll(delivery);
    if (delivery.stage() != Stage.IMPORTED) {
      deliveries.reached(delivery.seq(), Stage.IMPORTED);
    }
    return imported;
  }
}
