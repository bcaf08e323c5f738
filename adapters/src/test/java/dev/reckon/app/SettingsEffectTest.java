package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.adapters.slack.SlackOAuth;
import dev.reckon.adapters.slack.SlackSettings;
import dev.reckon.adapters.telegram.TelegramSettings;
import dev.reckon.adapters.web.OpenIdProvider;
import dev.reckon.adapters.web.ProxySignIn;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.sandbox.pool.WorkerReuse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Changing a key changes what the program does, for every key there is. Keys of turns and of the
 * policy are changed here, and what the engine and the gatekeeper do is compared. For each other
 * key it is shown which value of the settings it changes, and the test is named that proves what
 * this value does.
 */
class SettingsEffectTest {
  private static final Path HOME = StartedReckon.HOME;

  /** A change of each key that shows in turns. */
  private static final Map<String, String> TURNS = new TreeMap<>();

  static {
    TURNS.put("model.prices.\"gpt-4.1-mini\".input", "0.5");
    TURNS.put("model.prices.\"gpt-4.1-mini\".output", "2");
    TURNS.put("verify.mode", "off");
    TURNS.put("turn.max_attempts", "1");
    TURNS.put("turn.max_steps", "2");
    TURNS.put("turn.max_cost_usd", "0.000001");
    TURNS.put("turn.max_tokens", "1");
    TURNS.put("turn.max_request_chars", "100");
    TURNS.put("turn.history_tokens", "0");
    TURNS.put("turn.max_output_tokens", "1000");
    TURNS.put("turn.time_zone", "Pacific/Kiritimati");
    TURNS.put("turn.locale", "de-AT");
    TURNS.put("code.forbidden_imports", "json");
    TURNS.put("code.forbidden_calls", "os.getcwd");
    TURNS.put("code.forbidden_attributes", "x.__doc__");
    TURNS.put("code.max_lines", "1");
    TURNS.put("privacy.sample_rows", "0");
    TURNS.put("files.file_mib", "1");
    TURNS.put("files.conversation_mib", "1");
    TURNS.put("files.team_mib", "1");
  }

  /** A change of each key that shows at the door. */
  private static final Map<String, String> POLICY = new TreeMap<>();

  static {
    POLICY.put("policy.teams", "slack/T9");
    POLICY.put("policy.channels", "slack/C9");
    POLICY.put("policy.people", "slack/T1/bob");
    POLICY.put("policy.listed_only", "[]");
    POLICY.put("policy.blocked", "slack/T1/ada");
    POLICY.put("policy.private_chats", "false");
    POLICY.put("policy.inline", "true");
    POLICY.put("policy.inline_per_minute", "1");
    POLICY.put("policy.guest_chats", "true");
    POLICY.put("policy.guests", "true");
    POLICY.put("policy.externals", "true");
    POLICY.put("policy.saved_only", "slack/T1/ada");
    POLICY.put("policy.administrators", "slack/T1/guest");
    POLICY.put("policy.contact", "Grace");
    POLICY.put("policy.running_per_person", "2");
    POLICY.put("policy.person_per_minute", "1");
    POLICY.put("policy.person_per_hour", "1");
    POLICY.put("policy.team_per_minute", "1");
    POLICY.put("policy.team_per_hour", "1");
    POLICY.put("policy.person_day_usd", "1");
    POLICY.put("policy.person_month_usd", "2");
    POLICY.put("policy.team_day_usd", "1");
    POLICY.put("policy.team_month_usd", "2");
    POLICY.put("policy.person_day_runs", "1");
    POLICY.put("policy.person_month_runs", "1");
    POLICY.put("policy.team_day_runs", "1");
    POLICY.put("policy.team_month_runs", "1");
    POLICY.put("policy.warn_percent", "0");
    POLICY.put("policy.time_zone", "America/New_York");
  }

  /**
   * A key whose effect another test proves.
   *
   * @param read the value that it becomes
   * @param becomes what that is once the key is changed
   * @param test as {@code Class::method}
   */
  record Proof(
      String key, String value, Function<Settings, Object> read, Object becomes, String test) {
    @Override
    public String toString() {
      return key;
    }
  }

  private static Proof proof(
      String key, Object value, Function<Settings, Object> read, Object becomes, String test) {
    return new Proof(key, String.valueOf(value), read, becomes, test);
  }

  /** For a test that sets the key itself. */
  private static Proof proof(String key, Object value, Function<Settings, Object> r, String test) {
    return proof(key, value, r, value, test);
  }

  private static Stream<Proof> proofs() {
    return Stream.of(model(), sandbox(), service(), surfaces()).flatMap(Function.identity());
  }

