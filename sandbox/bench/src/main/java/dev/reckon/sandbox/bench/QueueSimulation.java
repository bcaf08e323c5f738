package dev.reckon.sandbox.bench;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Simulates programs that wait for workers on several hosts, event by event: how long they wait
 * under a load, by how a bot chooses the host. Needs no other class and no build:
 *
 * <pre>java sandbox/bench/src/main/java/dev/reckon/sandbox/bench/QueueSimulation.java</pre>
 *
 * <p>Every run with the same numbers gives the same figures. Times are in seconds.
 */
public final class QueueSimulation {
  /** How a bot chooses the host of a program. */
  enum Choice {
    /** All hosts share one queue, which no separate machines can have: the best there is. */
    ONE_QUEUE("one queue for all hosts", 1),
    /** The host with the least to do at this moment, as nobody knows it exactly. */
    SHORTEST("the shortest queue, known exactly", 1),
    /** As Reckon does: its own programs exactly, those of other bots as their host last told. */
    REPORTED("the shortest queue, as told every 50 ms (Reckon)", 0.05),
    SELDOM_REPORTED("the shortest queue, as told once a second", 1),
    RANDOM("a host at random", 1);

    private final String words;
    private final double reportEvery;

    Choice(String words, double reportEvery) {
      this.words = words;
      this.reportEvery = reportEvery;
    }
  }

  /**
   * What is simulated.
   *
   * @param bots that choose independently of each other
   * @param workers of each host
   * @param arrivals in a second, of all bots together
   * @param service how long a program holds its worker
   */
  record Load(
      int bots,
      int hosts,
      int workers,
      double arrivals,
      ToDoubleFunction<SplittableRandom> service) {}

