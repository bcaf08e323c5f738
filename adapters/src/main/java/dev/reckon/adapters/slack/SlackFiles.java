package dev.reckon.adapters.slack;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import com.slack.api.model.File;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Files in and out of Slack. The token goes to Slack's own hosts only, and never along with a
 * redirect.
 */
final class SlackFiles {
  private final SlackApi api;
  private final SlackSettings settings;
  private final OkHttpClient plain;

  SlackFiles(SlackApi api, SlackSettings settings) {
    this.api = api;
    this.settings = settings;
    this.plain =
        api.slack().getHttpClient().getOkHttpClient().newBuilder().followRedirects(false).build();
  }

  /** Downloads a file that came with a message, up to {@code most} bytes. */
  byte[] fetch(Attachment.Remote attachment, long most) throws DeliveryException, SlackFailure {
    FileReference reference = FileReference.of(attachment.reference());
    if (reference.service().isPresent()) {
      throw new DeliveryException(
          Kind.REFUSED,
          "%s is a link to %s, which Reckon cannot open; download it there (a sheet as .xlsx or CSV) and upload the file here"
              .formatted(attachment.name(), reference.service().get()));
    }
    String url = reference.url();
    if (url.isEmpty()) {
      File file = api.file(reference.id());
      url = file.getUrlPrivateDownload() == null ? "" : file.getUrlPrivateDownload();
    }
    return download(attachment.name(), url, most);
  }

  private byte[] download(String name, String url, long most)
      throws DeliveryException, SlackFailure {
    HttpUrl address = HttpUrl.parse(url);
    if (address == null || !mayHaveToken(address)) {
      throw new DeliveryException(
          Kind.REFUSED, "%s is kept outside of Slack; upload the file itself".formatted(name));
    }
    Request request =
        new Request.Builder().url(address).header("Authorization", "Bearer " + api.token()).build();
    try (Response response = plain.newCall(request).execute()) {
      if (response.isRedirect() || isLoginPage(name, response)) {
        throw new DeliveryException(
            Kind.FORBIDDEN,
            "Slack gave a login page instead of %s: the scope files:read is missing; add it and install the app again"
                .formatted(name));
      }
      if (response.code() == 404 || response.code() == 410) {
        throw new DeliveryException(Kind.REFUSED, name + " is no longer in Slack; upload it again");
      }
      if (!response.isSuccessful()) {
        throw SlackFailure.ofStatus("download of " + name, response, "");
      }
      byte[] content =
          response.body().byteStream().readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
      if (content.length > most) {
        throw new DeliveryException(
            Kind.REFUSED, "%s is larger than the limit of %,d bytes".formatted(name, most));
      }
      return content;
    } catch (IOException e) {
      throw SlackFailure.of("download of " + name, e);
    }
  }

  private static boolean isLoginPage(String name, Response response) {
    String type = String.valueOf(response.header("Content-Type")).toLowerCase(Locale.ROOT);
    String lower = name.toLowerCase(Locale.ROOT);
    return type.startsWith("text/html") && !lower.endsWith(".html") && !lower.endsWith(".htm");
  }

  /** Slack's own hosts over HTTPS, or the host that every call goes to by configuration. */
  private boolean mayHaveToken(HttpUrl address) {
    URI home = settings.apiUrl();
    boolean slacks =
        address.isHttps()
            && List.of("slack.com", "slack-gov.com", "slack-files.com").stream()
                .anyMatch(h -> address.host().equals(h) || address.host().endsWith("." + h));
    int port = home.getPort() < 0 ? HttpUrl.defaultPort(home.getScheme()) : home.getPort();
    boolean configured =
        address.host().equals(home.getHost())
            && address.port() == port
            && address.scheme().equals(home.getScheme());
    return slacks || configured;
  }

  /**
   * Uploads a file into a channel or thread. Python becomes a snippet, which Slack shows folded.
   *
   * @param channel empty to keep it where only the bot and the messages that show it find it
   * @return the file's id
   */
  String upload(String channel, String thread, String name, byte[] content) throws SlackFailure {
    String snippet = name.endsWith(".py") ? "python" : null;
    FilesGetUploadURLExternalResponse place =
        api.call(
            "files.getUploadURLExternal",
            m ->
                m.filesGetUploadURLExternal(
                    r -> r.filename(name).length(content.length).snippetType(snippet)));
    Request request =
        new Request.Builder().url(place.getUploadUrl()).post(RequestBody.create(content)).build();
    try (Response response = plain.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw SlackFailure.ofStatus("upload of " + name, response, "");
      }
    } catch (IOException e) {
      throw SlackFailure.of("upload of " + name, e);
    }
    api.call(
        "files.completeUploadExternal", m -> complete(m, place.getFileId(), name, channel, thread));
    return place.getFileId();
  }

  private static com.slack.api.methods.response.files.FilesCompleteUploadExternalResponse complete(
      MethodsClient methods, String id, String name, String channel, String thread)
      throws IOException, SlackApiException {
    var file =
        com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails.builder()
            .id(id)
            .title(name)
            .build();
    return methods.filesCompleteUploadExternal(
        r ->
            r.files(List.of(file))
                .channelId(channel.isEmpty() ? null : channel)
                .threadTs(thread.isEmpty() ? null : thread));
  }
}