  private static Stream<Proof> model() {
    String model = "OpenAiModelTest::";
    return Stream.of(
        proof(
            "model.base_url",
            "http://m/v1",
            s -> s.model().baseUrl(),
            model + "asksOverHttp11WithKeyModelAndMessages"),
        proof(
            "model.api_key",
            "k",
            s -> s.model().apiKey().value(),
            model + "asksOverHttp11WithKeyModelAndMessages"),
        proof(
            "model.name",
            "m",
            s -> s.model().name(),
            model + "asksOverHttp11WithKeyModelAndMessages"),
        proof("verify.model", "j", s -> s.model().judge(), model + "asksTheJudgeByItsOwnName"),
        proof(
            "model.temperature",
            0.2,
            s -> s.model().temperature().orElse(-1),
            model + "asksTheJudgeByItsOwnName"),
        proof(
            "model.connect_timeout_seconds",
            7,
            s -> s.model().connectTimeout().toSeconds(),
            7L,
            model + "aServerThatCannotBeReachedIsGivenUpAsConfigured"),
        proof(
            "model.timeout_seconds",
            7,
            s -> s.model().timeout().toSeconds(),
            7L,
            model + "aSilentServerTimesOut"),
        proof(
            "model.retries",
            2,
            s -> s.model().retries(),
            model + "givesUpAfterTheConfiguredRetries"),
        proof(
            "model.longest_wait_seconds",
            7,
            s -> s.model().longestWait().toSeconds(),
            7L,
            model + "doesNotWaitLongerThanConfigured"),
        proof(
            "model.concurrent_calls",
            2,
            s -> s.model().concurrentCalls(),
            model + "noMoreCallsRunAtOnceThanConfigured"),
        proof(
            "model.structured_output",
            "off",
            s -> s.model().structuredOutput().name(),
            "OFF",
            model + "theSchemaCanBeSwitchedOff"),
        proof(
            "turn.max_seconds",
            7,
            s -> s.turn().wallTime().toSeconds(),
            7L,
            "StepwiseDriverTest::theWallTimeEndsATurnThatHangs"));
  }

  private static Stream<Proof> sandbox() {
    String contract = "SandboxContract::";
    return Stream.of(
        proof(
            "sandbox.workers",
            2,
            s -> s.sandbox().workers(),
            "MetricsIT::theFiguresOfAHundredTurnsAddUp"),
        proof("sandbox.heap_mib", 99, s -> s.sandbox().heapMib(), contract + "memoryIsLimited"),
        proof(
            "sandbox.max_runs",
            2,
            s -> s.sandbox().maxRuns(),
            "WarmPoolTest::workersAreReplacedAfterTheirRunsAFaultOrGrowth"),
        proof(
            "sandbox.reuse",
            "never",
            s -> s.sandbox().reuse(),
            WorkerReuse.NEVER,
            "WarmPoolTest::withoutReuseEveryScriptHasAWorkerOfItsOwn"),
        proof(
            "sandbox.require_lockdown",
            true,
            s -> s.sandbox().requireLockdown(),
            "WarmPoolTest::aWorkerThatLacksALayerIsRefusedWhereAllAreRequired"),
        proof(
            "sandbox.engine",
            "graalpy",
            s -> s.sandbox().engine().name(),
            "GRAALPY",
            "CombinedSandboxTest::aPackageOfTheSecondEngineChoosesItAndNothingElseDoes"),
        proof(
            "worker.patience_seconds",
            7,
            s -> s.workers().patience().toSeconds(),
            7L,
            "RemoteSandboxTest::withoutAnyHostAScriptWaitsAsLongAsConfiguredAndIsLost"),
        proof(
            "worker.connections",
            7,
            s -> s.workers().connections(),
            "RemoteSandboxTest::aHostServesNoMoreConnectionsThanConfigured"),
        proof(
            "worker.held_mib",
            7,
            s -> s.workers().heldMib(),
            "RemoteSandboxTest::whatAHostHoldsIsBoundedAndTheNextScriptsWait"),
        proof(
            "worker.handshake_seconds",
            7,
            s -> s.workers().introduction().toSeconds(),
            7L,
            "RemoteSandboxTest::strangersAreCutOff"),
        proof(
            "sandbox.python_imports",
            "json",
            s -> s.sandbox().imports(),
            List.of("json"),
            "CPythonContractTest::theEnvironmentNamesPackagesVersionsAndLayers"),
        proof(
            "sandbox.seconds",
            7,
            s -> s.turn().limits().wallTime().toSeconds(),
            7L,
            contract + "theWallTimeEndsAProgramAndWhatItPrintedIsKept"),
        proof(
            "sandbox.cpu_seconds",
            7,
            s -> s.turn().limits().cpuTime().toSeconds(),
            7L,
            contract + "theCpuTimeEndsAProgram"),
        proof(
            "sandbox.output_kib",
            7,
            s -> s.turn().limits().outputBytes(),
            7 << 10,
            contract + "outputBeyondTheLimitIsCountedAndAFloodEndsTheProgram"),
        proof(
            "sandbox.output_flood_mib",
            7,
            s -> s.turn().limits().outputFloodBytes(),
            7L << 20,
            contract + "outputBeyondTheLimitIsCountedAndAFloodEndsTheProgram"),
        proof(
            "sandbox.source_kib",
            7,
            s -> s.turn().limits().sourceBytes(),
            7 << 10,
            "WarmPoolTest::scriptsOverTheirLimitsAreRefusedBeforeAWorkerSeesThem"),
        proof(
            "sandbox.files_mib",
            7,
            s -> s.turn().limits().fileBytes(),
            7L << 20,
            contract + "beyondTheQuotaTheDiskIsFull"),
        proof(
            "sandbox.file_count",
            7,
            s -> s.turn().limits().fileCount(),
            contract + "beyondTheQuotaTheDiskIsFull"));
  }

