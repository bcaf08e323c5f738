package dev.reckon.adapters.telegram;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.api.methods.GetFile;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMediaGroup;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.methods.updates.SetWebhook;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/** Calls the Bot API. Every failure is a {@link TelegramFailure}. Safe for any threads. */
final class BotApi implements AutoCloseable {
  /** The Bot API's limit for downloads, on Telegram's own server. */
  static final long MAX_DOWNLOAD_BYTES = 20_000_000;

  private final BotConnection connection;
  private final OkHttpTelegramClient client;

  BotApi(BotConnection connection) {
    this.connection = connection;
    client = new OkHttpTelegramClient(connection.http(), connection.token(), connection.url());
  }

  <T extends Serializable> T call(BotApiMethod<T> method)
      throws TelegramFailure, InterruptedException {
    try {
      return answer(client.executeAsync(method));
    } catch (TelegramApiException e) {
      throw failure(e);
    }
  }

  Message call(SendDocument method) throws TelegramFailure, InterruptedException {
    return answer(client.executeAsync(method));
  }

  Message call(SendPhoto method) throws TelegramFailure, InterruptedException {
    return answer(client.executeAsync(method));
  }

  List<Message> call(SendMediaGroup method) throws TelegramFailure, InterruptedException {
    return answer(client.executeAsync(method));
  }

  void call(SetWebhook method) throws TelegramFailure, InterruptedException {
    answer(client.executeAsync(method));
  }

  /**
   * Fetches a file that somebody sent.
   *
   * @throws TelegramFailure with code 413 when it is larger than {@code maxBytes}
   */
  byte[] download(String fileId, long maxBytes) throws TelegramFailure, InterruptedException {
    String path = call(new GetFile(fileId)).getFilePath();
    if (path == null || path.startsWith("/")) {
      throw new TelegramFailure(
          413,
          "the Bot API server keeps files on its own disk; run it without --local",
          Duration.ZERO,
          0);
    }
    Call get =
        connection.http().newCall(new Request.Builder().url(connection.fileUrl(path)).build());
    try (Response response = get.execute();
        ResponseBody body = response.body()) {
      if (!response.isSuccessful() || body == null) {
        throw new TelegramFailure(
            response.code(), "the file could not be downloaded", Duration.ZERO, 0);
      }
      return read(body.byteStream(), maxBytes);
    } catch (IOException e) {
      throw TelegramFailure.noAnswer(reason(e));
    }
  }

  private static byte[] read(InputStream body, long maxBytes) throws IOException, TelegramFailure {
    int most = (int) Math.min(maxBytes, Integer.MAX_VALUE - 16L);
    byte[] bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new TelegramFailure(
          413, "the file has more than %,d bytes".formatted(maxBytes), Duration.ZERO, 0);
    }
    return bytes;
  }

  private static <T> T answer(CompletableFuture<T> future)
      throws TelegramFailure, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    }
  }

  private static TelegramFailure failure(@Nullable Throwable cause) {
    if (cause instanceof TelegramApiRequestException e && e.getApiResponse() != null) {
      Integer code = e.getErrorCode();
      var parameters = e.getParameters();
      Integer retryAfter = parameters == null ? null : parameters.getRetryAfter();
      Long movedTo = parameters == null ? null : parameters.getMigrateToChatId();
      return new TelegramFailure(
          code == null ? TelegramFailure.NO_ANSWER : code,
          e.getApiResponse(),
          Duration.ofSeconds(retryAfter == null ? 0 : retryAfter),
          movedTo == null ? 0 : movedTo);
    }
    if (cause instanceof TelegramApiRequestException) {
      return TelegramFailure.noAnswer("the answer was not the Bot API's");
    }
    if (cause instanceof TelegramApiException e) {
      return new TelegramFailure(400, reason(e), Duration.ZERO, 0);
    }
    return TelegramFailure.noAnswer(reason(cause));
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    connection.close();
  }
}
