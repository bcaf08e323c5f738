package dev.reckon.adapters.telegram;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.telegram.telegrambots.meta.TelegramUrl;

/** An HTTP client for one Bot API server and one bot. */
record BotConnection(OkHttpClient http, TelegramUrl url, String token, HttpUrl base)
    implements AutoCloseable {

  /** For sending, editing and fetching files. */
  static BotConnection forCalls(TelegramSettings settings) {
    return open(settings, List.of(BotConnection::sendOnce), Duration.ofSeconds(60));
  }

  /**
   * For long polling.
   *
   * @param watch sees every request and its answer
   * @param longest how long the server may hold a request
   */
  static BotConnection forPolling(TelegramSettings settings, Interceptor watch, Duration longest) {
    return open(settings, List.of(watch), longest.plusSeconds(15));
  }

  private static BotConnection open(
      TelegramSettings settings, List<Interceptor> interceptors, Duration read) {
    URI api = settings.apiUrl();
    HttpUrl base = HttpUrl.get(api);
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequestsPerHost(dispatcher.getMaxRequests());
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(Duration.ofSeconds(15))
            .writeTimeout(Duration.ofSeconds(60))
            .readTimeout(read);
    interceptors.forEach(http::addInterceptor);
    http.addInterceptor(chain -> chain.proceed(under(base, chain.request())));
    return new BotConnection(
        http.build(),
        new TelegramUrl(base.scheme(), base.host(), base.port(), false),
        settings.token(),
        base);
  }

  /** Where to fetch a file; the library's own address for it ignores {@code telegram.api_url}. */
  HttpUrl fileUrl(String path) {
    return new HttpUrl.Builder()
        .scheme(base.scheme())
        .host(base.host())
        .port(base.port())
        .addPathSegments("file/bot" + token + "/" + path)
        .build();
  }

  /** Puts the path of {@code telegram.api_url}, which the library has no room for, in front. */
  private static Request under(HttpUrl base, Request request) {
    String prefix = base.encodedPath().replaceFirst("/+$", "");
    return prefix.isEmpty()
        ? request
        : request
            .newBuilder()
            .url(
                request
                    .url()
                    .newBuilder()
                    .encodedPath(prefix + request.url().encodedPath())
                    .build())
            .build();
  }

  /**
   * Keeps the client from repeating by itself what may have arrived: a message sent twice is worse
   * than one that the outbox sends again knowingly. Until the first byte is out it may still try
   * another address of the server.
   */
  private static okhttp3.Response sendOnce(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    return chain.proceed(
        body == null
            ? request
            : request.newBuilder().method(request.method(), new OneShot(body)).build());
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private static final class OneShot extends RequestBody {
    private final RequestBody body;

    OneShot(RequestBody body) {
      this.body = body;
    }

    @Override
    public MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      body.writeTo(sink);
    }
  }
}