  private static Stream<Proof> service() {
    String door = "HttpBoundsTest::";
    String sweep = "JdbiPrivacyTest::eachTimeIsItsOwnAndZeroIsForGood";
    return Stream.of(
        proof(
            "files.unpacked",
            7,
            s -> s.service().files().unpackedFiles(),
            "HostileFilesTest::bombsAreRefusedWhileTheyUnfold"),
        proof(
            "files.read_children",
            7,
            s -> s.service().reading().children(),
            "WarmPoolTest::closingEndsWorkersAndWhatTheyRun"),
        proof(
            "files.read_heap_mib",
            99,
            s -> s.service().reading().heapMib(),
            "FileChildIT::aFileThatFillsTheHeapIsRefusedWithTheLimitsName"),
        proof(
            "files.read_seconds",
            7,
            s -> s.service().reading().deadline().toSeconds(),
            7L,
            "FileChildIT::everyBombGetsAnAnswerAndTheNextFileIsRead"),
        proof(
            "files.archive_entries",
            7,
            s -> s.service().reading().bounds().entries(),
            "ChildLimitsTest::entriesOfAnArchiveAreBounded"),
        proof(
            "files.columns",
            7,
            s -> s.service().reading().bounds().columns(),
            "ChildLimitsTest::columnsAreBounded"),
        proof(
            "files.cells",
            7,
            s -> s.service().reading().bounds().cells(),
            "ChildLimitsTest::cellsOfASheetAreBounded"),
        proof(
            "files.nesting",
            7,
            s -> s.service().reading().bounds().nesting(),
            "ChildLimitsTest::nestingOfJsonIsBounded"),
        proof(
            "service.conversations_at_once",
            7,
            s -> s.service().scheduler().atOnce(),
            "DeliveryStagesTest::noMoreConversationsAreWorkedOnAtOnceThanConfigured"),
        proof(
            "service.most_open",
            7,
            s -> s.service().scheduler().mostOpen(),
            "DeliveryStagesTest::beyondTheOperatorsBoundARequestIsRefusedBeforeAnythingWasPaid"),
        proof(
            "service.tries",
            7,
            s -> s.service().scheduler().mostTries(),
            "DeliveryStagesTest::whatCannotBeFetchedIsNamedAndNothingIsComputedWithoutIt"),
        proof(
            "service.closing_seconds",
            7,
            s -> s.service().scheduler().grace().toSeconds(),
            7L,
            "DeliveryServiceTest::closingLeavesARunningTurnToTheNextStart"),
        proof(
            "service.silence_seconds",
            7,
            s -> s.service().scheduler().lease().toSeconds(),
            7L,
            "ReplicasTest::theTurnOfAStalledReplicaGoesOnInAnother"),
        proof(
            "turn.memory_tokens",
            150,
            s -> s.memoryTokens(),
            "MemoryTest::thereIsRoomForSoMuchAndNoMore"),
        proof(
            "schedule.per_place",
            7,
            s -> s.schedules().perPlace(),
            "ScheduledRunsTest::limitsAreSaidInPlainWords"),
        proof(
            "schedule.per_team",
            7,
            s -> s.schedules().perTeam(),
            "ScheduledRunsTest::aTeamHasALimitOfItsOwn"),
        proof(
            "schedule.shortest_minutes",
            7,
            s -> s.schedules().shortest().toMinutes(),
            7L,
            "ScheduledRunsTest::limitsAreSaidInPlainWords"),
        proof(
            "retention.conversations_days",
            7,
            s -> s.retention().conversations(),
            Duration.ofDays(7),
            sweep),
        proof("retention.files_days", 7, s -> s.retention().files(), Duration.ofDays(7), sweep),
        proof("retention.outputs_days", 7, s -> s.retention().outputs(), Duration.ofDays(7), sweep),
        proof("retention.audit_days", 40, s -> s.retention().audit(), Duration.ofDays(40), sweep),
        proof(
            "http.connections",
            99,
            s -> s.http().bounds().connections(),
            door + "theOldestConnectionGivesWay"),
        proof(
            "http.bodies_at_once",
            7,
            s -> s.http().bounds().bodies(),
            door + "theBodyThatIsOnItsWayTheLongestGivesWay"),
        proof(
            "http.body_kib",
            99,
            s -> s.http().bounds().bodyBytes(),
            99 << 10,
            door + "aBodyThatIsTooLongIsRefusedBeforeItIsSent"),
        proof(
            "http.body_seconds",
            7,
            s -> s.http().bounds().bodyTime().toSeconds(),
            7L,
            door + "aBodyThatTakesTooLongIsCutOff"));
  }

