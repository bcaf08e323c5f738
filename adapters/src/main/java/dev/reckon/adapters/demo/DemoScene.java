package dev.reckon.adapters.demo;

import dev.reckon.sandbox.SandboxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One scene of the demonstration: what is asked, and what the scripted model replies, call by call.
 *
 * @param title what it shows
 * @param request as a person would type it
 * @param files shipped with the program
 * @param replies of the model, programs and judgements in the order in which they are asked for
 */
public record DemoScene(String title, String request, List<String> files, List<String> replies) {
  public DemoScene {
    files = List.copyOf(files);
    replies = List.copyOf(replies);
  }

  /**
   * The scenes.
   *
   * @param charts whether there is an engine that draws
   */
  public static List<DemoScene> all(boolean charts) {
    List<DemoScene> scenes =
        new ArrayList<>(List.of(sorting(), missingFile(), unsorted(), wrongColumn()));
    if (charts) {
      scenes.add(chart());
    }
    return List.copyOf(scenes);
  }

  /** The files with their bytes. */
  public List<SandboxFile> content() {
    return files.stream().map(DemoScene::shipped).toList();
  }

  private static SandboxFile shipped(String name) {
    try (InputStream in = DemoScene.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " was not packaged");
      }
      return new SandboxFile(name, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DemoScene sorting() {
    return new DemoScene(
        "A plain computation",
        "Make ten random numbers from 1 to 100, show them sorted, and their average.",
        List.of(),
        List.of(
            """
            ```python
            import random

            numbers = sorted(random.randint(1, 100) for _ in range(10))
            print("Sorted:", ", ".join(str(n) for n in numbers))
            print(f"Average: {sum(numbers) / len(numbers):.1f}")
            ```
            """,
            """
            {"requirements": [
              {"requirement": "ten random numbers from 1 to 100", "kind": "measure",
               "quote": "random.randint(1, 100) for _ in range(10)", "mismatch": ""},
              {"requirement": "sorted", "kind": "order", "quote": "numbers = sorted(", "mismatch": ""},
              {"requirement": "their average", "kind": "measure", "quote": "Average:", "mismatch": ""}]}
            """));
  }

  private static DemoScene chart() {
    return new DemoScene(
        "A chart",
        "Draw a bar chart of the revenue by product in orders.csv.",
        List.of("orders.csv"),
        List.of(
            """
            ```python
            import matplotlib.pyplot as plt
            import pandas as pd

            orders = pd.read_csv("orders.csv")
            orders["revenue"] = orders["quantity"] * orders["unit_price"]
            revenue = orders.groupby("product")["revenue"].sum().sort_values(ascending=False)
            print(f"Revenue by product, from {len(orders)} orders:")
            print(revenue.round(2).to_string(header=False))
            revenue.plot.bar(title="Revenue by product", ylabel="revenue", xlabel="")
            plt.show()
            ```
            """,
            """
            {"requirements": [
              {"requirement": "revenue by product", "kind": "group", "quote": "Revenue by product, from",
               "mismatch": ""},
              {"requirement": "a bar chart", "kind": "measure", "quote": "revenue.plot.bar(",
               "mismatch": ""}]}
            """));
  }

  private static DemoScene missingFile() {
    return new DemoScene(
        "A file that is not there",
        "Total the sales by month in sales.csv.",
        List.of(),
        List.of(
            """
            sales.csv is not among the files, so here is how it would work on a sample:

            ```python
            from collections import defaultdict

            print("SAMPLE DATA: sales.csv was not attached")
            sample = [("2024-01", 1200.0), ("2024-01", 800.0), ("2024-02", 950.5), ("2024-03", 400.0)]
            totals = defaultdict(float)
            for month, amount in sample:
                totals[month] += amount
            for month in sorted(totals):
                print(f"{month}: {totals[month]:,.2f}")
            ```
            """,
            """
            {"requirements": [
              {"requirement": "totals by month", "kind": "group", "quote": "2024-01: 2,000.00",
               "mismatch": ""}]}
            """));
  }

  private static DemoScene unsorted() {
    return new DemoScene(
        "An answer that the judge sends back",
        "Top three products by revenue in orders.csv, best first.",
        List.of("orders.csv"),
        List.of(
            """
            ```python
            import csv
            from collections import defaultdict

            revenue = defaultdict(float)
            with open("orders.csv", newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    revenue[row["product"]] += int(row["quantity"]) * float(row["unit_price"])
            for product, total in list(revenue.items())[:3]:
                print(f"{product}: {total:,.2f} EUR")
            ```
            """,
            """
            {"requirements": [
              {"requirement": "revenue of each product", "kind": "measure",
               "quote": "int(row[\\"quantity\\"]) * float(row[\\"unit_price\\"])", "mismatch": ""},
              {"requirement": "best first", "kind": "order", "quote": "list(revenue.items())[:3]",
               "mismatch": "These are the first three products of the file, not the three with the highest revenue."}]}
            """,
            """
            ```python
            import csv
            from collections import defaultdict

            revenue = defaultdict(float)
            with open("orders.csv", newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    revenue[row["product"]] += int(row["quantity"]) * float(row["unit_price"])
            best = sorted(revenue.items(), key=lambda item: item[1], reverse=True)[:3]
            for place, (product, total) in enumerate(best, start=1):
                print(f"{place}. {product}: {total:,.2f} EUR")
            ```
            """,
            """
            {"requirements": [
              {"requirement": "revenue of each product", "kind": "measure",
               "quote": "int(row[\\"quantity\\"]) * float(row[\\"unit_price\\"])", "mismatch": ""},
              {"requirement": "best first", "kind": "order",
               "quote": "key=lambda item: item[1], reverse=True", "mismatch": ""},
              {"requirement": "three products", "kind": "limit", "quote": "[:3]", "mismatch": ""}],
             "headline": "Monitor has the highest revenue: 19,422.00 EUR"}
            """));
  }

  private static DemoScene wrongColumn() {
    return new DemoScene(
        "A crash that is repaired",
        "Average salary by department in employees.csv, highest first.",
        List.of("employees.csv"),
        List.of(
            """
            ```python
            import csv
            from collections import defaultdict
            from statistics import mean

            salaries = defaultdict(list)
            with open("employees.csv", newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    salaries[row["department"]].append(float(row["salary"]))
            for department, values in sorted(salaries.items(), key=lambda i: -mean(i[1])):
                print(f"{department}: {mean(values):,.2f}")
            ```
            """,
            """
            The column is called salary_eur:

            ```python
            import csv
            from collections import defaultdict
            from statistics import mean

            salaries = defaultdict(list)
            skipped = 0
            with open("employees.csv", newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if row["salary_eur"].strip():
                        salaries[row["department"]].append(float(row["salary_eur"]))
                    else:
                        skipped += 1
            for department, values in sorted(salaries.items(), key=lambda i: -mean(i[1])):
                print(f"{department}: {mean(values):,.2f} EUR ({len(values)} people)")
            print(f"Rows used: {sum(map(len, salaries.values()))}, skipped without a salary: {skipped}")
            ```
            """,
            """
            {"requirements": [
              {"requirement": "average salary", "kind": "measure", "quote": "mean(values)", "mismatch": ""},
              {"requirement": "by department", "kind": "group",
               "quote": "salaries[row[\\"department\\"]].append", "mismatch": ""},
              {"requirement": "highest first", "kind": "order", "quote": "key=lambda i: -mean(i[1])",
               "mismatch": ""}],
             "headline": "Engineering has the highest average salary: 80,333.33 EUR"}
            """));
  }
}
