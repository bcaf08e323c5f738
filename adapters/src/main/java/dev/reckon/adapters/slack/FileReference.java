package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.File;
import dev.reckon.core.message.Attachment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A file as an attachment's reference names it: {@code F1 https://...}, or {@code T1/F1
 * https://...} of a workspace that installed the app, without the address where Slack wants to be
 * asked for it. A link into another service that was shared as a file has {@code external:} and the
 * service in place of the address.
 *
 * @param team the workspace whose token reads it; empty for that of the configured token
 * @param id Slack's id of the file
 * @param url where its content is, or empty
 */
record FileReference(String team, String id, String url) {
  private static final String EXTERNAL = "external:";

  static FileReference of(String reference) {
    int space = reference.indexOf(' ');
    String file = space < 0 ? reference : reference.substring(0, space);
    int slash = file.indexOf('/');
    return new FileReference(
        slash < 0 ? "" : file.substring(0, slash),
        file.substring(slash + 1),
        space < 0 ? "" : reference.substring(space + 1));
  }

  /** The same files, to be read by the token of that workspace. */
  static List<Attachment> of(String team, List<Attachment> files) {
    return files.stream()
        .map(
            file ->
                file instanceof Attachment.Remote remote && of(remote.reference()).team().isEmpty()
                    ? new Attachment.Remote(
                        remote.name(), team + "/" + remote.reference(), remote.bytes())
                    : file)
        .toList();
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
                new FileReference("", file.path("id").asText(), address(file))
                    .attachment(file.path("name").asText(), file.path("size").asLong(-1)))
        .<Attachment>map(attachment -> attachment)
        .toList();
  }

  private static String address(JsonNode file) {
    boolean external =
        file.path("is_external").asBoolean() || file.path("mode").asText().equals("external");
    return external
        ? EXTERNAL + file.path("external_type").asText()
        : file.path("url_private_download").asText();
  }

  static Attachment of(File file) {
    String address =
        file.isExternal()
            ? EXTERNAL + Objects.requireNonNullElse(file.getExternalType(), "")
            : Objects.requireNonNullElse(file.getUrlPrivateDownload(), "");
    return new FileReference("", file.getId(), address)
        .attachment(
            Objects.requireNonNullElse(file.getName(), ""),
            file.getSize() == null ? -1 : file.getSize());
  }

  /** Where the content is kept, if that is another service. */
  Optional<String> service() {
    return url.startsWith(EXTERNAL)
        ? Optional.of(
            switch (url.substring(EXTERNAL.length())) {
              case "gdrive", "google", "gdrive_comment" -> "Google Drive";
              case "onedrive", "onedrive_business" -> "OneDrive";
              case "sharepoint", "sharepoint_online" -> "SharePoint";
              case "dropbox" -> "Dropbox";
              case "box" -> "Box";
              default -> "another service";
            })
        : Optional.empty();
  }
}