  private static WebSurfaceSettings web(Settings settings) {
    return settings.surfaces().web();
  }

  private static Stream<Proof> surfaces() {
    String guard = "WebSecurityTest::";
    String query = "JdbcSourcesTest::";
    String setUp = "StartedOnSlackIT::killedInATurnItAnswersOnceInItsMessageAndOldButtonsWork";
    String polls =
        "StartedOnTelegramIT::killedWhilePollingItAnswersEachRequestOnceAfterTheNextStart";
    String hook =
        "StartedOnTelegramIT::killedBehindAWebhookItAnswersEachRequestOnceAfterTheNextStart";
    return Stream.of(
        proof(
            "store.user",
            "keeper",
            s -> s.store().access().user(),
            "PostgresStoreTest::aUserAndAPasswordOpenTheDatabase"),
        proof(
            "store.password",
            "topsecret",
            s -> s.store().access().password(),
            "PostgresStoreTest::aUserAndAPasswordOpenTheDatabase"),
        proof(
            "store.connections",
            2,
            s -> s.store().access().connections(),
            "PostgresStoreTest::thePoolHoldsNoMoreConnectionsThanItMay"),
        proof(
            "store.patience_seconds",
            0,
            s -> s.store().access().patience(),
            Duration.ZERO,
            "PostgresOutageTest::workGivesUpWhenItsPatienceIsAtItsEnd"),
        proof("slack.enabled", false, s -> s.surfaces().slack().isPresent(), setUp),
        proof("slack.mode", "http", s -> slack(s).mode(), SlackSettings.Mode.HTTP, setUp),
        proof("slack.bot_token", "xoxb-2", s -> slack(s).botToken(), setUp),
        proof("slack.app_token", "xapp-2", s -> slack(s).appToken(), setUp),
        proof(
            "slack.signing_secret",
            "x2",
            s -> slack(s).signingSecret(),
            "HttpModeTest::refusesWhatSlackDidNotSignOrSignedLongAgo"),
        proof(
            "slack.api_url", "https://x/", s -> slack(s).apiUrl(), URI.create("https://x/"), setUp),
        proof(
            "telegram.rich",
            "on",
            s -> telegram(s).rich(),
            TelegramSettings.Rich.ON,
            "SettingsEffectTest::aChatsChoiceOfRichMessagesCountsBeforeTheSettings"),
        proof("telegram.enabled", false, s -> s.surfaces().telegram().isPresent(), polls),
        proof(
            "telegram.mode",
            "webhook",
            s -> telegram(s).mode(),
            TelegramSettings.Mode.WEBHOOK,
            hook),
        proof("telegram.token", "8:" + "b".repeat(35), s -> telegram(s).token(), polls),
        proof(
            "telegram.secret_token",
            "s2",
            s -> telegram(s).secretToken(),
            Optional.of("s2"),
            "WebhookTest::nobodyElseIsHeard"),
        proof(
            "telegram.api_url",
            "https://x",
            s -> telegram(s).apiUrl(),
            URI.create("https://x"),
            polls),
        proof(
            "telegram.webhook_url",
            "https://y/z",
            s -> telegram(s).webhookUrl(),
            Optional.of(URI.create("https://y/z")),
            "WebhookTest::isRegisteredWithItsSecretAndReceives"),
        proof(
            "web.enabled",
            true,
            s -> web(s).enabled(),
            guard + "everyPageForbidsWhateverIsNotOurs"),
        proof(
            "web.hosts",
            "reckon.example",
            s -> web(s).hosts(),
            Set.of("reckon.example"),
            guard + "aNameThatResolvesToThisMachineIsNotEnough"),
        proof(
            "web.session_hours",
            2,
            s -> web(s).session(),
            Duration.ofHours(2),
            guard + "aRevokedOrExpiredSessionIsNoneAnyMore"),
        proof(
            "policy.sources",
            "shop:any",
            s -> s.policy().text(PolicyKey.SOURCES),
            "SourceAccessTest::onlyWhoIsListedMayQuery"),
        proof(
            "fetch.hosts",
            "data.example",
            s -> s.fetch().hosts(),
            List.of("data.example"),
            "HttpsFetcherTest::onlyHttpsOfListedHostsIsAllowed"),
        proof(
            "fetch.seconds",
            7,
            s -> s.fetch().time(),
            Duration.ofSeconds(7),
            "HttpsFetcherTest::aFileThatDoesNotComeInTimeIsGivenUp"),
        proof(
            "fetch.proxy",
            "proxy.example:3128",
            s -> s.fetch().proxy(),
            Optional.of(InetSocketAddress.createUnresolved("proxy.example", 3128)),
            "ProxiedFetchTest::theProxyIsAskedForTheCheckedAddressAndSeesNoName"),
        proof(
            "query.rows",
            7,
            s -> s.sources().limits().rows(),
            query + "aResultOfTooManyRowsIsRefused"),
        proof(
            "query.mib",
            1,
            s -> s.sources().limits().bytes(),
            1 << 20,
            query + "aResultOfTooManyBytesIsRefused"),
        proof(
            "query.seconds",
            1,
            s -> s.sources().limits().time(),
            Duration.ofSeconds(1),
            query + "aQueryThatTakesTooLongIsEnded"),
        proof(
            "query.at_once",
            1,
            s -> s.sources().limits().atOnce(),
            query + "oneQueryTooManyWaitsUntilThereIsAPlace"),
        proof(
            "query.schema_tokens",
            300,
            s -> s.sources().limits().schemaTokens(),
            query + "tablesThatDoNotFitAreOnlyNamed"),
        proof(
            "query.drivers",
            "/opt/drivers",
            s -> s.sources().drivers(),
            Path.of("/opt/drivers"),
            query + "aDriverOfTheFolderIsUsed"),
        proof("web.open_pages", 7, s -> web(s).streams(), guard + "onePageTooManyClosesTheOldest"),
        proof(
            "web.open_pages_per_browser",
            7,
            s -> web(s).streamsPerSession(),
            guard + "onePageTooManyClosesTheOldest"),
        proof(
            "web.message_mib",
            7,
            s -> web(s).messageBytes(),
            7 << 20,
            guard + "aMessageIsBoundedAndItsFramesAreChecked"),
        proof(
            "web.membership_minutes",
            7,
            s -> team(s).membership(),
            Duration.ofMinutes(7),
            "TeamPagesTest::whatAPlatformSaidIsBelievedForAWhile"),
        proof(
            "web.share_days",
            0,
            s -> team(s).sharing(),
            Duration.ZERO,
            "TeamPagesTest::sharingCanBeSwitchedOff"),
        proof(
            "mcp.enabled",
            false,
            s -> s.tools().isPresent(),
            "McpIT::theServiceServesToolsWhereTheyAreSwitchedOn"),
        proof(
            "mcp.api",
            true,
            s -> s.tools().orElseThrow().api(),
            "HttpApiTest::everyRouteIsDescribedAndAnswersAsDescribed"),
        proof(
            "mcp.token",
            "y".repeat(40),
            s -> s.tools().orElseThrow().token().value(),
            "McpIT::nobodyComesInWithoutTheToken"),
        proof(
            "mcp.agent",
            "clerk",
            s -> s.tools().orElseThrow().caller().person().id(),
            "mcp/clerk",
            "McpIT::thePolicyHoldsAndRefusalsAreOnTheRecord"),
        proof(
            "mcp.team",
            "slack/T1",
            s -> s.tools().orElseThrow().caller().team().id(),
            "McpIT::savedComputationsOfTheTeamAreListedAndRun"));
  }

