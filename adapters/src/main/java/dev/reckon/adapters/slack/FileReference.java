package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.File;
import dev.reckon.core.message.Attachment;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * A file as an attachment's reference names it: {@code F1 https://...}, without the address where
 * Slack wants to be asked for it.
 *
 * @param id Slack's id of the file
 * @param url where its content is, or empty
 */
record FileReference(String id, String url) {
  static FileReference of(String reference) {
    int space = reference.indexOf(' ');
    return space < 0
        ? new FileReference(reference, "")
        : new FileReference(reference.substring(0, space), reference.substring(space + 1));
  }

  private Attachment.Remote attachment(String name, long bytes) {
    String reference = url.isEmpty() ? id : id + " " + url;
    return new Attachment.Remote(name.isBlank() ? id : name, reference, bytes);
  }

  /** The files of a message as an event carries them; what was deleted is left out. */
  static List<Attachment> in(JsonNode message) {
    return StreamSupport.stream(message.path("files").spliterator(), false)
        .filter(file -> !file.path("mode").asText().equals("tombstone"))
        .map(
            file ->
                new FileReference(
                        file.path("id").asText(), file.path("url_private_download").asText())
                    .attachment(file.path("name").asText(), file.path("size").asLong(-1)))
        .<Attachment>map(attachment -> attachment)
        .toList();
  }

  static Attachment of(File file) {
    return new FileReference(
            file.getId(), Objects.requireNonNullElse(file.getUrlPrivateDownload(), ""))
        .attachment(
            Objects.requireNonNullElse(file.getName(), ""),
            file.getSize() == null ? -1 : file.getSize());
  }
}
