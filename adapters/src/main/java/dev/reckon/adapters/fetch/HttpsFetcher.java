package dev.reckon.adapters.fetch;

import dev.reckon.adapters.fetch.TunnelSockets.ProxyException;
import dev.reckon.core.files.AddressFetcher;
import dev.reckon.core.surface.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
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
 * cannot mean another machine a moment later; an address in numbers must be public as well. The
 * same rules apply to each redirect, and to each connection through a proxy, which is given the
 * checked address. No cookies, no credentials. Safe for use by any number of threads.
 */
public final class HttpsFetcher implements AddressFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(HttpsFetcher.class);
  private static final int MOST_REDIRECTS = 5;
  private static final String PRIVATE = "its host is in a private network";

  /** What is connected to without asking {@link Dns}. */
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|[0-9a-f.]*:[0-9a-f:.]*");

  private final List<Listed> hosts;
  private final Predicate<InetAddress> reachable;
  private final OkHttpClient client;

  /** Where files may come from: a name, or with {@code *.} all below it, and a port. */
  private record Listed(String name, int port) {
    private static final int HTTPS = 443;

    static Listed of(String written) {
      String lower = written.toLowerCase(Locale.ROOT);
      int colon = lower.lastIndexOf(':');
      return colon < 0 || lower.endsWith("]")
          ? new Listed(lower, HTTPS)
          : new Listed(lower.substring(0, colon), Integer.parseInt(lower.substring(colon + 1)));
    }

    boolean matches(String host, int itsPort) {
      boolean named =
          name.startsWith("*.")
              ? host.endsWith(name.substring(1)) && host.length() > name.length() - 1
              : host.equals(name);
      return named && port == (itsPort == -1 ? HTTPS : itsPort);
    }
  }

  /**
   * A fetcher.
   *
   * @param hosts names such as {@code data.example.org}; {@code *.example.org} means all below it;
   *     {@code data.example.org:8443} means that port instead of 443
   * @param time until a file is here, redirects included
   * @param proxy that connections go through; unresolved, looked up for each connection
   */
  public HttpsFetcher(List<String> hosts, Duration time, Optional<InetSocketAddress> proxy) {
    this(
        hosts,
        time,
        Dns.SYSTEM,
        PublicAddresses::contains,
        builder -> proxy.map(TunnelSockets::new).ifPresent(builder::socketFactory));
  }

  HttpsFetcher(
      List<String> hosts,
      Duration time,
      Dns names,
      Predicate<InetAddress> reachable,
      Consumer<OkHttpClient.Builder> sockets) {
    this.hosts = hosts.stream().map(Listed::of).toList();
    this.reachable = reachable;
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
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS));
    sockets.accept(builder);
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
        && hosts.stream()
            .anyMatch(one -> one.matches(host.toLowerCase(Locale.ROOT), address.getPort()));
  }

  @Override
  public byte[] fetch(URI address, long limit) throws DeliveryException, InterruptedException {
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
      if (!isReachable(request.url().host())) {
        throw refused(PRIVATE);
      }
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
        throw refused(PRIVATE);
      } catch (ProxyException e) {
        LOG.warn("an address could not be fetched: {}", e.reason());
        throw e.isPassing() ? later(e.reason()) : refused(e.reason());
      } catch (UnknownHostException _) {
        throw later("its host's name cannot be looked up from this machine");
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LOG.info("an address could not be fetched: {}", e.getClass().getSimpleName());
        throw isOfAnother(e)
            ? refused("its server's certificate is not its own")
            : later("it cannot be reached");
      } catch (IllegalArgumentException _) {
        throw refused("it is no address");
      }
    }
    throw refused("it leads from one address to the next endlessly");
  }

  private boolean isReachable(String host) {
    try {
      return !NUMBERS.matcher(host).matches() || reachable.test(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** A certificate that is not believed now will not be believed in a minute. */
  private static boolean isOfAnother(IOException problem) {
    return problem instanceof SSLPeerUnverifiedException
        || (problem instanceof SSLException && problem.getCause() instanceof CertificateException);
  }

  private static byte[] content(Response response, long limit)
      throws DeliveryException, IOException {
    int status = response.code();
    if (status != 200) {
      String said = "its server answers with status " + status;
      throw status >= 500 || status == 429 ? later(said) : refused(said);
    }
    ResponseBody body = response.body();
    if (body == null) {
      throw refused("it is empty");
    }
    MediaType type = body.contentType();
    if (type != null && !isData(type)) {
      throw refused(
          "it is "
              + type.type()
              + "/"
              + type.subtype()
              + ", which is not a table, text or workbook");
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

  private static DeliveryException later(String reason) {
    return new DeliveryException(DeliveryException.Kind.TRANSIENT, reason);
  }

  private static DeliveryException refused(String reason) {
    return new DeliveryException(DeliveryException.Kind.REFUSED, reason);
  }

  /** A name that means a machine of a private network. */
  private static final class PrivateAddressException extends UnknownHostException {
    @Serial private static final long serialVersionUID = 1;

    PrivateAddressException(String name) {
      super(name);
    }
  }
}
