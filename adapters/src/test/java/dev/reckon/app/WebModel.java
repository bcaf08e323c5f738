package dev.reckon.app;

import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.llm.FakeModelServer.Call;
import java.util.concurrent.CountDownLatch;

/**
 * What the model of the browser's stories replies, by what it is asked. A request that names
 * "patience" is judged, and a failed program is repaired, only while nothing is held.
 */
final class WebModel {
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** From now on the calls that wait for a story do not end. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  /** Lets them end. */
  void release() {
    gate.countDown();
  }

  Answer answer(Call call) {
    String prompt = call.last("user");
    String all = call.body().toString();
    if (prompt.contains("⟦output⟧")) {
      if (prompt.contains("patience")) {
        await();
      }
      return Answer.text(
          """
          {"requirements":[{"requirement":"the result that was asked for","kind":"measure",
            "quote":"%s","mismatch":""}]}
          """
              .formatted(prompt.contains("region") ? "region" : "result"));
    }
    return Answer.text("```python\n" + program(all, prompt) + "\n```");
  }

  private void await() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String program(String all, String prompt) {
    if (all.contains("without end")) {
      return "import time\nprint('counting', flush=True)\ntime.sleep(25)\nprint('result:', 42)";
    }
    if (all.contains("sales by region")) {
      return """
      import csv
      from collections import defaultdict
      totals = defaultdict(float)
      with open("sales.csv", newline="", encoding="utf-8") as file:
          for row in csv.DictReader(file):
              totals[row["region"]] += float(row["amount"])
      print("region,total")
      for region, total in sorted(totals.items()):
          print(f"{region},{total:.2f}")\
      """;
    }
    if (all.contains("two tables")) {
      return """
      print("result by number")
      print("number,square")
      for i in range(1, 1201):
          print(f"{i},{i * i}")
      print()
      print("number,cube")
      for i in range(1, 5):
          print(f"{i},{i ** 3}")\
      """;
    }
    if (all.contains("repair")) {
      if (!prompt.contains("undefined_name")) {
        return "print('result:', undefined_name)";
      }
      await();
      return "print('result:', sum(range(11)))";
    }
    if (all.contains("chart of the orders")) {
      return """
      import matplotlib.pyplot as plt
      months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
      orders = [31, 28, 44, 39, 52, 61]
      print("result:", sum(orders))
      plt.bar(months, orders)
      plt.title("Orders by month")
      plt.ylabel("orders")
      plt.show()\
      """;
    }
    return """
    month = 3  # parameter: the month
    print("result:", month * 14)\
    """;
  }
}
