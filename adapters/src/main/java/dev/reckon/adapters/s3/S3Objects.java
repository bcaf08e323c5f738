package dev.reckon.adapters.s3;

import dev.reckon.core.store.ObjectStore;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Objects in a bucket of Amazon S3 or of a server that speaks its protocol. Each call is tried
 * three times within seconds, as the SDK does it; waiting for longer is the caller's. Safe for use
 * by any number of threads.
 */
public final class S3Objects implements ObjectStore {
  private static final int SERVER_FAULT = 500;
  private static final int TOO_MANY = 429;
  private static final int NOT_FOUND = 404;
  private static final int REFUSED = 403;

  /** Of all tries of a call; an object has tens of megabytes at most. */
  private static final Duration CALL = Duration.ofSeconds(60);

  private static final Duration TRY = Duration.ofSeconds(30);
  private static final Duration CONNECTION = Duration.ofSeconds(5);

  private final S3Settings settings;
  private final S3Client client;

  /**
   * Opens no connection yet.
   *
   * @throws StoreException if no region is given and none can be found out
   */
  public S3Objects(S3Settings settings) {
    this.settings = settings;
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECTION).socketTimeout(TRY))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.pathStyle())
            // Servers other than Amazon's do not all know the newer checksums; contents are
            // compared with their SHA-256 when they are read.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
            .overrideConfiguration(calls -> calls.apiCallTimeout(CALL).apiCallAttemptTimeout(TRY));
    settings.endpoint().ifPresent(builder::endpointOverride);
    region(settings).ifPresent(builder::region);
    this.client = call(builder::build);
  }

  /** Servers without regions want one in the signature all the same. */
  private static Optional<Region> region(S3Settings settings) {
    if (!settings.region().isEmpty()) {
      return Optional.of(Region.of(settings.region()));
    }
    return settings.endpoint().map(_ -> Region.US_EAST_1);
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    return settings.accessKey().isSet()
        ? StaticCredentialsProvider.create(
            AwsBasicCredentials.create(settings.accessKey().value(), settings.secretKey().value()))
        : DefaultCredentialsProvider.builder().build();
  }

  @Override
  public String place() {
    return settings.address();
  }

  private String full(String key) {
    return settings.prefix() + key;
  }

  @Override
  public void put(String key, byte[] content) {
    call(
        () ->
            client.putObject(
                request -> request.bucket(settings.bucket()).key(full(key)),
                RequestBody.fromBytes(content)));
  }

  @Override
  public Optional<byte[]> get(String key) {
    return call(
        () -> {
          try {
            return Optional.of(
                client
                    .getObjectAsBytes(request -> request.bucket(settings.bucket()).key(full(key)))
                    .asByteArrayUnsafe());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void delete(String key) {
    call(() -> client.deleteObject(request -> request.bucket(settings.bucket()).key(full(key))));
  }

  private <T> T call(Supplier<T> work) {
    try {
      return work.get();
    } catch (AwsServiceException e) {
      throw refused(e);
    } catch (AbortedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.UNREACHABLE, subject() + " was not waited for.", e);
    } catch (SdkClientException e) {
      if (isIncomplete(e)) {
        throw new StoreException(
            Kind.CANNOT_OPEN,
            subject()
                + " cannot be used ("
                + e.getMessage()
                + "). Set files.store_access_key, files.store_secret_key and files.store_region, or"
                + " give the SDK credentials and a region.",
            e);
      }
      throw new StoreException(
          Kind.UNREACHABLE,
          subject()
              + " cannot be reached ("
              + root(e)
              + "). Check files.store_endpoint, files.store_region and the credentials, or wait"
              + " until it is back.",
          e);
    } catch (SdkException e) {
      throw new StoreException(Kind.FAULT, subject() + " failed: " + root(e), e);
    }
  }

  /** Whether no server was asked, since credentials or a region are missing: waiting is no use. */
  private static boolean isIncomplete(SdkClientException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    return message.startsWith("Unable to load credentials")
        || message.startsWith("Unable to load region");
  }

  /** The server's answer; its code is a word such as {@code SlowDown}. */
  private StoreException refused(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
    int status = e.statusCode();
    String answer = " (" + status + (code.isEmpty() ? "" : " " + code) + ")";
    if (status >= SERVER_FAULT || status == TOO_MANY || code.equals("RequestTimeout")) {
      return new StoreException(
          Kind.UNREACHABLE, subject() + " takes no requests at the moment" + answer + ".", e);
    }
    return switch (status) {
      case NOT_FOUND ->
          new StoreException(
              Kind.CANNOT_OPEN,
              subject() + " has no such bucket" + answer + ". Create it, or correct files.store.",
              e);
      case REFUSED ->
          new StoreException(
              Kind.CANNOT_OPEN,
              subject()
                  + " refuses access"
                  + answer
                  + ". Check files.store_access_key and files.store_secret_key, the machine's"
                  + " clock, and that they may put, get and delete objects below the prefix.",
              e);
      default -> new StoreException(Kind.FAULT, subject() + " refused a request" + answer + ".", e);
    };
  }

  private String subject() {
    return "The object store " + place();
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  @Override
  public void close() {
    client.close();
  }
}
