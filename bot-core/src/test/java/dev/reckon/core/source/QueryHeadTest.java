package dev.reckon.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.source.DataQuery.BoundValue;
import dev.reckon.core.source.DataQuery.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryHeadTest {
  @Test
  void queriesStandInTheFirstComments() {
    QueryHead head =
        QueryHead.of(
            """
            # Revenue by month.

            # /// query shop -> orders.csv
            # SELECT month,
            #   SUM(total) AS total -- gross
            # FROM orders GROUP BY month
            # ///
            #///Query: wiki into pages.csv
            #SELECT 1 AS x
            #///
            import csv
            # /// query shop -> later.csv
            # SELECT 2
            # ///
            """);
    assertEquals(
        List.of(
            new DataQuery(
                "shop",
                "orders.csv",
                "SELECT month,\n  SUM(total) AS total -- gross\nFROM orders GROUP BY month",
                List.of()),
            new DataQuery("wiki", "pages.csv", "SELECT 1 AS x", List.of())),
        head.queries());
    assertEquals("", head.problem());
  }

  private static List<BoundValue> values(String sql, String program) {
    return QueryHead.of("# /// query shop -> x.csv\n# " + sql + "\n# ///\n" + program)
        .queries()
        .getFirst()
        .values();
  }

  @Test
  void whatTheSqlNamesIsTakenFromTheProgram() {
    assertEquals(
        List.of(
            new BoundValue("land", ValueType.TEXT, "it's \"DE\"\\ ü\n"),
            new BoundValue("least", ValueType.NUMBER, "-1.5e3"),
            new BoundValue("most", ValueType.INTEGER, "10"),
            new BoundValue("paid", ValueType.BOOLEAN, "true")),
        values(
            "SELECT 1 WHERE a = :land AND b > :least AND c < :most::int AND :paid AND d = :land",
            """
            import csv
            land: str = "it's \\"DE\\"\\\\ \\u00fc\\n"  # parameter
            least = -1.5e3
            most=10
            paid = True # whether it is paid
            other = 5
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "land = country()",
        "    land = 'DE'",
        "land = 'DE'\nland = 'FR'",
        "land = 'D' + 'E'",
        "land = 'DE",
        "land = '\\x41'",
        "land == 'DE'",
        "land = 1_000",
        "land = Truely",
        "print(1)"
      })
  void whatIsNotOnePlainValueIsNone(String program) {
    assertEquals(List.of(), values("SELECT 1 WHERE a = :land", program));
  }

  @Test
  void aProgramWithoutAHeadHasNoQueries() {
    assertEquals(new QueryHead(List.of(), ""), QueryHead.of("# just a comment\nprint(1)\n"));
    assertEquals(new QueryHead(List.of(), ""), QueryHead.of(""));
    assertEquals(new QueryHead(List.of(), ""), QueryHead.of("# /// script\n# ///\nprint(1)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# /// query shop -> orders.csv\n# SELECT 1\nprint(1)",
        "# /// query shop -> orders.csv\n# SELECT 1",
        "# /// query shop\n# SELECT 1\n# ///",
        "# /// query shop -> ../orders.csv\n# SELECT 1\n# ///",
        "# /// query shop -> orders.txt\n# SELECT 1\n# ///",
        "# /// query a -> x.csv\n# SELECT 1\n# ///\n# /// query b -> x.csv\n# SELECT 1\n# ///"
      })
  void aHeadThatCannotBeReadSaysWhy(String code) {
    QueryHead head = QueryHead.of(code);
    assertEquals(List.of(), head.queries());
    assertTrue(head.problem().length() > 10, head.problem());
  }

  @Test
  void queriesAreFewAndShort() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < QueryHead.MOST + 1; i++) {
      many.append("# /// query s -> f%d.csv\n# SELECT 1\n# ///\n".formatted(i));
    }
    assertTrue(QueryHead.of(many.toString()).problem().contains("5 queries"));
    String filler = "# x\n".repeat(QueryHead.LONGEST);
    assertTrue(
        QueryHead.of("# /// query s -> f.csv\n" + filler + "# ///\n")
            .problem()
            .contains("characters"));
  }
}
