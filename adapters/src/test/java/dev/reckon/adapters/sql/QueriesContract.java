package dev.reckon.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.sql.SourceSettings.Source;
import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.DataSources;
import dev.reckon.core.source.QueryResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Queries as models write them: what is answered, and what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueriesContract {
  private JdbcSources sources;
  private Source source;

  /** The database under test. */
  abstract Source source(Path folder) throws Exception;

  /** Queries in its own dialect with their results. */
  abstract List<Answered> ownAnswers();

  /** Queries in its own dialect that must not run. */
  abstract List<String> ownRefusals();

  /** A query and its CSV, with semicolons for line ends. */
  record Answered(String sql, String csv) {}

  static Answered answered(String sql, String csv) {
    return new Answered(sql, csv);
  }

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    source = source(folder);
    sources = new JdbcSources(settings(source, folder));
  }

  static SourceSettings settings(Source source, Path folder) {
    return new SourceSettings(
        List.of(source), SampleDatabase.LIMITS, folder.resolve("no-such-folder"));
  }

  @AfterAll
  void close() throws Exception {
    sources.close();
  }

  QueryResult run(String sql) throws InterruptedException {
    return sources.run(new DataQuery("shop", "x.csv", sql), DataSources.Waits.NONE);
  }

  private static final List<Answered> ANSWERS =
      List.of(
          answered("SELECT name FROM customers ORDER BY name", "name;Acme;Globex;Initech"),
          answered("select count(*) as n from orders;", "n;5"),
          answered(
              "SELECT status, COUNT(*) AS n FROM orders GROUP BY status ORDER BY n DESC, status",
              "status,n;paid,3;open,1;refunded,1"),
          answered(
              """
              SELECT c.country, SUM(o.total) AS revenue
              FROM orders o
              JOIN customers c ON c.id = o.customer_id
              WHERE o.status = 'paid'
              GROUP BY c.country
              HAVING SUM(o.total) > 100
              ORDER BY revenue DESC
              """,
              "country,revenue;FR,310.25;DE,165.5"),
          answered(
              "SELECT d.name AS department, COUNT(e.id) AS people FROM departments AS d LEFT JOIN"
                  + " employees AS e ON e.department_id = d.id GROUP BY d.name ORDER BY 1",
              "department,people;Research,2;Sales,2;Support,1"),
          answered(
              "WITH paid AS (SELECT customer_id, total FROM orders WHERE status = 'paid') SELECT"
                  + " customer_id, COUNT(*) AS n FROM paid GROUP BY customer_id ORDER BY n DESC,"
                  + " customer_id LIMIT 1",
              "customer_id,n;1,1"),
          answered(
              "SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE total >"
                  + " 100) ORDER BY name",
              "name;Acme;Globex"),
          answered(
              "SELECT c.name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE"
                  + " o.customer_id = c.id AND o.status = 'paid') ORDER BY c.name",
              "name"),
          answered(
              "SELECT CASE WHEN total >= 100 THEN 'large' ELSE 'small' END AS size, COUNT(*) AS n"
                  + " FROM orders GROUP BY CASE WHEN total >= 100 THEN 'large' ELSE 'small' END"
                  + " ORDER BY size",
              "size,n;large,2;small,3"),
          answered(
              "SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY total DESC) AS place"
                  + " FROM orders ORDER BY id",
              "id,place;1,1;2,2;3,1;4,1;5,2"),
          answered(
              "SELECT name FROM customers WHERE country = 'DE' UNION SELECT city FROM departments"
                  + " ORDER BY 1",
              "name;Acme;Berlin;Initech;Paris"),
          answered("SELECT DISTINCT city FROM departments WHERE city LIKE 'B%'", "city;Berlin"),
          answered("SELECT name, hired FROM employees WHERE hired IS NULL", "name,hired;Barbara,"),
          answered(
              "SELECT COALESCE(UPPER(country), '?') || '!' AS land FROM customers WHERE id BETWEEN"
                  + " 1 AND 2 ORDER BY id",
              "land;DE!;FR!"),
          answered(
              "SELECT REPLACE(REPLACE(REPLACE(name, 'Acme', 'A.'), ' ', ''), 'e', 'ee') || ' (' ||"
                  + " country || ')' AS who FROM customers WHERE id = 1",
              "who;A. (DE)"),
          answered(
              "SELECT name FROM customers WHERE name <> '((((((((((((((((((((' AND id = 1 -- ("
                  + "(".repeat(20),
              "name;Acme"),
          answered("SELECT ROUND(AVG(total), 2) AS mean FROM orders", "mean;131.15"),
          answered(
              "SELECT t.country, t.n FROM (SELECT country, COUNT(*) AS n FROM customers GROUP BY"
                  + " country) AS t WHERE t.n > 1",
              "country,n;DE,2"),
          answered(
              "-- revenue of January\nSELECT SUM(total) /* gross */ AS total FROM orders WHERE"
                  + " ordered_at < '2026-02-01'",
              "total;200.5"),
          answered("SELECT 'it''s; fine -- really' AS text", "text\nit's; fine -- really"),
          answered(
              "SELECT o.id, c.name FROM orders o, customers c WHERE o.customer_id = c.id AND NOT"
                  + " (o.total < 300) ORDER BY o.id",
              "id,name;3,Globex"),
          answered("SELECT * FROM departments ORDER BY id LIMIT 1", "id,name,city;1,Sales,Berlin"),
          answered(
              "SELECT \"name\" AS \"the, name\" FROM \"customers\" WHERE \"id\" = 3",
              "\"the, name\";Initech"));

  private static final List<String> REFUSALS =
      List.of(
          "INSERT INTO customers VALUES (9, 'x', 'DE')",
          "UPDATE orders SET total = 0",
          "DELETE FROM orders",
          "DROP TABLE orders",
          "CREATE TABLE copy AS SELECT * FROM orders",
          "TRUNCATE TABLE orders",
          "SELECT 1; DROP TABLE orders",
          "SELECT name FROM customers; SELECT name FROM customers",
          "SELECT 1 /* */ ; /* */ DELETE FROM orders",
          "SELECT name INTO copy FROM customers",
          "SELECT name FROM customers FOR UPDATE",
          "WITH gone AS (DELETE FROM orders RETURNING id) SELECT id FROM gone",
          "WITH new AS (INSERT INTO customers VALUES (9,'x','DE') RETURNING id) SELECT id FROM new",
          "SELECT entry FROM audit_log",
          "SELECT entry FROM \"audit_log\"",
          "SELECT salary FROM employees",
          "SELECT e.\"salary\" FROM employees e",
          "SELECT name FROM employees ORDER BY salary DESC LIMIT 1",
          "SELECT name FROM employees WHERE salary > 5000",
          "SELECT 1 AS salary, name FROM employees WHERE salary > 5000",
          "SELECT * FROM employees",
          "SELECT e.* FROM employees e",
          "SELECT e FROM employees e",
          "SELECT COUNT(e) FROM employees e",
          "SELECT q.x FROM employees AS q(a, b, c, x, d)",
          "SELECT e FROM employees e, (SELECT COUNT(*) FROM orders) AS q",
          "SELECT a.id FROM employees a JOIN employees b USING (salary)",
          "SELECT a.id FROM employees a NATURAL JOIN employees b",
          "SELECT entry FROM audit_log WHERE 1 = (WITH audit_log AS (SELECT 1 AS entry) SELECT"
              + " entry FROM audit_log)",
          "SELECT name FROM customers UNION SELECT entry FROM audit_log",
          "SELECT (SELECT MAX(entry) FROM audit_log) AS e",
          "SELECT no_such_column FROM orders",
          "SELECT name FROM no_such_table",
          "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n FROM t",
          "SELECT a.id FROM orders a, orders b, orders c, orders d, orders e",
          "VALUES (1), (2)",
          "EXPLAIN SELECT 1",
          "",
          "this is no query",
          "SELECT " + "(".repeat(40) + "1" + ")".repeat(40),
          "SELECT '"
              + ")".repeat(40)
              + "' AS a, "
              + "(".repeat(20)
              + "1"
              + ")".repeat(20)
              + " AS b",
          "SELECT "
              + "REPLACE(".repeat(5)
              + "name"
              + (", 'e', 'eeeeeeee')").repeat(5)
              + " AS n FROM"
              + " customers",
          "SELECT REPLACE(REPLACE(name, 'e', '"
              + "e".repeat(200)
              + "'), 'e', '"
              + "e".repeat(200)
              + "') AS n FROM customers",
          "SELECT REPLACE(REPLACE(name, 'e', name), 'e', name) AS n FROM customers",
          "SELECT " + joined("name", 10) + " AS n FROM customers",
          "SELECT n || n || n || n || n || n || n || n AS n FROM (SELECT n || n || n || n || n || n"
              + " || n || n AS n FROM (SELECT n || n || n || n || n || n || n || n AS n FROM"
              + " (SELECT n || n || n || n || n || n || n || n AS n FROM (SELECT name || name ||"
              + " name || name || name || name || name || name AS n FROM customers) a) b) c) d",
          "WITH a AS (SELECT REPLACE(name, 'e', name) AS n FROM customers), b AS (SELECT REPLACE(n,"
              + " 'e', n) AS n FROM a) SELECT REPLACE(n, 'e', n) AS n FROM b",
          "SELECT current_user",
          "SELECT name, name FROM customers",
          "SELECT COUNT(*) AS n FROM orders a, orders b, orders c, orders d, orders e, orders f,"
              + " orders g, orders h, orders i, orders j, orders k, orders l, orders m, orders o");

  /** Joined with others, and that with others, and so on. */
  private static String joined(String text, int times) {
    return times == 0 ? text : "(" + joined(text, times - 1) + " || name || name || name)";
  }

  @TestFactory
  Stream<DynamicTest> whatModelsAskForIsAnswered() {
    return Stream.concat(ANSWERS.stream(), ownAnswers().stream())
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.sql(),
                    () -> {
                      QueryResult result = run(each.sql());
                      if (!(result instanceof QueryResult.Fetched(byte[] csv, long rows))) {
                        throw new AssertionError(result.toString());
                      }
                      String text = new String(csv, StandardCharsets.UTF_8).strip();
                      assertEquals(
                          each.csv().indexOf('\n') < 0 ? each.csv().replace(";", "\n") : each.csv(),
                          text.replaceAll("(\\.\\d*?[1-9])0+\\b", "$1"));
                      assertTrue(rows >= 0);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotAllowedIsRefusedWithAReason() {
    return Stream.concat(REFUSALS.stream(), ownRefusals().stream())
        .map(
            sql ->
                DynamicTest.dynamicTest(
                    sql.isEmpty() ? "(empty)" : sql,
                    () -> {
                      QueryResult result = run(sql);
                      String reason = assertInstanceOf(QueryResult.Refused.class, result).reason();
                      assertFalse(reason.isBlank());
                      assertFalse(reason.contains(SampleDatabase.PASSWORD), reason);
                      assertFalse(reason.contains("jdbc:"), reason);
                    }));
  }

  /** What the check lets through by mistake the database itself refuses. */
  @Test
  void theSessionItselfCannotWrite(@TempDir Path folder) throws Exception {
    try (Drivers drivers = Drivers.of(folder);
        var connection =
            new ReadOnlySession(drivers, SampleDatabase.LIMITS).open(writable(source));
        var statement = connection.createStatement()) {
      for (String sql :
          List.of("insert into customers values (9,'x','DE')", "create table t (id integer)")) {
        org.junit.jupiter.api.Assertions.assertThrows(
            java.sql.SQLException.class, () -> statement.execute(sql), sql);
        connection.rollback();
      }
    }
  }

  /** The same database for one who may write. */
  Source writable(Source given) {
    return given;
  }

  @Test
  void aModelIsToldTablesColumnsAndNotesWithoutWhatIsHidden() throws Exception {
    String text =
        sources.description(
            List.of("shop", "other"), "revenue by customer country", DataSources.Waits.NONE);
    assertTrue(text.contains("orders and people of a shop"), text);
    assertTrue(text.contains("Totals are gross."), text);
    assertTrue(text.matches("(?s).*customer_id int\\w+ -> customers\\.id.*"), text);
    assertTrue(text.indexOf("- customers (") < text.indexOf("- departments ("), text);
    assertFalse(text.contains("salary"), text);
    assertFalse(text.contains("audit_log"), text);
    assertFalse(text.contains("jdbc"), text);
    assertFalse(text.contains(SampleDatabase.PASSWORD), text);
  }
}