  private static TeamAccessSettings team(Settings settings) {
    return settings.surfaces().team();
  }

  private static SlackSettings slack(Settings settings) {
    return settings.surfaces().slack().orElseThrow();
  }

  private static TelegramSettings telegram(Settings settings) {
    return settings.surfaces().telegram().orElseThrow();
  }

  /** Keys with a test of their own, here or where it is named. */
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("http.host", "SettingsEffectTest::theServerListensWhereItIsTold"),
          Map.entry("http.port", "SettingsEffectTest::theServerListensWhereItIsTold"),
          Map.entry("http.metrics", "SettingsEffectTest::metricsAreServedOnlyWhereTheyAreWanted"),
          Map.entry("log.level", "SettingsEffectTest::theLogHasItsLevelAndItsFormat"),
          Map.entry("log.json", "SettingsEffectTest::theLogHasItsLevelAndItsFormat"),
          Map.entry("store.url", "SettingsEffectTest::theStoreLiesWhereItIsTold"),
          Map.entry("files.store", "LargeFileSettingsTest::largeFilesAreWhereTheKeysSay"),
          Map.entry("files.store_from_kib", "LargeFileSettingsTest::largeFilesAreWhereTheKeysSay"),
          Map.entry("files.store_endpoint", "LargeFileSettingsTest::largeFilesAreWhereTheKeysSay"),
          Map.entry("files.store_region", "LargeFileSettingsTest::largeFilesAreWhereTheKeysSay"),
          Map.entry(
              "files.store_path_style", "LargeFileSettingsTest::largeFilesAreWhereTheKeysSay"),
          Map.entry(
              "files.store_access_key", "LargeFileSettingsTest::largeFilesAreWhereTheKeysSay"),
          Map.entry(
              "files.store_secret_key", "LargeFileSettingsTest::largeFilesAreWhereTheKeysSay"),
          Map.entry("store.password_file", "SettingsEffectTest::theStoresPasswordMayLieInAFile"),
          Map.entry("sandbox.java_home", "WorkerJavaHomeTest::workersRunOnTheJdkThatIsNamed"),
          Map.entry(
              "sandbox.python",
              "SandboxSettingsTest::theSecondEnginesPythonHasToBeOneAndNewEnough"),
          Map.entry("sandbox.packages", "PackagesIT::aPackageIsImportedAndDoctorNamesIt"),
          Map.entry("http.public_url", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"),
          Map.entry("slack.oauth.enabled", "SettingsEffectTest::workspacesInstallTheAppByItsKeys"),
          Map.entry(
              "slack.oauth.client_id", "SettingsEffectTest::workspacesInstallTheAppByItsKeys"),
          Map.entry(
              "slack.oauth.client_secret", "SettingsEffectTest::workspacesInstallTheAppByItsKeys"),
          Map.entry(
              "slack.oauth.token_key", "SettingsEffectTest::workspacesInstallTheAppByItsKeys"),
          Map.entry(
              "slack.oauth.workspaces", "SettingsEffectTest::workspacesInstallTheAppByItsKeys"),
          Map.entry(
              "slack.oauth.install_minutes",
              "SettingsEffectTest::workspacesInstallTheAppByItsKeys"),
          Map.entry("sandbox.url", "WorkerHostSettingsTest::namedHostsAreUsed"),
          Map.entry("worker.listen", "WorkerHostSettingsTest::aHostListensWhereItIsTold"),
          Map.entry("worker.certificate", "WorkerHostSettingsTest::eitherSideShowsWhatItIsGiven"),
          Map.entry("worker.key", "WorkerHostSettingsTest::eitherSideShowsWhatItIsGiven"),
          Map.entry("worker.ca", "WorkerHostSettingsTest::eitherSideShowsWhatItIsGiven"),
          Map.entry("worker.token", "WorkerHostSettingsTest::eitherSideShowsWhatItIsGiven"),
          Map.entry("worker.token_file", "WorkerHostSettingsTest::eitherSideShowsWhatItIsGiven"),
          Map.entry("web.slack_client_id", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"),
          Map.entry(
              "web.slack_client_secret", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"),
          Map.entry("web.slack_team", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"),
          Map.entry("web.telegram_client_id", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"),
          Map.entry(
              "web.telegram_client_secret", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"),
          Map.entry("web.proxy_header", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"),
          Map.entry("web.proxy_addresses", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"),
          Map.entry("web.proxy_person", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"),
          Map.entry("web.proxy_team", "SettingsEffectTest::signingInIsSwitchedOnByItsKeys"));

  @TempDir Path folder;

  @Test
  void everyKeyHasATestThatChangesIt() throws Exception {
    Configuration all = Configuration.read(Optional.empty(), List.of(), name -> null);
    Settings.from(all, HOME);
    Set<String> keys = new TreeSet<>(all.known().keySet());
    keys.addAll(TURNS.keySet().stream().filter(key -> key.startsWith("model.prices.")).toList());
    Set<String> tested = new TreeSet<>(TURNS.keySet());
    tested.addAll(POLICY.keySet());
    tested.addAll(OWN.keySet());
    proofs().map(Proof::key).forEach(tested::add);
    assertEquals(keys, tested);
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(HOME)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*/src/test/java/.*\\.java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    List<String> missing = new ArrayList<>();
    Stream.concat(OWN.values().stream(), proofs().map(Proof::test))
        .distinct()
        .forEach(
            test -> {
              String[] parts = test.split("::", 2);
              if (!sources.getOrDefault(parts[0], "").contains("void " + parts[1] + "(")) {
                missing.add(test);
              }
            });
    assertEquals(List.of(), missing);
  }

  @Test
  void aTurnGoesAnotherWayForEachOfItsKeys() throws Exception {
    try (JdbiStore store = JdbiStore.open(inFolder("turns.db"), Clock.systemUTC())) {
      String usual = ObservedTurns.under(settings(), store);
      assertEquals(
          usual, ObservedTurns.under(settings(), store), "the same settings, the same way");
      for (Map.Entry<String, String> key : TURNS.entrySet()) {
        String changed = ObservedTurns.under(settings(key.getKey() + "=" + key.getValue()), store);
        assertNotEquals(usual, changed, key.getKey() + " changes nothing");
      }
    }
  }

  @Test
  void theDoorDecidesOtherwiseForEachKeyOfThePolicy() throws Exception {
    String usual = ObservedAdmissions.under(settings().policy());
    for (Map.Entry<String, String> key : POLICY.entrySet()) {
      Settings changed = settings(key.getKey() + "=" + key.getValue());
      assertNotEquals(
          usual, ObservedAdmissions.under(changed.policy()), key.getKey() + " changes nothing");
    }
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void aKeyBecomesTheValueWhoseEffectIsProvedElsewhere(Proof proof) throws Exception {
    String[] surfaces = {
      "slack.enabled=true",
      "slack.bot_token=xoxb-1",
      "slack.app_token=xapp-1",
      "slack.signing_secret=x1",
      "telegram.enabled=true",
      "telegram.token=7:" + "a".repeat(35),
      "telegram.secret_token=s1",
      "telegram.webhook_url=https://y",
      "mcp.enabled=true",
      "mcp.token=" + "x".repeat(32)
    };
    String[] changed = Arrays.copyOf(surfaces, surfaces.length + 1);
    changed[surfaces.length] = proof.key() + "=" + proof.value();
    assertNotEquals(proof.becomes(), proof.read().apply(settings(surfaces)));
    assertEquals(proof.becomes(), proof.read().apply(settings(changed)));
  }

  @Test
  void aChatsChoiceOfRichMessagesCountsBeforeTheSettings() {
    try (JdbiStore store = JdbiStore.open(inFolder("rich.db"), Clock.systemUTC())) {
      for (boolean otherwise : List.of(true, false)) {
        StoreRichChats chats = new StoreRichChats(store.preferences(), otherwise);
        assertEquals(otherwise, chats.wanted(otherwise ? 7 : 8));
        chats.choose(otherwise ? 7 : 8, !otherwise, "telegram/7");
        assertEquals(!otherwise, chats.wanted(otherwise ? 7 : 8));
      }
    }
  }

  @Test
  void workspacesInstallTheAppByItsKeys() throws Exception {
    String[] keys = {
      "slack.oauth.enabled=true",
      "http.public_url=https://reckon.example",
      "slack.oauth.client_id=1.2",
      "slack.oauth.client_secret=shh",
      "slack.oauth.token_key=" + "q".repeat(42) + "w=",
      "slack.enabled=true",
      "slack.mode=http",
      "slack.signing_secret=x1",
      "slack.oauth.workspaces=T1",
      "slack.oauth.install_minutes=5"
    };
    SlackOAuth oauth = slack(settings(keys)).oauth().orElseThrow();
    assertEquals(
        new SlackOAuth(
            "1.2",
            "shh",
            List.of("q".repeat(42) + "w="),
            URI.create("https://reckon.example/"),
            Set.of("T1"),
            Duration.ofMinutes(5)),
        oauth);
    keys[0] = "slack.oauth.enabled=false";
    assertEquals(1, settings(keys).surfaces().problems().size(), "neither token nor installations");
    keys[0] = "slack.oauth.enabled=true";
    for (int missing = 1; missing <= 4; missing++) {
      List<String> others = new ArrayList<>(List.of(keys));
      String left = others.remove(missing);
      Settings without = settings(others.toArray(String[]::new));
      assertEquals(1, without.surfaces().problems().size(), "without " + left);
    }
  }

  @Test
  void signingInIsSwitchedOnByItsKeys() throws Exception {
    assertEquals(List.of(), team(settings()).providers());
    assertEquals(Optional.empty(), team(settings()).proxy());
    String[] slack = {
      "http.public_url=https://reckon.example",
      "slack.enabled=true",
      "web.slack_client_id=1.2",
      "web.slack_client_secret=shh",
      "web.slack_team=T0123ABCD"
    };
    OpenIdProvider provider = team(settings(slack)).providers().getFirst();
    assertEquals("1.2", provider.clientId());
    assertEquals("shh", provider.clientSecret());
    assertEquals("T0123ABCD", provider.parameters().get("team"));
    for (int missing = 0; missing < slack.length; missing++) {
      List<String> others = new ArrayList<>(List.of(slack));
      others.remove(missing);
      assertThrows(
          ConfigurationException.class,
          () -> settings(others.toArray(String[]::new)),
          "without " + slack[missing]);
    }
    TeamAccessSettings telegram =
        team(
            settings(
                "http.public_url=https://reckon.example",
                "web.telegram_client_id=7",
                "web.telegram_client_secret=shh"));
    assertEquals("7", telegram.providers().getFirst().clientId());
    assertEquals("shh", telegram.providers().getFirst().clientSecret());
    assertEquals(
        new ProxySignIn("X-User", Set.of("10.0.0.7"), "slack/T1/*", "slack/T1"),
        team(settings(
                "web.proxy_header=X-User",
                "web.proxy_addresses=[\"10.0.0.7\"]",
                "web.proxy_person=slack/T1/*",
                "web.proxy_team=slack/T1"))
            .proxy()
            .orElseThrow());
    for (String wrong :
        List.of(
            "http.public_url=http://reckon.example",
            "http.public_url=https://reckon.example/path",
            "web.proxy_header=X User")) {
      assertThrows(ConfigurationException.class, () -> settings(wrong), wrong);
    }
  }

  @Test
  void theServerListensWhereItIsTold() throws Exception {
    assertEquals(Optional.empty(), settings().http().settings(false));
    int port = StartedReckon.freePort();
    HttpSettings where =
        settings("http.host=127.0.0.2", "http.port=" + port).http().settings(false).orElseThrow();
    try (HttpServer _ = HttpServer.start(where, List.of(), List.of())) {
      new Socket("127.0.0.2", port).close();
      assertThrows(
          IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }
  }

  @Test
  void metricsAreServedOnlyWhereTheyAreWanted() throws Exception {
    try (JdbiStore store = JdbiStore.open(inFolder("metrics.db"), Clock.systemUTC())) {
      for (boolean wanted : List.of(true, false)) {
        Settings settings = settings("http.metrics=" + wanted);
        try (ServiceControls controls = new ServiceControls(settings, store, Clock.systemUTC())) {
          assertEquals(wanted ? 1 : 0, controls.endpoints().size());
        }
      }
    }
  }

  @Test
  void oneProcessAloneDoesNotLookForChangesOfThePolicyElsewhere() throws Exception {
    try (JdbiStore store = JdbiStore.open(inFolder("alone.db"), Clock.systemUTC());
        ServiceControls controls = new ServiceControls(settings(), store, Clock.systemUTC())) {
      assertEquals(
          List.of("loop housekeeping"),
          controls.watch(List.of()).stream().map(ready -> ready.name()).toList());
    }
  }

  @Test
  void anObjectStoreThatIsAwayForLongKeepsNobodyFromAsking() throws Exception {
    try (JdbiStore store = JdbiStore.open(inFolder("large.db"), Clock.systemUTC());
        ServiceControls controls =
            new ServiceControls(settings("files.store=s3://files"), store, Clock.systemUTC())) {
      assertEquals(
          List.of("loop stored-objects"),
          controls.watch(List.of()).stream()
              .filter(ready -> !ready.needed())
              .map(ready -> ready.name())
              .toList());
    }
  }

  @Test
  void theStoreLiesWhereItIsTold() throws Exception {
    String url = settings("store.url=" + inFolder("elsewhere.db")).store().access().url();
    JdbiStore.open(url, Clock.systemUTC()).close();
    assertTrue(Files.exists(folder.resolve("elsewhere.db")));
  }

  @Test
  void theStoresPasswordMayLieInAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "topsecret\n");
    assertEquals("topsecret", settings("store.password_file=" + file).store().access().password());
    Path empty = Files.writeString(folder.resolve("empty"), "");
    for (String wrong : List.of(empty.toString(), folder.resolve("none").toString())) {
      assertThrows(
          ConfigurationException.class, () -> settings("store.password_file=" + wrong), wrong);
    }
    assertThrows(
        ConfigurationException.class,
        () -> settings("store.url=jdbc:postgresql://db/reckon?user=a&password=b"));
  }

  @Test
  void theLogHasItsLevelAndItsFormat() throws Exception {
    assertEquals("", logged());
    assertTrue(logged("log.level=info").contains("a line of the test"));
    assertTrue(logged("log.level=info", "log.json=true").startsWith("{"));
  }

  private static String logged(String... set) throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    try {
      Logging.apply(settings(set).log(), Set.of());
      LoggerFactory.getLogger("dev.reckon.app.SettingsEffectTest").info("a line of the test");
    } finally {
      System.setErr(before);
      Logging.apply(settings().log(), Set.of());
    }
    return lines.toString(StandardCharsets.UTF_8);
  }

  private String inFolder(String name) {
    return "jdbc:sqlite:" + folder.resolve(name);
  }

  private static Settings settings(String... set) throws ConfigurationException {
    return Settings.from(
        Configuration.read(
            Optional.of(HOME.resolve("config/reckon.toml")), List.of(set), name -> null),
        HOME);
  }
}
