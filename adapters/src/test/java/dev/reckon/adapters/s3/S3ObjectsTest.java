package dev.reckon.adapters.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.Secret;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The object store's port, over HTTP to a server that checks every request. */
class S3ObjectsTest {
  private static final String KEY = "0123456789abcdef/c0ffee-1";
  private static final int MIB = 1 << 20;

  /** More than the SDK tries. */
  private static final int FOR_LONG = 20;

  private final FakeS3 server;
  private final S3Objects objects;

  S3ObjectsTest() throws IOException {
    server = new FakeS3();
    objects = open("s3://" + FakeS3.BUCKET + "/team-a/x", FakeS3.SECRET_KEY);
  }

  private S3Objects open(String address, String secret) {
    return open(server.url(), address, secret);
  }

  private static S3Objects open(URI endpoint, String address, String secret) {
    S3Settings.Place place = S3Settings.place(address).orElseThrow();
    return new S3Objects(
        new S3Settings(
            place.bucket(),
            place.prefix(),
            Optional.of(endpoint),
            FakeS3.REGION,
            true,
            new Secret(FakeS3.ACCESS_KEY),
            new Secret(secret)));
  }

  @AfterEach
  void close() {
    objects.close();
    server.close();
  }

  private static StoreException fails(Executable call) {
    StoreException e = assertThrows(StoreException.class, call);
    assertFalse(e.toString().contains(FakeS3.SECRET_KEY));
    return e;
  }

  @Test
  void bytesComeBackAsTheyWere() {
    byte[] large = new byte[3 * MIB + 1];
    new Random(7).nextBytes(large);
    for (byte[] content : List.of(new byte[0], new byte[] {0, -1}, large)) {
      objects.put(KEY, content);
      assertArrayEquals(content, objects.get(KEY).orElseThrow());
    }
    assertEquals(Set.of("team-a/x/" + KEY), server.keys());
    assertEquals(List.of(), server.refusals());
  }

  @Test
  void whatIsNotThereIsEmptyAndCanBeDeleted() {
    assertEquals(Optional.empty(), objects.get(KEY));
    objects.delete(KEY);
    objects.put(KEY, new byte[] {1});
    objects.put(KEY, new byte[] {1});
    objects.delete(KEY);
    objects.delete(KEY);
    assertEquals(Optional.empty(), objects.get(KEY));
    assertEquals(Set.of(), server.keys());
  }

  @Test
  void shortTroubleIsOvercome() {
    server.trouble(FakeS3.Trouble.SLOW_DOWN, 1);
    objects.put(KEY, new byte[] {1});
    server.trouble(FakeS3.Trouble.INTERNAL_ERROR, 1);
    assertEquals(1, objects.get(KEY).orElseThrow().length);
    server.trouble(FakeS3.Trouble.CUT_OFF, 1);
    assertEquals(1, objects.get(KEY).orElseThrow().length);
  }

  /** Without an endpoint there is no region either. */
  private static void putWithoutCredentials(Optional<URI> endpoint) {
    try (S3Objects without =
        new S3Objects(
            new S3Settings(FakeS3.BUCKET, "", endpoint, "", true, Secret.NONE, Secret.NONE))) {
      without.put(KEY, new byte[] {1});
    }
  }

  /** What the SDK would find on this machine is switched off. */
  @Test
  void withoutCredentialsOrARegionNothingIsWaitedFor() {
    Map<String, String> off =
        Map.of(
            "aws.ec2MetadataDisabled", "true",
            "aws.sharedCredentialsFile", "/nonexistent",
            "aws.configFile", "/nonexistent");
    off.forEach(System::setProperty);
    try {
      for (Optional<URI> endpoint : List.of(Optional.of(server.url()), Optional.<URI>empty())) {
        StoreException e = fails(() -> putWithoutCredentials(endpoint));
        assertEquals(Kind.CANNOT_OPEN, e.kind());
        assertTrue(e.getMessage().contains("files.store_access_key"), e.getMessage());
      }
    } finally {
      off.keySet().forEach(System::clearProperty);
    }
    assertEquals(0, server.requests());
  }

  @Test
  void longTroubleIsForLater() {
    server.trouble(FakeS3.Trouble.SLOW_DOWN, FOR_LONG);
    StoreException e = fails(() -> objects.put(KEY, new byte[] {1}));
    assertEquals(Kind.UNREACHABLE, e.kind());
    assertTrue(e.getMessage().contains("503 SlowDown"), e.getMessage());
    assertTrue(server.requests() < FOR_LONG, "it gives up within seconds");
  }

  @Test
  void aServerThatIsAwayIsForLater() {
    URI nobody = URI.create("http://127.0.0.1:1");
    try (S3Objects away = open(nobody, "s3://" + FakeS3.BUCKET, FakeS3.SECRET_KEY)) {
      StoreException e = fails(() -> away.get(KEY));
      assertEquals(Kind.UNREACHABLE, e.kind());
      assertTrue(e.getMessage().contains("s3://reckon-files/ at http://127.0.0.1:1"));
    }
  }

  @Test
  void whatSomebodyHasToChangeIsSaid() {
    try (S3Objects other = open("s3://another-bucket", FakeS3.SECRET_KEY)) {
      StoreException bucket = fails(() -> other.put(KEY, new byte[] {1}));
      assertEquals(Kind.CANNOT_OPEN, bucket.kind());
      assertTrue(bucket.getMessage().contains("NoSuchBucket"), bucket.getMessage());
      assertEquals(Kind.CANNOT_OPEN, fails(() -> other.get(KEY)).kind());
    }
    try (S3Objects wrong = open("s3://" + FakeS3.BUCKET, "another")) {
      StoreException key = fails(() -> wrong.put(KEY, new byte[] {1}));
      assertEquals(Kind.CANNOT_OPEN, key.kind());
      assertTrue(key.getMessage().contains("SignatureDoesNotMatch"), key.getMessage());
    }
    server.trouble(FakeS3.Trouble.ACCESS_DENIED, 1);
    assertEquals(Kind.CANNOT_OPEN, fails(() -> objects.get(KEY)).kind());
  }

  @Test
  void addresses() {
    assertEquals(Optional.of(new S3Settings.Place("bucket", "")), S3Settings.place("s3://bucket"));
    assertEquals(
        Optional.of(new S3Settings.Place("bucket", "a/b/")), S3Settings.place("s3://bucket/a/b/"));
    for (String wrong : List.of("bucket", "s3://", "s3://Bucket", "s3://b", "s3://bucket/a b")) {
      assertEquals(Optional.empty(), S3Settings.place(wrong), wrong);
    }
  }
}
