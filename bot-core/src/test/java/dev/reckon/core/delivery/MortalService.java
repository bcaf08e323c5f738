package dev.reckon.core.delivery;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.surface.Pace;
import dev.reckon.core.surface.Surface;
import dev.reckon.core.turn.CodeFacts;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.effect.TurnDriver;
import dev.reckon.core.turn.effect.TurnJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process to be killed: its turns write each step to a file, and wait for another file. */
final class MortalService {
  private final Path folder;

  private MortalService(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws InterruptedException {
    new MortalService(Path.of(arguments[0])).run();
  }

  private void run() throws InterruptedException {
    JdbiStore store =
        JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC());
    store.lockInstance(() -> {});
    StoreJournal journal = new StoreJournal(store.turns());
    DeliveryDependencies parts =
        TestDependencies.of(
            store, new Driver(journal), Admission.open(), new PlainWords(), Clock.systemUTC());
    DeliveryService service = new DeliveryService(parts, SchedulerSettings.DEFAULT, sentence -> {});
    service.start(List.of(new Log()));
    new CountDownLatch(1).await();
  }

  private void write(String step) {
    try {
      Files.writeString(
          folder.resolve("steps"),
          step + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Steps from generating to executing, then waits for the file "go". */
  private final class Driver implements TurnDriver {
    private final TurnJournal journal;

    Driver(TurnJournal journal) {
      this.journal = journal;
    }

    @Override
    public TurnResult drive(long turn, TurnState from, Consumer<TurnEvent> listener) {
      return switch (from) {
        case TurnState.Generating(TurnProgress work) -> {
          write("generating " + turn);
          TurnState next = new TurnState.Executing(work, "print(1)", CodeFacts.NONE);
          journal.save(turn, next);
          yield drive(turn, next, listener);
        }
        case TurnState.Executing(TurnProgress work, String code, CodeFacts facts) -> {
          write("executing " + turn);
          awaitGo();
          TurnResult result = FakeDriver.result(turn, TurnStatus.VERIFIED, work.request());
          journal.save(turn, new TurnState.Done(result));
          write("done " + turn);
          yield result;
        }
        case TurnState.Done(TurnResult result) -> result;
        default -> throw new IllegalStateException("not saved here: " + from);
      };
    }

    private void awaitGo() {
      try {
        while (!Files.exists(folder.resolve("go"))) {
          new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void suspend() {}
  }

  /** Writes what it sends to the file. */
  private final class Log implements Surface {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public Pace pace(Address to) {
      return new Pace(Duration.ZERO, Duration.ZERO, Duration.ofDays(1));
    }

    @Override
    public MessageRef post(
        Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts) {
      MessageRef ref = new MessageRef(Long.toString(System.nanoTime()));
      receipts.sent(ref);
      write("sent " + reply.headline());
      return ref;
    }

    @Override
    public MessageRef edit(
        Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts) {
      write("sent " + reply.headline());
      return message;
    }

    @Override
    public byte[] fetch(Attachment.Remote attachment, long maxBytes) {
      return new byte[0];
    }
  }
}
