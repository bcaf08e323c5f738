package dev.reckon.adapters.sql;

import dev.reckon.adapters.sql.SourceSettings.Source;
import java.nio.file.Path;
import java.util.List;

class SqliteQueriesTest extends QueriesContract {
  @Override
  Source source(Path folder) throws Exception {
    return SampleDatabase.sqlite(folder);
  }

  @Override
  List<Answered> ownAnswers() {
    return List.of(
        answered(
            "SELECT strftime('%Y-%m', ordered_at) AS month, SUM(total) AS total FROM orders GROUP"
                + " BY month ORDER BY month",
            "month,total;2026-01,200.5;2026-02,355.25;2026-03,99.99"),
        answered("SELECT CAST(total AS INTEGER) AS t FROM orders WHERE id = 1", "t;120"),
        answered(
            "SELECT group_concat(name, '+') AS names FROM customers", "names;Acme+Globex+Initech"),
        // The result called salary comes before the column of the table around.
        answered(
            "SELECT (WITH c AS (SELECT 1 AS salary, d.id AS i FROM departments d WHERE salary > 5)"
                + " SELECT (SELECT MAX(i) FROM c) FROM employees LIMIT 1) AS s",
            "s"),
        answered(
            "SELECT (WITH c AS (SELECT 1 AS salary, COUNT(*) AS i FROM departments d GROUP BY"
                + " salary HAVING salary > 5) SELECT (SELECT MAX(i) FROM c) FROM employees LIMIT 1)"
                + " AS s",
            "s"),
        answered(
            "SELECT (WITH c AS (SELECT 1 AS salary FROM departments d ORDER BY salary * d.id, 1"
                + " LIMIT 1) SELECT (SELECT MAX(c.salary) FROM c) FROM employees LIMIT 1) AS s",
            "s;1"),
        answered("SELECT name FROM main.customers WHERE id = 1", "name;Acme"),
        answered(
            "SELECT user FROM (SELECT name AS user FROM customers WHERE id = 1) t", "user;Acme"));
  }

  @Override
  List<String> ownRefusals() {
    return List.of(
        "SELECT name FROM sqlite_master",
        "SELECT sql FROM main.sqlite_schema",
        "SELECT load_extension('/tmp/evil.so')",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('/tmp/x', 'y')",
        "SELECT randomblob(1000000000)",
        "SELECT hex(zeroblob(1000000000))",
        "SELECT name FROM pragma_table_info('employees')",
        "SELECT value FROM json_each('[1,2]')",
        "SELECT value FROM generate_series(1, 1000000000)",
        "ATTACH DATABASE '/tmp/other.db' AS other",
        "PRAGMA table_info(employees)",
        "VACUUM INTO '/tmp/x.db'",
        "SELECT printf('%1000000000d', 1)",
        "SELECT [salary] FROM employees",
        "SELECT `salary` FROM employees",
        "SELECT rowid FROM orders",
        "SELECT rowid FROM employees, (SELECT 1) AS t",
        "SELECT (SELECT group_concat(o.total) FROM orders o JOIN departments d ON o.total <"
            + " e.salary JOIN employees e) AS x FROM (SELECT 1 AS salary) AS e",
        "SELECT (SELECT group_concat(o.total) FROM orders o JOIN departments d ON o.total < salary"
            + " JOIN employees e) AS x FROM (SELECT 1 AS salary) AS e",
        // A query of WITH sees those after it, and not the outer one of that name.
        "WITH b AS (SELECT 1 AS salary) SELECT (WITH a AS (SELECT salary AS x FROM b), b AS (SELECT"
            + " 2 AS one) SELECT (SELECT max(x) FROM a) FROM employees LIMIT 1) AS s",
        "SELECT id FROM employees WHERE 5200 IN employees",
        "SELECT group_concat(salary) FROM employees",
        "SELECT 1 AS one FROM employees e WHERE e.'salary' > 1",
        "SELECT name FROM main.employees ORDER BY main.employees.salary",
        "SELECT id FROM employees ORDER BY salary COLLATE NOCASE");
  }
}
