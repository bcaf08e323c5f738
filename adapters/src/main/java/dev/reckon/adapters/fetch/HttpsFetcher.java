package dev.reckon.adapters.fetch;

import dev.reckon.core.files.AddressFetcher;
import dev.reckon.core.surface.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches files over HTTPS from listed hosts. A host's name is resolved once for each connection,
 * every address that it has must be public, and the connection goes to one of these, so that a name
 * cannot mean another machine a moment later. Each redirect is held against the same rules. No
 * cookies, no credentials, no proxy. Safe for use by any number of threads.
 */
public final class HttpsFetcher implements AddressFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(HttpsFetcher.class);
  private static final int MOST_REDIRECTS = 5;

  private final List<String> hosts;
  private final OkHttpClient client;

  /**
   * A fetcher.
   *
   * @param hosts names such as {@code data.example.org}; {@code *.example.org} means all below it
   * @param time until a file is here, redirects included
   */
  public HttpsFetcher(List<String> hosts, Duration time) {
    this(hosts, time, Dns.SYSTEM, PublicAddresses::contains, builder -> {});
  }

  HttpsFetcher(
      List<String> hosts,
      Duration time,
      Dns names,
      Predicate<InetAddress> reachable,
      Consumer<OkHttpClient.Builder> tls) {
    this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dns(name -> checked(name, names.lookup(name), reachable))
            .followRedirects(false)
            .followSslRedirects(false)
            .proxy(Proxy.NO_PROXY)
            .callTimeout(time)
            .connectTimeout(time)
            .readTimeout(time)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, java.util.concurrent.TimeUnit.SECONDS));
    tls.accept(builder);
    this.client = builder.build();
  }

  private static List<InetAddress> checked(
      String name, List<InetAddress> found, Predicate<InetAddress> reachable)
      throws UnknownHostException {
    if (found.isEmpty() || !found.stream().allMatch(reachable)) {
      throw new PrivateAddressException(name);
    }
    return found;
  }

  @Override
  public boolean allows(URI address) {
    String host = address.getHost();
    return "https".equalsIgnoreCase(address.getScheme())
        && host != null
        && address.getUserInfo() == null
        && (address.getPort() == -1 || address.getPort() == 443 || namesPort(address))
        && listed(host.toLowerCase(Locale.ROOT));
  }

  /** A listed host may name another port. */
  private boolean namesPort(URI address) {
    return hosts.contains((address.getHost() + ":" + address.getPort()).toLowerCase(Locale.ROOT));
  }

  private boolean listed(String host) {
    return hosts.stream()
        .map(one -> one.replaceFirst(":\\d+$", ""))
        .anyMatch(
            one ->
                one.startsWith("*.")
                    ? host.endsWith(one.substring(1)) && host.length() > one.length() - 1
                    : host.equals(one));
  }

  @Override
  public byte[] fetch(URI address, long limit) throws DeliveryException {
    URI at = address;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      if (!allows(at)) {
        throw refused(
            hop == 0
                ? "its host is not listed (fetch.hosts)"
                : "it leads to " + at.getHost() + ", which is not listed (fetch.hosts)");
      }
      Request request =
          new Request.Builder()
              .url(String.valueOf(at))
              .header("User-Agent", "reckon")
              .header("Accept-Encoding", "identity")
              .build();
      try (Response response = client.newCall(request).execute()) {
        if (!response.isRedirect()) {
          return content(response, limit);
        }
        HttpUrl next =
            response.request().url().resolve(String.valueOf(response.header("Location")));
        if (next == null) {
          throw refused("it leads nowhere");
        }
        at = next.uri();
      } catch (PrivateAddressException _) {
        throw refused("its host is in a private network");
      } catch (IOException e) {
        LOG.info("an address could not be fetched: {}", e.getClass().getSimpleName());
        throw refused("it cannot be reached");
      } catch (IllegalArgumentException _) {
        throw refused("it is no address");
      }
    }
    throw refused("it leads from one address to the next without end");
  }

  private static byte[] content(Response response, long limit)
      throws DeliveryException, IOException {
    if (response.code() != 200) {
      throw refused("its server answers with status " + response.code());
    }
    ResponseBody body = response.body();
    if (body == null) {
      throw refused("it is empty");
    }
    MediaType type = body.contentType();
    if (type != null && !isData(type)) {
      throw refused(
          "it is " + type.type() + "/" + type.subtype() + ", which is no table, text or workbook");
    }
    if (body.contentLength() > limit) {
      throw tooLarge(limit);
    }
    try (InputStream in = body.byteStream()) {
      byte[] content = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (content.length > limit) {
        throw tooLarge(limit);
      }
      return content;
    }
  }

  private static boolean isData(MediaType type) {
    String name = (type.type() + "/" + type.subtype()).toLowerCase(Locale.ROOT);
    boolean page = name.equals("text/html") || name.equals("text/javascript");
    return (type.type().equals("text") && !page)
        || name.equals("application/json")
        || name.equals("application/x-ndjson")
        || name.equals("application/csv")
        || name.equals("application/octet-stream")
        || name.equals("binary/octet-stream")
        || name.equals("application/zip")
        || name.equals("application/gzip")
        || name.startsWith("application/vnd.ms-excel")
        || name.startsWith("application/vnd.openxmlformats-officedocument.spreadsheetml")
        || name.startsWith("application/vnd.oasis.opendocument.spreadsheet");
  }

  private static DeliveryException tooLarge(long limit) {
    return refused("it is larger than " + (limit >> 20) + " MiB (files.file_mib)");
  }

  private static DeliveryException refused(String reason) {
    return new DeliveryException(DeliveryException.Kind.REFUSED, reason);
  }

  /** A name that means a machine of a private network. */
  private static final class PrivateAddressException extends UnknownHostException {
    @java.io.Serial private static final long serialVersionUID = 1;

    PrivateAddressException(String name) {
      super(name);
    }
  }
}
