package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.sandbox.remote.HostAddress;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The manifests in {@code config/kubernetes}, held against the API's published description: the
 * official Java client's classes, which are generated from it, refuse fields that it does not have.
 * What no description says is checked here as well: that parts which name each other agree.
 */
class KubernetesManifestsTest {
  private static final Path FOLDER = StartedReckon.HOME.resolve("config/kubernetes");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Checks one object against the description of its kind. */
  @FunctionalInterface
  private interface Description {
    void check(JsonElement object) throws IOException;
  }

  private static final Map<String, Description> KINDS =
      Map.of(
          "v1 Namespace", V1Namespace::validateJsonElement,
          "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
          "v1 Service", V1Service::validateJsonElement,
          "apps/v1 Deployment", V1Deployment::validateJsonElement,
          "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);

  @Test
  void everyManifestIsWhatTheApiDescribes() throws Exception {
    List<JsonNode> all = objects();
    assertEquals(13, all.size());
    for (JsonNode object : all) {
      check(object);
    }
  }

  @Test
  void aMisspeltFieldOrAValueOfAnotherTypeIsFound() throws Exception {
    List<String> wrong =
        List.of(
            "/spec/replica",
            "/spec/template/spec/terminationGracePeriod",
            "/spec/template/spec/containers/0/readynessProbe",
            "/spec/template/spec/containers/0/securityContext/readOnlyRootFileSystem",
            "/spec/template/spec/volumes/0/configmap");
    for (String path : wrong) {
      JsonNode bot = one("Deployment", "reckon-bot").deepCopy();
      int slash = path.lastIndexOf('/');
      ((ObjectNode) bot.at(path.substring(0, slash))).put(path.substring(slash + 1), 1);
      Exception refused = assertThrows(IllegalArgumentException.class, () -> check(bot), path);
      assertTrue(
          String.valueOf(refused.getMessage()).contains(path.substring(slash + 1)),
          refused::toString);
    }
    JsonNode bot = one("Deployment", "reckon-bot").deepCopy();
    ((ObjectNode) bot.at("/spec/template/spec")).put("containers", "reckon");
    assertThrows(RuntimeException.class, () -> check(bot));
  }

  @Test
  void theKustomizationNamesEveryFile() throws Exception {
    JsonNode base = YAML.readTree(FOLDER.resolve("kustomization.yaml").toFile());
    Set<String> named = new TreeSet<>(texts(base.path("resources")));
    for (JsonNode generator : base.path("configMapGenerator")) {
      texts(generator.path("files")).forEach(file -> named.add(file.split("=", -1)[1]));
    }
    named.add("kustomization.yaml");
    try (var files = Files.list(FOLDER)) {
      Set<String> there = new TreeSet<>();
      files.forEach(file -> there.add(file.getFileName().toString()));
      assertEquals(there, named);
    }
  }

  @Test
  void selectorsFindTheirPods() throws Exception {
    for (String component : List.of("bot", "worker")) {
      JsonNode pods =
          one(component.equals("bot") ? "Deployment" : "StatefulSet", "reckon-" + component);
      JsonNode labels = pods.at("/spec/template/metadata/labels");
      assertEquals(labels, pods.at("/spec/selector/matchLabels"));
      assertEquals(
          labels,
          one("PodDisruptionBudget", "reckon-" + component).at("/spec/selector/matchLabels"));
      assertEquals(labels, one("Service", "reckon-" + component).at("/spec/selector"));
      assertEquals(
          labels, one("NetworkPolicy", "reckon-" + component).at("/spec/podSelector/matchLabels"));
    }
  }

  @Test
  void everyContainerIsRestrictedAndHasItsResources() throws Exception {
    int containers = 0;
    for (JsonNode object : objects()) {
      JsonNode pod = object.at("/spec/template/spec");
      for (String kind : List.of("initContainers", "containers")) {
        for (JsonNode container : pod.path(kind)) {
          JsonNode security = container.path("securityContext");
          assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true));
          assertTrue(security.path("readOnlyRootFilesystem").asBoolean());
          assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString());
          assertEquals("RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
          assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
          assertFalse(pod.path("automountServiceAccountToken").asBoolean(true));
          assertTrue(container.at("/resources/requests/memory").isTextual());
          assertTrue(container.at("/resources/limits/memory").isTextual());
          containers++;
        }
      }
    }
    assertEquals(3, containers);
  }

  @Test
  void workersReachNothing() throws Exception {
    JsonNode worker = one("NetworkPolicy", "reckon-worker").path("spec");
    assertTrue(texts(worker.path("policyTypes")).contains("Egress"));
    assertTrue(worker.path("egress").isArray());
    assertEquals(0, worker.path("egress").size());
    assertEquals(0, one("NetworkPolicy", "deny-all").at("/spec/podSelector").size());
  }

  @Test
  void botsNameTheWorkersThatThereAre() throws Exception {
    Settings bot = settings("bot.toml");
    JsonNode workers = one("StatefulSet", "reckon-worker");
    String service = workers.at("/spec/serviceName").asText();
    int port = one("Service", service).at("/spec/ports/0/port").asInt();
    assertEquals(
        IntStream.range(0, workers.at("/spec/replicas").asInt())
            .mapToObj(
                i ->
                    new HostAddress(
                        true,
                        "reckon-worker-" + i + "." + service + ".reckon.svc.cluster.local",
                        port))
            .toList(),
        bot.workers().used());
    assertEquals("None", one("Service", service).at("/spec/clusterIP").asText());
  }

  @Test
  void podsHaveTheTimeThatReckonTakesToClose() throws Exception {
    Settings bot = settings("bot.toml");
    Settings worker = settings("worker.toml");
    long pause =
        one("Deployment", "reckon-bot")
            .at("/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds")
            .asLong();
    assertTrue(
        grace(one("Deployment", "reckon-bot"))
            > pause + bot.service().scheduler().grace().toSeconds());
    assertTrue(
        grace(one("StatefulSet", "reckon-worker"))
            > worker.service().scheduler().grace().toSeconds());
  }

  private static long grace(JsonNode pods) {
    return pods.at("/spec/template/spec/terminationGracePeriodSeconds").asLong();
  }

  /** The settings, with certificates that are there. */
  private static Settings settings(String file) throws ConfigurationException {
    Path tls = StartedReckon.HOME.resolve("sandbox/host/src/test/tls");
    return Settings.from(
        Configuration.read(
            Optional.of(FOLDER.resolve(file)),
            List.of(
                "worker.ca=" + tls.resolve("bot.pem"),
                "worker.certificate=" + tls.resolve("host.pem"),
                "worker.key=" + tls.resolve("host.key")),
            name -> null),
        StartedReckon.HOME);
  }

  private static void check(JsonNode object) throws IOException {
    String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    Description description = KINDS.get(kind);
    if (description == null) {
      throw new AssertionError("no description of " + kind);
    }
    description.check(JsonParser.parseString(JSON.writeValueAsString(object)));
  }

  private static JsonNode one(String kind, String name) throws IOException {
    return objects().stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
  }

  private static List<JsonNode> objects() throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String file :
        texts(YAML.readTree(FOLDER.resolve("kustomization.yaml").toFile()).path("resources"))) {
      try (var documents =
          YAML.readerFor(JsonNode.class).<JsonNode>readValues(FOLDER.resolve(file).toFile())) {
        objects.addAll(documents.readAll());
      }
    }
    return objects;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
