package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.s3.FakeS3;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.StoreAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large files from the configuration's keys to an object store's server, and back. */
class LargeFileSettingsTest {
  private static final int KIB = 1024;
  private static final ConversationId HERE = new ConversationId("slack/T1/C1");

  @TempDir Path folder;

  private static Settings settings(Map<String, String> environment, List<String> set)
      throws ConfigurationException {
    return Settings.from(
        Configuration.read(Optional.empty(), set, environment::get), StartedReckon.HOME);
  }

  private static List<String> keys(FakeS3 server, String... more) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "files.store=s3://" + FakeS3.BUCKET + "/reckon",
                "files.store_from_kib=3",
                "files.store_endpoint=" + server.url(),
                "files.store_region=" + FakeS3.REGION,
                "files.store_path_style=true"));
    keys.addAll(List.of(more));
    return keys;
  }

  private JdbiStore open(Settings settings) {
    return JdbiStore.open(
        StoreAccess.of("jdbc:sqlite:" + folder.resolve("reckon.db")),
        settings.service().large().open(),
        Clock.systemUTC());
  }

  private static Incoming words() {
    return new Incoming(
        "1",
        HERE,
        new Team("slack/T1", "Acme"),
        new Person("slack/T1/ADA", "Ada", Person.Role.MEMBER),
        new Address("slack", HERE.value(), "C1", false),
        new Content.Text("x", false),
        List.of(),
        Instant.EPOCH);
  }

  @Test
  void largeFilesAreWhereTheKeysSay() throws Exception {
    byte[] small = new byte[3 * KIB - 1];
    byte[] large = new byte[3 * KIB];
    try (FakeS3 server = new FakeS3()) {
      Settings settings =
          settings(
              Map.of(),
              keys(
                  server,
                  "files.store_access_key=" + FakeS3.ACCESS_KEY,
                  "files.store_secret_key=" + FakeS3.SECRET_KEY));
      assertFalse(settings.toString().contains(FakeS3.SECRET_KEY));
      assertFalse(settings.inForce().toString().contains(FakeS3.SECRET_KEY));
      try (JdbiStore store = open(settings)) {
        assertTrue(store.deliveries().add(words()).isPresent());
        store.files().put(HERE, "small.csv", small, 0);
        assertEquals(Set.of(), server.keys());
        StoredFile file = store.files().put(HERE, "large.csv", large, 0);
        String key = server.keys().iterator().next();
        assertTrue(key.startsWith("reckon/") && key.contains(file.sha256()), key);
        assertArrayEquals(large, store.files().read(file.id()).orElseThrow());
        assertTrue(store.files().drop(HERE, "large.csv"));
        assertEquals(1, store.objects().sweep());
        assertEquals(Set.of(), server.keys());
      }
      assertEquals(List.of(), server.refusals());
    }
  }

  @Test
  void theKeysMayBeInTheEnvironment() throws Exception {
    try (FakeS3 server = new FakeS3()) {
      Settings settings =
          settings(
              Map.of(
                  "RECKON_FILES_STORE_ACCESS_KEY",
                  FakeS3.ACCESS_KEY,
                  "RECKON_FILES_STORE_SECRET_KEY",
                  FakeS3.SECRET_KEY),
              keys(server));
      try (JdbiStore store = open(settings)) {
        assertTrue(store.deliveries().add(words()).isPresent());
        store.files().put(HERE, "large.csv", new byte[3 * KIB], 0);
        assertEquals(1, server.keys().size());
      }
    }
  }

  @Test
  void whatCannotBeIsSaid() {
    for (String wrong :
        List.of(
            "files.store=elsewhere",
            "files.store=s3://",
            "files.store_endpoint=objects.example.com",
            "files.store_endpoint=https://me:secret@objects.example.com",
            "files.store_access_key=only",
            "files.store_from_kib=0")) {
      ConfigurationException e =
          assertThrows(ConfigurationException.class, () -> settings(Map.of(), List.of(wrong)));
      assertTrue(
          String.valueOf(e.getMessage())
              .contains(
                  wrong.substring(0, wrong.indexOf('=')).replace("_access_key", "_secret_key")),
          e.getMessage());
    }
  }
}
