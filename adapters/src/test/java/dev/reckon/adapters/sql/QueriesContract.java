package dev.reckon.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.sql.SourceSettings.Source;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.DataQuery.BoundValue;
import dev.reckon.core.source.DataQuery.ValueType;
import dev.reckon.core.source.QueryResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static BoundValue text(String name, String text) {
    return new BoundValue(name, ValueType.TEXT, text);
  }

  private static BoundValue fraction(String name, String number) {
    return new BoundValue(name, ValueType.NUMBER, number);
  }

  private static BoundValue whole(String name, String number) {
    return new BoundValue(name, ValueType.INTEGER, number);
  }

  QueryResult run(String sql, BoundValue... values) throws InterruptedException {
    return sources.run(new DataQuery("shop", "x.csv", sql, List.of(values)), WaitListener.NONE);
  }

  private String csv(String sql, BoundValue... values) throws InterruptedException {
    QueryResult result = run(sql, values);
    return result instanceof QueryResult.Fetched fetched
        ? new String(fetched.csv(), StandardCharsets.UTF_8).strip().replace('\n', ';')
        : result.toString();
  }

  @Test
  void valuesOfTheProgramAreBound() throws Exception {
    assertEquals(
        "name;Acme;Initech",
        csv("SELECT name FROM customers WHERE country = :land ORDER BY name", text("land", "DE")));
    assertEquals(
        "id;3;4;5",
        csv(
            "SELECT id FROM orders WHERE ordered_at >= :since ORDER BY id LIMIT :most",
            whole("most", "3"),
            text("since", "2026-02-01")));
    assertEquals(
        "id;1;3",
        csv(
            "SELECT id FROM orders WHERE total > :least AND total < :most ORDER BY id",
            new BoundValue("least", ValueType.NUMBER, "1.2e2"),
            whole("most", "3000000000")));
    assertEquals(
        "label,id;a :land of 'x',1",
        csv(
            "SELECT :label AS label, t.id FROM (SELECT id FROM orders WHERE status = :status AND"
                + " status <> ':label') AS t WHERE :label <> :status ORDER BY t.id LIMIT 1",
            text("status", "paid"),
            text("label", "a :land of 'x'")));
  }

  @Test
  void numbersOfTheProgramAreComparedAsNumbers() throws Exception {
    String sums =
        "SELECT customer_id FROM orders GROUP BY customer_id HAVING SUM(total) > :least ORDER BY"
            + " customer_id";
    String all = csv("SELECT DISTINCT customer_id FROM orders ORDER BY customer_id");
    assertEquals(all, csv(sums, fraction("least", "0.5")));
    assertEquals(all, csv(sums, fraction("least", "-1.2e2")));
    assertEquals("customer_id;2", csv(sums, fraction("least", "300.25")));
    assertEquals("customer_id", csv(sums, fraction("least", "1e9")));
    assertEquals("customer_id", csv(sums, whole("least", "9223372036854775807")));
    assertEquals(all, csv(sums, whole("least", "-9223372036854775808")));
    assertEquals(
        "n;1",
        csv(
            "SELECT COUNT(*) AS n FROM customers WHERE id = 1 AND :big - 1 = 9223372036854775806",
            whole("big", "9223372036854775807")));
    assertEquals("n;1", csv("SELECT 2 * :half AS n", fraction("half", "0.5")).replace("1.0", "1"));
    // No database may answer it wrongly: what it cannot hold is refused.
    String huge = csv(sums, whole("least", "-9223372036854775809"));
    assertTrue(huge.equals(all) || huge.contains(":least is too large"), huge);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' OR '1'='1",
        "DE' OR country <> '",
        "'; DROP TABLE customers; --",
        "\\' OR 1=1 --",
        "?",
        ":land",
        "DE\n/*"
      })
  void noValueIsReadAsSql(String hostile) throws Exception {
    assertEquals(
        "name", csv("SELECT name FROM customers WHERE country = :land", text("land", hostile)));
    assertEquals("n;3", csv("SELECT COUNT(*) AS n FROM customers"));
  }

  @Test
  void aQueryOfWithThatUsesTheQueryAroundItIsToldSo() throws Exception {
    for (String sql :
        List.of(
            "SELECT (WITH c AS (SELECT o.id AS x) SELECT c.x FROM c) AS s FROM orders o",
            "SELECT (WITH c AS (SELECT total AS x) SELECT c.x FROM c) AS s FROM orders o")) {
      assertTrue(csv(sql).contains("which belongs to the query around it"), csv(sql));
    }
  }

  @Test
  void aNameWithoutAValueIsRefusedAndAnyOtherSignOfDriversToo() throws Exception {
    assertTrue(csv("SELECT name FROM customers WHERE country = :land").contains(":land no value"));
    assertTrue(
        csv("SELECT name FROM customers WHERE country = :land", text("land", "x".repeat(1_001)))
            .contains("more than 1000 characters"));
    assertTrue(
        csv("SELECT name FROM customers WHERE country = :land", text("land", "a\0"))
            .contains("character 0"));
    for (String sql :
        List.of(
            "SELECT name FROM customers WHERE country = ?",
            "SELECT name FROM customers WHERE country = ?1",
            "SELECT name FROM customers WHERE country = $1",
            "SELECT name FROM customers WHERE country = @land",
            "SELECT name FROM :land")) {
      assertTrue(run(sql, text("land", "DE")) instanceof QueryResult.Refused, sql);
    }
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
              "SELECT d.name, COUNT(e.id) AS n FROM (departments d JOIN employees e ON"
                  + " e.department_id = d.id) JOIN customers c ON c.id = d.id AND c.id < e.id + 10"
                  + " GROUP BY d.name ORDER BY d.name",
              "name,n;Research,2;Sales,2;Support,1"),
          answered(
              "SELECT c.name FROM customers c WHERE c.id = (SELECT MIN(o.customer_id) FROM orders o"
                  + " JOIN employees e ON e.id = o.id AND o.customer_id = c.id)",
              "name;Acme;Globex;Initech"),
          answered(
              "SELECT (SELECT e.id FROM orders e WHERE e.id = 1) AS x FROM employees e WHERE e.id ="
                  + " 1",
              "x;1"),
          answered(
              "SELECT t.id FROM (SELECT id FROM employees) AS t ORDER BY t.id LIMIT 1", "id;1"),
          answered(
              "WITH a AS (SELECT id FROM orders), b AS (SELECT id FROM a WHERE id > 3) SELECT"
                  + " COUNT(*) AS n FROM b",
              "n;2"),
          answered(
              "SELECT name FROM customers UNION SELECT city FROM departments ORDER BY name LIMIT 2",
              "name;Acme;Berlin"),
          answered("SELECT id FROM orders WHERE id IN (1, 2) ORDER BY id", "id;1;2"),
          answered(
              "SELECT status, ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS share FROM"
                  + " orders GROUP BY status ORDER BY share DESC, status",
              "status,share;paid,60.0;open,20.0;refunded,20.0"),
          answered(
              "SELECT c.name, SUM(o.total) AS total, RANK() OVER (ORDER BY SUM(o.total) DESC) AS"
                  + " place FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id,"
                  + " c.name HAVING SUM(o.total) > 100 ORDER BY place",
              "name,total,place;Globex,410.24,1;Acme,200.5,2"),
          answered(
              "SELECT id, total - LAG(total) OVER (ORDER BY ordered_at) AS change FROM orders WHERE"
                  + " customer_id = 1 ORDER BY id",
              "id,change;1,;2,-40.5"),
          answered(
              "SELECT d.city, COUNT(DISTINCT e.id) AS people FROM departments d LEFT JOIN employees"
                  + " e ON e.department_id = d.id GROUP BY d.city HAVING COUNT(DISTINCT e.id) >= 2"
                  + " ORDER BY d.city",
              "city,people;Berlin,3;Paris,2"),
          answered(
              "SELECT SUM(CASE WHEN status = 'paid' THEN total ELSE 0 END) AS paid, SUM(CASE WHEN"
                  + " status <> 'paid' THEN total ELSE 0 END) AS other FROM orders",
              "paid,other;475.75,179.99"),
          answered(
              "SELECT name FROM customers c WHERE (SELECT COUNT(*) FROM orders o WHERE"
                  + " o.customer_id = c.id) > 1 ORDER BY name",
              "name;Acme;Globex"),
          answered(
              "WITH per AS (SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id),"
                  + " top AS (SELECT MAX(n) AS n FROM per) SELECT p.customer_id FROM per p JOIN top"
                  + " t ON t.n = p.n ORDER BY p.customer_id",
              "customer_id;1;2"),
          answered(
              "SELECT COALESCE(d.name, 'none') AS department, e.name FROM employees e LEFT JOIN"
                  + " departments d ON d.id = e.department_id AND d.city = 'Paris' ORDER BY e.name"
                  + " LIMIT 3",
              "department,name;Research,Ada;none,Barbara;none,Edsger"),
          answered(
              "SELECT LOWER(SUBSTR(name, 1, 2)) AS a, LENGTH(name) AS n FROM customers ORDER BY n,"
                  + " a",
              "a,n;ac,4;gl,6;in,7"),
          answered(
              "SELECT o1.id AS earlier, o2.id AS later FROM orders o1 JOIN orders o2 ON"
                  + " o1.customer_id = o2.customer_id AND o1.ordered_at < o2.ordered_at ORDER BY 1",
              "earlier,later;1,2;3,5"),
          answered(
              "SELECT id FROM orders WHERE total > (SELECT AVG(total) FROM orders) ORDER BY id",
              "id;3"),
          answered(
              "SELECT country, AVG(n) AS mean FROM (SELECT c.country, c.id, COUNT(o.id) AS n FROM"
                  + " customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE c.country = 'DE'"
                  + " GROUP BY c.country, c.id) AS per GROUP BY country",
              "country,mean;DE,1.5"),
          answered(
              "SELECT 'total' AS label, COUNT(*) AS n FROM orders UNION ALL SELECT status, COUNT(*)"
                  + " FROM orders GROUP BY status ORDER BY 2 DESC, 1 LIMIT 2",
              "label,n;total,5;paid,3"),
          answered(
              "SELECT id FROM orders EXCEPT SELECT o.id FROM orders o WHERE o.status = 'paid' ORDER"
                  + " BY id",
              "id;2;5"),
          answered("SELECT ABS(MIN(total) - MAX(total)) AS spread FROM orders", "spread;265.25"),
          answered("SELECT 3 - -1 AS a", "a;4"),
          answered(
              "WITH b AS (SELECT 1 AS salary), a AS (SELECT salary AS x FROM b) SELECT (WITH b AS"
                  + " (SELECT 2 AS one) SELECT (SELECT max(x) FROM a) FROM employees LIMIT 1) AS s",
              "s;1"),
          answered(
              "SELECT \u00dc.id AS \u00d6l FROM orders \u00dc WHERE \u00dc.id = 1", "\u00d6l;1"),
          answered(
              "SELECT d.*, e.id AS e FROM departments d JOIN employees e ON e.id = d.id AND d.id"
                  + " = 1",
              "id,name,city,e;1,Sales,Berlin,1"),
          answered("SELECT * FROM (SELECT id FROM employees) AS e WHERE e.id = 2", "id;2"),
          answered(
              "WITH c AS (SELECT 1 AS x) SELECT (WITH c AS (SELECT id AS y FROM orders) SELECT"
                  + " MAX(y) FROM c) AS n FROM c",
              "n;5"),
          answered(
              "SELECT e.name, COUNT(o.id) OVER (PARTITION BY e.department_id) AS n FROM employees e"
                  + " LEFT JOIN orders o ON o.id = e.id ORDER BY e.id LIMIT 1",
              "name,n;Ada,2"),
          answered(
              "SELECT id FROM orders UNION SELECT id FROM employees ORDER BY 1 LIMIT 1", "id;1"),
          answered(
              "SELECT \u00e4.id AS gr\u00f6\u00dfe FROM orders \u00e4 WHERE \u00e4.id = 1",
              "gr\u00f6\u00dfe;1"),
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
          "SELECT name FROM sqlite_master",
          "SELECT table_name FROM information_schema.tables",
          "SELECT usename FROM pg_catalog.pg_user",
          "PRAGMA table_info(employees)",
          "ATTACH DATABASE 'x.db' AS x",
          "COPY orders TO '/tmp/x'",
          "SELECT load_extension('x') AS x",
          "SELECT pg_sleep(10) AS x",
          "SELECT readfile('/etc/passwd') AS x",
          "GRANT ALL ON orders TO reader",
          "MERGE INTO orders USING customers ON 1 = 1 WHEN MATCHED THEN DELETE",
          "SELECT d.name FROM departments d WHERE EXISTS (SELECT 1 FROM employees e WHERE"
              + " e.department_id = d.id AND e.salary > 6000)",
          "SELECT AVG(e.salary) OVER () AS mean FROM employees e",
          "SELECT name FROM customers WHERE name LIKE (SELECT entry FROM audit_log)",
          "SET search_path TO private",
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
              + ", 'e', 'eeeeeeee')".repeat(5)
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
          // An ON sees other tables in PostgreSQL and SQLite, so it may mean any of that name.
          "SELECT (SELECT count(*) FROM (SELECT 1 AS salary) AS e, departments d JOIN orders n ON"
              + " n.total <= e.salary) AS s FROM employees e",
          "SELECT (SELECT max(n.id) FROM orders n JOIN departments d ON n.total < e.salary CROSS"
              + " JOIN employees e) AS x FROM (SELECT 1 AS salary) AS e",
          "SELECT (SELECT max(n.id) FROM orders n JOIN departments d ON n.total < salary CROSS JOIN"
              + " employees e) AS x FROM (SELECT 1 AS salary) AS e",
          "SELECT (SELECT max(n.id) FROM (SELECT 1 AS salary) AS e, (departments d JOIN orders n ON"
              + " n.total < e.salary)) AS x FROM employees e",
          "SELECT (SELECT max(n.id) FROM (SELECT 1) AS e, departments d JOIN orders n ON n.status ="
              + " e.row_to_json::text) AS x FROM employees e",
          "SELECT (SELECT e.* FROM (SELECT 1 AS salary) AS e) AS x FROM employees e",
          // Names that are equal for Java but not for a database, or the other way round.
          "SELECT (SELECT \u00e9.salary FROM (SELECT 1 AS salary) AS \u00c9 LIMIT 1) AS s FROM"
              + " employees AS \u00e9",
          "SELECT (SELECT k.salary FROM (SELECT 1 AS salary) AS \u212a LIMIT 1) AS s FROM employees"
              + " AS k",
          "SELECT (SELECT \u00e9.salary FROM employees AS \u00c9 LIMIT 1) AS s FROM (SELECT 1 AS"
              + " salary) AS \u00e9",
          "SELECT (SELECT "
              + "x".repeat(63)
              + "b.salary FROM employees AS "
              + "x".repeat(63)
              + "c LIMIT 1) AS s FROM (SELECT 1 AS salary) AS "
              + "x".repeat(63)
              + "b",
          "SELECT 1 AS \"" + "\u00e9".repeat(32) + "\"",
          "SELECT 1 AS `a\\`, 2 AS `, salary FROM employees -- `",
          "SELECT 1 AS \"a\\\"",
          // PostgreSQL sorts a SELECT in parentheses by its tables' columns.
          "SELECT ((SELECT id FROM employees) ORDER BY salary DESC LIMIT 1) AS top FROM (SELECT 1"
              + " AS salary) AS y",
          "SELECT ((SELECT id FROM employees) ORDER BY y.salary DESC LIMIT 1) AS top FROM (SELECT 1"
              + " AS salary) AS y",
          "(SELECT id FROM employees) ORDER BY salary",
          "SELECT id FROM employees UNION SELECT id FROM orders ORDER BY salary",
          "SELECT (SELECT id FROM employees UNION SELECT id FROM orders ORDER BY salary LIMIT 1) AS"
              + " x FROM (SELECT 1 AS salary) AS y",
          // SQLite reads a name after IN as a table's.
          "SELECT t.one FROM (SELECT 1 AS one, 2 AS audit_log) AS t WHERE (1, 'nobody is to see"
              + " this') IN audit_log",
          "SELECT t.one FROM (SELECT 1 AS one, 2 AS audit_log) AS t WHERE 1 IN t.audit_log",
          // SQLite looks up what a query of WITH leaves open where that is used.
          "SELECT (WITH c AS (SELECT y.salary AS x) SELECT (SELECT max(c.x) FROM c) FROM employees"
              + " y LIMIT 1) AS s FROM (SELECT 1 AS salary) AS y",
          "SELECT (WITH c AS (SELECT salary AS x) SELECT (SELECT max(c.x) FROM c) FROM employees"
              + " LIMIT 1) AS s FROM (SELECT 1 AS salary) AS y",
          "SELECT (WITH c AS (SELECT max(n.id) AS x FROM (SELECT 1 AS salary) AS e, departments d"
              + " JOIN orders n ON n.total <= e.salary) SELECT c.x FROM c) AS s FROM employees e",
          "SELECT (WITH c AS (SELECT max(n.id) AS x FROM (SELECT 1 AS salary) AS y, departments d"
              + " JOIN orders n ON n.total <= salary) SELECT c.x FROM c) AS s FROM employees e",
          "SELECT (WITH c AS (SELECT e.id AS x) SELECT c.x FROM c) AS s FROM employees e",
          // What has results without a name does not make other tables' names known.
          "SELECT ctid FROM employees, (SELECT 1) AS t",
          "SELECT a.id FROM employees a JOIN (SELECT 5200 AS salary) AS b USING (salary)",
          "SELECT a.id FROM employees a NATURAL JOIN (SELECT 5200 AS salary) AS b",
          "SELECT a.id FROM employees a WHERE EXISTS (SELECT 1 FROM (SELECT 5200 AS v) AS b WHERE"
              + " b.v = salary)",
          "SELECT t.id FROM (SELECT e.id, e.salary FROM employees e) AS t",
          "SELECT t.e FROM (SELECT e FROM employees e) AS t",
          "SELECT employees FROM employees",
          "SELECT public.employees FROM employees, (SELECT 1) AS public",
          "SELECT EMPLOYEES.SALARY FROM EMPLOYEES",
          "SELECT x.SaLaRy FROM employees AS X",
          "SELECT id, RANK() OVER (ORDER BY salary) AS r FROM employees",
          "SELECT id, RANK() OVER w AS r FROM employees WINDOW w AS (ORDER BY salary)",
          "SELECT id, SUM(1) OVER (PARTITION BY salary) AS r FROM employees",
          "SELECT COUNT(*) FILTER (WHERE salary > 1) AS n FROM employees",
          "SELECT name FROM employees GROUP BY name, salary",
          "SELECT name FROM employees GROUP BY name HAVING MAX(salary) > 1",
          "SELECT 1 AS salary FROM employees GROUP BY salary",
          "SELECT name FROM employees ORDER BY CASE WHEN salary > 1 THEN 1 ELSE 2 END",
          "SELECT id FROM employees ORDER BY salary COLLATE \"C\"",
          "SELECT name FROM customers ORDER BY (SELECT MAX(salary) FROM employees)",
          "SELECT name FROM customers UNION SELECT CAST(salary AS varchar) FROM employees",
          "WITH t(salary) AS (SELECT 1) SELECT e.salary FROM t, employees e",
          "WITH e AS (SELECT 1 AS salary) SELECT (SELECT x.salary FROM employees x LIMIT 1) AS s"
              + " FROM e x",
          "WITH t AS (SELECT * FROM employees) SELECT t.id FROM t",
          "SELECT entry FROM public.audit_log",
          "SELECT audit_log.entry FROM customers AS audit_log",
          "SELECT id FROM employees ORDER BY 'x' || salary",
          "SELECT id, LAG(id, salary) OVER (ORDER BY id) AS x FROM employees",
          "SELECT id, SUM(id) OVER (ORDER BY id ROWS BETWEEN salary PRECEDING AND CURRENT ROW) AS x"
              + " FROM employees",
          "SELECT COUNT(DISTINCT e) AS n FROM employees e",
          "SELECT e IS NULL AS x FROM employees e",
          "SELECT id FROM employees WHERE (id, salary) IN ((1, 5200))",
          "SELECT id FROM employees e WHERE e IN (SELECT x FROM employees x)",
          "SELECT id FROM employees e WHERE EXISTS (SELECT e INTERSECT SELECT e)",
          "SELECT id FROM orders LIMIT (SELECT MAX(salary) FROM employees)",
          "SELECT * FROM departments d JOIN employees e ON e.id = d.id",
          "SELECT CASE salary WHEN 1 THEN 2 END AS x FROM employees",
          "SELECT TRIM(BOTH salary FROM 'x') AS x FROM employees",
          "SELECT employees.id FROM employees e",
          "WITH employees AS (SELECT 1 AS salary) SELECT salary FROM public.employees",
          "WITH employees AS (SELECT 1 AS salary) SELECT salary FROM main.employees",
          "(WITH audit_log AS (SELECT 'a' AS entry) SELECT entry FROM audit_log) UNION SELECT entry"
              + " FROM audit_log",
          "WITH t(a) AS (SELECT id, salary FROM employees) SELECT a FROM t",
          "SELECT t.* FROM (SELECT e.* FROM employees e) AS t",
          "SELECT * REPLACE (salary AS id) FROM employees",
          "SELECT x.one FROM (SELECT 1 AS one) AS x WHERE 1 < ANY (SELECT salary FROM employees)",
          "SELECT name FROM employees FETCH FIRST 1 ROWS ONLY FOR UPDATE",
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
        assertThrows(SQLException.class, () -> statement.execute(sql), sql);
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
            List.of("shop", "other"), "revenue by customer country", WaitListener.NONE);
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
