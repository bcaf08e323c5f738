package dev.reckon.sandbox.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.wire.FromHost;
import dev.reckon.sandbox.wire.HostCodec;
import dev.reckon.sandbox.wire.ToHost;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real hosts on real sockets; their workers speak the protocol and know no Python. */
@Timeout(60)
class RemoteSandboxTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int HELD_MIB = 64;

  @TempDir private static Path directory;
  private static @Nullable WarmPool shared;

  /** What is to be closed, the newest first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @BeforeAll
  static void openPool() {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(":", -1)).map(Path::of).toList();
    shared = WarmPool.open(PoolSettings.of(classPath, directory).withWorkers(1));
  }

  @AfterAll
  static void closePool() {
    pool().close();
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void withCertificatesOnBothSidesAScriptRunsAndItsResultIsWhole() throws Exception {
    WorkerHost host = host(TestCredentials.host());
    RemoteSandbox sandbox = sandbox(TestCredentials.bot(), tls(host));
    RunResult result =
        sandbox
            .submit(
                new Script(
                    "id",
                    "tenant",
                    "queue",
                    "print hello\nfile a.txt\nread given.csv\nread /etc/passwd",
                    List.of(SandboxFile.text("given.csv", "a\n")),
                    Limits.DEFAULT))
            .get(20, TimeUnit.SECONDS);
    assertInstanceOf(RunResult.Completed.class, result);
    assertEquals("hello\n", result.produced().stdout());
    assertEquals("a.txt", result.produced().files().getFirst().name());
    assertEquals(Set.of("given.csv"), result.produced().read());
    assertEquals("GraalPy", result.produced().engine());
    assertEquals("0.0", sandbox.environment().get(20, TimeUnit.SECONDS).pythonVersion());
    assertEquals(1, sandbox.status().runs());
    assertEquals(Set.of(tls(host).toString()), sandbox.engines().keySet());
    var read =
        assertInstanceOf(Inspection.Read.class, sandbox.inspect("math").get(20, TimeUnit.SECONDS));
    assertEquals("math", read.report().imports().getFirst().module());
  }

  @Test
  void withATokenTheBotNeedsNoCertificate() throws Exception {
    WorkerHost host = host(TestCredentials.of("host", "", TestCredentials.TOKEN));
    Credentials right = TestCredentials.of("", "host", TestCredentials.TOKEN);
    assertEquals("x\n", run(sandbox(right, tls(host)), "print x").produced().stdout());
    Credentials wrong = TestCredentials.of("", "host", "f".repeat(32));
    assertEquals(
        "it refuses: the token is not this host's (worker.token)",
        problem(sandbox(wrong, tls(host)), tls(host)));
  }

  @Test
  void whoCannotShowACertificateIsNotServed() throws Exception {
    WorkerHost host = host(TestCredentials.host());
    assertProblem("certificate", sandbox(TestCredentials.of("", "host", ""), tls(host)), tls(host));
    assertProblem(
        "certificate", sandbox(TestCredentials.of("stranger", "host", ""), tls(host)), tls(host));
    assertEquals(
        "x\n", run(sandbox(TestCredentials.bot(), tls(host)), "print x").produced().stdout());
  }

  @Test
  void aBotDoesNotTalkToAHostWithAnotherCertificateOrName() throws Exception {
    WorkerHost other = host(TestCredentials.of("stranger", "bot", ""));
    assertProblem("certification path", sandbox(TestCredentials.bot(), tls(other)), tls(other));
    assertProblem(
        "No subject alternative names",
        sandbox(TestCredentials.of("bot", "stranger", ""), tls(other)),
        tls(other));
  }

  @Test
  void onThisMachineNeitherIsNeeded() throws Exception {
    WorkerHost host = host(Credentials.NONE);
    assertEquals("x\n", run(sandbox(Credentials.NONE, plain(host)), "print x").produced().stdout());
  }

  @Test
  void offThisMachineAHostAsksForEncryptionAndForWhoIsThere() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> settings("0.0.0.0", Credentials.NONE, 64));
    Credentials anybody = TestCredentials.of("host", "", "");
    assertThrows(IllegalArgumentException.class, () -> settings("0.0.0.0", anybody, 64));
    settings("0.0.0.0", TestCredentials.host(), 64);
    settings("0.0.0.0", TestCredentials.of("host", "", TestCredentials.TOKEN), 64);
    assertThrows(
        IllegalArgumentException.class, () -> HostAddress.parse("plain://workers.example:7443"));
    assertThrows(IllegalArgumentException.class, () -> TestCredentials.of("host", "", "short"));
  }

  @Test
  void addressesThatCannotBeMeantAreRefused() {
    assertEquals(new HostAddress(true, "::1", 7443), HostAddress.parse("tls://[::1]:7443"));
    assertEquals("tls://[::1]:7443", HostAddress.parse("tls://[::1]:7443").toString());
    for (String wrong :
        List.of(
            "workers:7443",
            "https://workers:7443",
            "tls://workers",
            "tls://workers:7443/path",
            "tls://user@workers:7443",
            "tls://workers:99999",
            "")) {
      assertThrows(IllegalArgumentException.class, () -> HostAddress.parse(wrong), wrong);
    }
  }

  @Test
  void aScriptIsToldApartWhileItWaitsAndWhileItRuns() throws Exception {
    WorkerHost host = host(TestCredentials.host());
    RemoteSandbox sandbox = sandbox(TestCredentials.bot(), tls(host));
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Script spinning = script("spin");
    CompletableFuture<RunResult> running = sandbox.submit(spinning, first::countDown);
    assertTrue(first.await(20, TimeUnit.SECONDS));
    CompletableFuture<RunResult> waiting = sandbox.submit(script("print later"), second::countDown);
    until(() -> sandbox.status().queued() == 1 && pool().status().queued() == 1);
    assertEquals(1, second.getCount(), "it waits in the host's queue");
    sandbox.stop(spinning);
    assertInstanceOf(RunResult.Stopped.class, running.get(20, TimeUnit.SECONDS));
    assertEquals("later\n", waiting.get(20, TimeUnit.SECONDS).produced().stdout());
    assertEquals(0, second.getCount());
  }

  @Test
  void aCancelledFutureEndsTheScriptOnItsHost() throws Exception {
    RemoteSandbox sandbox = sandbox(TestCredentials.bot(), tls(host(TestCredentials.host())));
    CountDownLatch taken = new CountDownLatch(1);
    CompletableFuture<RunResult> running = sandbox.submit(script("spin"), taken::countDown);
    assertTrue(taken.await(20, TimeUnit.SECONDS));
    running.cancel(true);
    assertEquals("next\n", run(sandbox, "print next").produced().stdout());
  }

  @Test
  void aBotThatGoesAwayLeavesNothingRunning() throws Exception {
    WorkerHost host = host(TestCredentials.host());
    RemoteSandbox gone = sandbox(TestCredentials.bot(), tls(host));
    CountDownLatch taken = new CountDownLatch(1);
    CompletableFuture<RunResult> running = gone.submit(script("spin"), taken::countDown);
    assertTrue(taken.await(20, TimeUnit.SECONDS));
    gone.close();
    assertInstanceOf(RunResult.WorkerLost.class, running.get(20, TimeUnit.SECONDS));
    until(() -> host.open() == 0 && pool().status().busy() == 0);
  }

  @Test
  void aLostHostIsALostWorkerAndTheNextHostIsUsed() throws Exception {
    WorkerHost first = host(TestCredentials.host());
    WorkerHost second = host(TestCredentials.host());
    RemoteSandbox sandbox = sandbox(TestCredentials.bot(), tls(first), tls(second));
    until(() -> problems(sandbox).isEmpty());
    CountDownLatch taken = new CountDownLatch(1);
    CompletableFuture<RunResult> running = sandbox.submit(script("spin"), taken::countDown);
    assertTrue(taken.await(20, TimeUnit.SECONDS));
    boolean onFirst = first.works();
    CompletableFuture<RunResult> waiting = sandbox.submit(script("print waited"));
    until(() -> first.works() && second.works());
    (onFirst ? first : second).close();
    RunResult lost = running.get(20, TimeUnit.SECONDS);
    assertTrue(
        assertInstanceOf(RunResult.WorkerLost.class, lost).reason().contains("was lost"),
        lost::toString);
    assertEquals("waited\n", waiting.get(20, TimeUnit.SECONDS).produced().stdout());
    assertEquals("next\n", run(sandbox, "print next").produced().stdout());
    assertEquals(1, problems(sandbox).size());
    assertEquals(1, sandbox.status().killed());
  }

  @Test
  void aHostThatClosesGivesBackWhatWaits() throws Exception {
    WorkerHost first = host(TestCredentials.host());
    RemoteSandbox sandbox = sandbox(TestCredentials.bot(), tls(first));
    CountDownLatch taken = new CountDownLatch(1);
    Script spinning = script("spin");
    CompletableFuture<RunResult> running = sandbox.submit(spinning, taken::countDown);
    assertTrue(taken.await(20, TimeUnit.SECONDS));
    CompletableFuture<RunResult> waiting = sandbox.submit(script("print waited"));
    until(() -> pool().status().queued() == 1);
    first.close();
    assertInstanceOf(RunResult.WorkerLost.class, running.get(20, TimeUnit.SECONDS));
    WorkerHost second = opened(startedAt(first.port()));
    assertEquals("waited\n", waiting.get(20, TimeUnit.SECONDS).produced().stdout());
    assertEquals(first.port(), second.port());
  }

  /** Another process may have the port for a moment. */
  private static WorkerHost startedAt(int port) throws Exception {
    var settings =
        new WorkerHost.Settings(
            "127.0.0.1", port, TestCredentials.host(), "1", 64, HELD_MIB, PATIENCE, Duration.ZERO);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return WorkerHost.start(settings, pools());
      } catch (BindException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  @Test
  void aScriptWithWhichHostsAreLostIsNotTriedForEver() throws Exception {
    FakeHost host = opened(new FakeHost(FakeHost.Answer.CLOSES_BEFORE_IT_TAKES));
    RemoteSandbox sandbox = sandbox(Credentials.NONE, host.address());
    var lost = assertInstanceOf(RunResult.WorkerLost.class, run(sandbox, "poison"));
    assertTrue(lost.reason().contains("was lost"), lost.reason());
    assertEquals(3, host.submitted());
  }

  @Test
  void aHostThatAcceptsNoFurtherConnectionIsTriedAsLongAsConfigured() throws Exception {
    FakeHost host = opened(new FakeHost(FakeHost.Answer.HONEST));
    RemoteSandbox sandbox = sandbox(Duration.ofMillis(1), host.address());
    until(() -> problems(sandbox).isEmpty());
    host.full();
    assertInstanceOf(RunResult.WorkerLost.class, run(sandbox, "x"));
    assertEquals(List.of(0, 3), List.of(host.submitted(), host.opened()), "one of them watches");
  }

  @Test
  void whatDoesNotFitInAMessageIsRefusedAtOnce() throws Exception {
    FakeHost host = opened(new FakeHost(FakeHost.Answer.HONEST));
    RemoteSandbox sandbox = sandbox(Credentials.NONE, host.address());
    byte[] content = new byte[8 << 20];
    List<SandboxFile> files =
        IntStream.range(0, 64).mapToObj(i -> new SandboxFile("f" + i, content)).toList();
    Limits limits =
        new Limits(Duration.ofSeconds(9), Duration.ofSeconds(9), 9, 9, 99, 1L << 30, 99);
    var refused =
        assertInstanceOf(
            RunResult.Failed.class,
            sandbox
                .submit(new Script("id", "t", "q", "x", files, limits))
                .get(20, TimeUnit.SECONDS));
    assertEquals("FilesTooLarge", refused.error().type());
    assertTrue(refused.error().message().contains("can be sent"), refused.error().message());
    assertEquals(0, host.submitted());
  }

  @Test
  void aBurstIsSharedBeforeItsConnectionsAreOpen() throws Exception {
    FakeHost idle = opened(new FakeHost(FakeHost.environment(), 1, 0));
    FakeHost busy = opened(new FakeHost(FakeHost.environment(), 1, 1));
    RemoteSandbox sandbox = sandbox(Credentials.NONE, idle.address(), busy.address());
    until(() -> problems(sandbox).isEmpty());
    CountDownLatch gate = new CountDownLatch(1);
    idle.greetAfter(gate);
    busy.greetAfter(gate);
    List<CompletableFuture<RunResult>> burst =
        IntStream.range(0, 5).mapToObj(i -> sandbox.submit(script("x"))).toList();
    until(() -> idle.opened() + busy.opened() == 2 + 5);
    assertEquals(List.of(1 + 3, 1 + 2), List.of(idle.opened(), busy.opened()));
    gate.countDown();
    for (CompletableFuture<RunResult> each : burst) {
      assertInstanceOf(RunResult.Completed.class, each.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void aBotThatIsGoneWithinAMessageHoldsNothing() throws Exception {
    WorkerHost host =
        opened(
            WorkerHost.start(
                settings("127.0.0.1", Credentials.NONE, 2),
                new WorkerHost.Times(PATIENCE, Duration.ofMillis(300)),
                pools()));
    try (Socket gone = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      completed(gone);
      gone.getOutputStream().write(announcing(900_000));
      assertEquals(-1, gone.getInputStream().read());
    }
    until(() -> host.heldKib() == 0);
  }

  @Test
  void aMessageCountsTwiceWhileItIsRead() throws Exception {
    WorkerHost host = host(Credentials.NONE);
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      completed(slow);
      slow.getOutputStream().write(announcing(900_000));
      until(() -> host.heldKib() == 2 * 900_000 / 1024);
    }
    until(() -> host.heldKib() == 0);
  }

  /** The beginning of a message of that length. */
  private static byte[] announcing(int bytes) {
    return ByteBuffer.allocate(4).putInt(bytes).array();
  }

  @Test
  void aConnectionThatIsNotUsedAnyMoreEnds() throws Exception {
    WorkerHost host =
        opened(
            WorkerHost.start(
                settings("127.0.0.1", Credentials.NONE, 1),
                new WorkerHost.Times(Duration.ofMillis(300), PATIENCE),
                pools()));
    try (Socket unused = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      completed(unused);
      assertEquals(-1, unused.getInputStream().read());
    }
  }

  /** Introduces itself and has a script run. */
  private static void completed(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    HostCodec.write(new ToHost.Hello(HostCodec.PROTOCOL, "1", ""), socket.getOutputStream());
    HostCodec.write(
        new ToHost.Submit(
            ToHost.Service.SCRIPTS,
            "t",
            "q",
            new ToWorker.Run(1, "print x", List.of(), Limits.DEFAULT)),
        socket.getOutputStream());
    FromHost message = HostCodec.readFromHost(socket.getInputStream(), () -> 10_000);
    while (!(message instanceof FromHost.Ended)) {
      Objects.requireNonNull(message, "the connection ended");
      message = HostCodec.readFromHost(socket.getInputStream(), () -> 10_000);
    }
  }

  @Test
  void withoutAnyHostAScriptWaitsAsLongAsConfiguredAndIsLost() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    RemoteSandbox sandbox =
        sandbox(Duration.ofMillis(1), new HostAddress(false, "127.0.0.1", port));
    var lost = assertInstanceOf(RunResult.WorkerLost.class, run(sandbox, "print x"));
    assertTrue(lost.reason().contains("plain://127.0.0.1:" + port), lost.reason());
    var fault =
        assertThrows(
            ExecutionException.class, () -> sandbox.inspect("x").get(20, TimeUnit.SECONDS));
    assertTrue(String.valueOf(fault.getMessage()).contains("no worker host can be used"));
  }

  @Test
  void aHostWithoutAllLayersIsNotUsedWhereTheyAreRequired() throws Exception {
    FakeHost host = opened(new FakeHost(FakeHost.WITHOUT_SECCOMP));
    RemoteSandbox strict =
        opened(
            RemoteSandbox.open(
                new RemoteSettings(
                    List.of(host.address()),
                    Credentials.NONE,
                    ToHost.Service.SCRIPTS,
                    "1",
                    true,
                    Duration.ofMillis(1))));
    until(() -> problems(strict).getOrDefault(host.address().toString(), "").contains("seccomp"));
    assertInstanceOf(RunResult.WorkerLost.class, run(strict, "print x"));
  }

  @Test
  void theHostWithLessToDoTakesTheNextScript() throws Exception {
    FakeHost busy = opened(new FakeHost(FakeHost.environment(), 2, 5));
    FakeHost idle = opened(new FakeHost(FakeHost.environment(), 2, 0));
    RemoteSandbox sandbox = sandbox(Credentials.NONE, busy.address(), idle.address());
    until(() -> problems(sandbox).isEmpty());
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(RunResult.Completed.class, run(sandbox, "x"));
    }
    assertEquals(List.of(0, 3), List.of(busy.submitted(), idle.submitted()));
  }

  @Test
  void whateverAHostSendsTheScriptHasAnEndAndTheBotsMemoryIsBounded() throws Exception {
    for (FakeHost.Answer answer : FakeHost.Answer.values()) {
      FakeHost hostile = opened(new FakeHost(answer));
      RemoteSandbox sandbox =
          opened(
              RemoteSandbox.open(
                  settings(PATIENCE, Credentials.NONE, hostile.address()), Duration.ofMillis(300)));
      Limits limits =
          new Limits(Duration.ofMillis(10), Duration.ofMillis(10), 100, 200, 100, 100, 1);
      RunResult result =
          sandbox
              .submit(new Script("id", "t", "q", "x", List.of(), limits))
              .get(20, TimeUnit.SECONDS);
      assertEquals(answer.means(), result.getClass(), answer::name);
      assertTrue(result.produced().stdout().length() <= 300, answer::name);
      assertTrue(result.produced().files().size() <= 1, answer::name);
      sandbox.close();
    }
  }

  @Test
  void strangersAreCutOff() throws Exception {
    WorkerHost slow =
        opened(
            WorkerHost.start(
                new WorkerHost.Settings(
                    "127.0.0.1",
                    0,
                    TestCredentials.host(),
                    "1",
                    64,
                    HELD_MIB,
                    Duration.ofMillis(300),
                    Duration.ZERO),
                Map.of(ToHost.Service.SCRIPTS, pool())));
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), slow.port())) {
      silent.setSoTimeout(10_000);
      assertEquals(-1, silent.getInputStream().read(), "who says nothing is cut off");
    }
    WorkerHost host = host(TestCredentials.host());
    List<Socket> many = new ArrayList<>();
    try {
      for (int i = 0; i < 65; i++) {
        many.add(new Socket(InetAddress.getLoopbackAddress(), host.port()));
      }
      many.getFirst().setSoTimeout(10_000);
      assertEquals(-1, many.getFirst().getInputStream().read(), "one more closes the oldest");
      assertEquals(
          "x\n", run(sandbox(TestCredentials.bot(), tls(host)), "print x").produced().stdout());
    } finally {
      many.forEach(Line::quietly);
    }
  }

  @Test
  void aHostServesNoMoreConnectionsThanConfigured() throws Exception {
    WorkerHost host =
        opened(
            WorkerHost.start(
                new WorkerHost.Settings(
                    "127.0.0.1", 0, Credentials.NONE, "1", 1, HELD_MIB, PATIENCE, Duration.ZERO),
                pools()));
    try (Socket first = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      until(() -> host.open() == 1);
      try (Socket second = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
        second.setSoTimeout(10_000);
        assertEquals(-1, second.getInputStream().read());
      }
      assertTrue(first.isConnected());
    }
  }

  @Test
  void aHostReadsNothingLongBeforeItKnowsWhoIsThere() throws Exception {
    WorkerHost host = host(Credentials.NONE);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(new byte[] {0, 1, 0, 0, 1});
      assertEquals(-1, socket.getInputStream().read());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.setSoTimeout(10_000);
      HostCodec.write(new ToHost.Hello(HostCodec.PROTOCOL + 1, "9", ""), socket.getOutputStream());
      var refused =
          assertInstanceOf(
              FromHost.Refused.class,
              HostCodec.readFromHost(socket.getInputStream(), () -> 10_000));
      assertTrue(refused.reason().contains("same version"), refused.reason());
    }
  }

  @Test
  void aConnectionCarriesOneRequestAtATime() throws Exception {
    WorkerHost host = host(Credentials.NONE);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.setSoTimeout(20_000);
      HostCodec.write(new ToHost.Hello(HostCodec.PROTOCOL, "1", ""), socket.getOutputStream());
      for (long id = 1; id <= 2; id++) {
        HostCodec.write(
            new ToHost.Submit(
                ToHost.Service.SCRIPTS,
                "t",
                "q",
                new ToWorker.Run(id, "spin", List.of(), Limits.DEFAULT)),
            socket.getOutputStream());
      }
      FromHost message = HostCodec.readFromHost(socket.getInputStream(), () -> 10_000);
      while (message != null) {
        message = HostCodec.readFromHost(socket.getInputStream(), () -> 10_000);
      }
    } catch (IOException reset) {
      // The end, as well.
    }
    until(() -> pool().status().busy() == 0);
  }

  @Test
  void whatAHostHoldsIsBoundedAndTheNextScriptsWait() throws Exception {
    WorkerHost host = opened(WorkerHost.start(settings("127.0.0.1", Credentials.NONE, 1), pools()));
    RemoteSandbox sandbox = sandbox(Credentials.NONE, plain(host));
    CountDownLatch taken = new CountDownLatch(1);
    SandboxFile large = new SandboxFile("large.bin", new byte[700_000]);
    Script first = new Script("1", "t", "q", "spin", List.of(large), Limits.DEFAULT);
    CompletableFuture<RunResult> running = sandbox.submit(first, taken::countDown);
    assertTrue(taken.await(20, TimeUnit.SECONDS));
    CompletableFuture<RunResult> second =
        sandbox.submit(new Script("2", "t", "q", "print two", List.of(large), Limits.DEFAULT));
    until(() -> host.waiting() == 1);
    assertEquals(700_000 / 1024, host.heldKib(), "the second was announced, and not read yet");
    assertEquals(0, pool().status().queued());
    sandbox.stop(first);
    assertInstanceOf(RunResult.Stopped.class, running.get(20, TimeUnit.SECONDS));
    assertEquals("two\n", second.get(20, TimeUnit.SECONDS).produced().stdout());
    until(() -> host.heldKib() == 0);
  }

  private static WarmPool pool() {
    return Objects.requireNonNull(shared);
  }

  private static Map<ToHost.Service, Sandbox> pools() {
    return Map.of(ToHost.Service.SCRIPTS, pool());
  }

  private WorkerHost host(Credentials credentials) throws IOException {
    return opened(WorkerHost.start(settings("127.0.0.1", credentials, HELD_MIB), pools()));
  }

  private static WorkerHost.Settings settings(String bind, Credentials credentials, int heldMib) {
    return new WorkerHost.Settings(
        bind, 0, credentials, "1", 200, heldMib, PATIENCE, Duration.ZERO);
  }

  private RemoteSandbox sandbox(Credentials credentials, HostAddress... hosts) {
    return opened(RemoteSandbox.open(settings(PATIENCE, credentials, hosts)));
  }

  private RemoteSandbox sandbox(Duration patience, HostAddress... hosts) {
    return opened(RemoteSandbox.open(settings(patience, Credentials.NONE, hosts)));
  }

  private static RemoteSettings settings(
      Duration patience, Credentials credentials, HostAddress... hosts) {
    return new RemoteSettings(
        List.of(hosts), credentials, ToHost.Service.SCRIPTS, "1", false, patience);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private static HostAddress tls(WorkerHost host) {
    return new HostAddress(true, "127.0.0.1", host.port());
  }

  private static HostAddress plain(WorkerHost host) {
    return new HostAddress(false, "127.0.0.1", host.port());
  }

  private static void assertProblem(String part, RemoteSandbox sandbox, HostAddress host)
      throws InterruptedException {
    String problem = problem(sandbox, host);
    assertTrue(problem.contains(part), problem);
  }

  private static Map<String, String> problems(RemoteSandbox sandbox) {
    return sandbox.hosts().stream()
        .filter(host -> !host.problem().isEmpty())
        .collect(Collectors.toMap(host -> host.address().toString(), HostState::problem));
  }

  private static String problem(RemoteSandbox sandbox, HostAddress host)
      throws InterruptedException {
    until(
        () ->
            !problems(sandbox)
                .getOrDefault(host.toString(), "")
                .matches("|not reached yet|no worker is ready there yet"));
    return problems(sandbox).getOrDefault(host.toString(), "");
  }

  private static RunResult run(RemoteSandbox sandbox, String source) throws Exception {
    return sandbox.submit(script(source)).get(20, TimeUnit.SECONDS);
  }

  private static Script script(String source) {
    return new Script("id", "tenant", "queue", source, List.of(), Limits.DEFAULT);
  }

  private static void until(BooleanSupplier condition) {
    Until.holds("the hosts reach the expected state", condition);
  }
}