  /** How long programs waited. */
  record Waits(double mean, double median, double p95, double p99, double longest) {
    static Waits of(double[] waits) {
      double[] sorted = waits.clone();
      Arrays.sort(sorted);
      return new Waits(
          Arrays.stream(sorted).average().orElse(0),
          at(sorted, 0.5),
          at(sorted, 0.95),
          at(sorted, 0.99),
          sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double share) {
      return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
  }

  /** A program: which bot sent it, to which host, and when. */
  private record Job(int bot, int host, double since, double takes) {}

  private record End(double time, Job job) {}

  private final Load load;
  private final Choice choice;
  private final SplittableRandom random;
  private final int queues;
  private final ArrayDeque<Job>[] waiting;
  private final int[] free;
  private final int[] inHost;
  private final int[][] own;
  private final int[][] others;
  private final PriorityQueue<End> ends =
      new PriorityQueue<>(Comparator.comparingDouble(End::time));
  private double nextReport;

  private QueueSimulation(Load load, Choice choice, long seed) {
    this.load = load;
    this.choice = choice;
    this.random = new SplittableRandom(seed);
    this.queues = choice == Choice.ONE_QUEUE ? 1 : load.hosts();
    this.waiting = queues(queues);
    this.free = new int[queues];
    Arrays.fill(free, load.hosts() / queues * load.workers());
    this.inHost = new int[queues];
    this.own = new int[load.bots()][queues];
    this.others = new int[load.bots()][queues];
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static ArrayDeque<Job>[] queues(int count) {
    ArrayDeque<Job>[] queues = new ArrayDeque[count];
    Arrays.setAll(queues, i -> new ArrayDeque<>());
    return queues;
  }

  /** Simulates so many programs, after a tenth as many to begin with. */
  static Waits run(Load load, Choice choice, int programs, long seed) {
    return new QueueSimulation(load, choice, seed).run(programs);
  }

  private Waits run(int programs) {
    int unmeasured = programs / 10;
    double[] waits = new double[programs];
    int arrived = 0;
    int started = 0;
    double nextArrival = exponential(random, 1 / load.arrivals());
    while (started < unmeasured + programs) {
      double end = ends.isEmpty() ? Double.POSITIVE_INFINITY : ends.peek().time();
      double now = Math.min(Math.min(nextArrival, end), nextReport);
      if (now == nextReport) {
        report();
        nextReport += choice.reportEvery;
        continue;
      }
      int host;
      if (now == nextArrival) {
        Job job = arrive(now);
        host = job.host();
        waiting[host].add(job);
        arrived++;
        nextArrival =
            arrived < unmeasured + programs
                ? now + exponential(random, 1 / load.arrivals())
                : Double.POSITIVE_INFINITY;
      } else {
        Job done = ends.remove().job();
        host = done.host();
        free[host]++;
        inHost[host]--;
        own[done.bot()][host]--;
      }
      while (free[host] > 0 && !waiting[host].isEmpty()) {
        Job job = waiting[host].remove();
        free[host]--;
        ends.add(new End(now + job.takes(), job));
        if (started >= unmeasured) {
          waits[started - unmeasured] = now - job.since();
        }
        started++;
      }
    }
    return Waits.of(waits);
  }

  private Job arrive(double now) {
    int bot = random.nextInt(load.bots());
    int host = choose(bot);
    inHost[host]++;
    own[bot][host]++;
    return new Job(bot, host, now, load.service().applyAsDouble(random));
  }

  private int choose(int bot) {
    return switch (choice) {
      case ONE_QUEUE -> 0;
      case RANDOM -> random.nextInt(queues);
      case SHORTEST -> least(host -> inHost[host]);
      case REPORTED, SELDOM_REPORTED -> least(host -> own[bot][host] + others[bot][host]);
    };
  }

  /** Equally loaded hosts are taken in turns. */
  private int least(IntUnaryOperator count) {
    int first = random.nextInt(queues);
    int best = first;
    for (int i = 1; i < queues; i++) {
      int host = (first + i) % queues;
      if (count.applyAsInt(host) < count.applyAsInt(best)) {
        best = host;
      }
    }
    return best;
  }

  private void report() {
    for (int bot = 0; bot < load.bots(); bot++) {
      for (int host = 0; host < queues; host++) {
        others[bot][host] = inHost[host] - own[bot][host];
      }
    }
  }

  static double exponential(SplittableRandom random, double mean) {
    return -Math.log(1 - random.nextDouble()) * mean;
  }

  /**
   * How long a program holds a worker: what was measured for ordinary programs, and two assumed
   * kinds that nobody measured in a chat: one program in twenty computes for two seconds, and one
   * in two hundred until its limit.
   */
  static double program(SplittableRandom random) {
    double kind = random.nextDouble();
    if (kind < 0.005) {
      return 30;
    }
    if (kind < 0.055) {
      return exponential(random, 2);
    }
    // 20 ms for the next context, and 4.6 ms at the median, 29 ms at p95 for the program itself.
    return 0.020 + 0.0046 * Math.exp(1.12 * random.nextGaussian());
  }

  private static double mean() {
    SplittableRandom random = new SplittableRandom(1);
    double sum = 0;
    for (int i = 0; i < 1_000_000; i++) {
      sum += program(random);
    }
    return sum / 1_000_000;
  }

  /** Prints the tables of {@code docs/scaling.md}. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int programs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400_000;
    double mean = mean();
    System.out.printf("A program holds a worker for %.0f ms on average.%n%n", mean * 1000);
    System.out.println(
        "| 8 hosts, 4 workers each, 10 bots; busy | choice | p50 | p95 | p99 | longest |");
    System.out.println("|---|---|---|---|---|---|");
    for (int percent : new int[] {50, 70, 85}) {
      for (Choice choice : Choice.values()) {
        Load load = new Load(10, 8, 4, 32 * percent / 100.0 / mean, QueueSimulation::program);
        System.out.printf(
            "| %d%% | %s | %s |%n", percent, choice.words, cells(load, choice, programs));
      }
    }
    System.out.println();
    System.out.println(
        "| runs per second | hosts of 4 workers | busy | p50 | p95 | p99 | longest |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (double runs : new double[] {13, 37, 74}) {
      int fewest = (int) Math.ceil(runs * mean / 4 / 0.8);
      for (int hosts = fewest; hosts <= fewest + 4; hosts += 2) {
        Load load = new Load(10, hosts, 4, runs, QueueSimulation::program);
        System.out.printf(
            "| %.0f | %d | %.0f%% | %s |%n",
            runs, hosts, 100 * runs * mean / 4 / hosts, cells(load, Choice.REPORTED, programs));
      }
    }
  }

  private static String cells(Load load, Choice choice, int programs) {
    Waits waits = run(load, choice, programs, 7);
    return "%.0f ms | %.0f ms | %.1f s | %.1f s"
        .formatted(1000 * waits.median(), 1000 * waits.p95(), waits.p99(), waits.longest());
  }
}
