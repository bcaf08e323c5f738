package dev.reckon.adapters.sql;

import dev.reckon.adapters.config.Secret;
import dev.reckon.adapters.sql.SourceSettings.Source;
import java.nio.file.Path;
import java.util.List;

class PostgresQueriesTest extends QueriesContract {
  @Override
  Source source(Path folder) {
    return SampleDatabase.postgres();
  }

  @Override
  Source writable(Source given) {
    return new Source(
        given.name(),
        given.url(),
        "postgres",
        new Secret("postgres"),
        "",
        "",
        List.of(),
        List.of(),
        List.of());
  }

  @Override
  List<Answered> ownAnswers() {
    return List.of(
        answered(
            "SELECT date_trunc('month', ordered_at)::date AS month, SUM(total) AS total FROM orders"
                + " GROUP BY 1 ORDER BY 1",
            "month,total;2026-01-01,200.5;2026-02-01,355.25;2026-03-01,99.99"),
        answered(
            "SELECT EXTRACT(YEAR FROM hired)::int AS year, COUNT(*) FILTER (WHERE department_id ="
                + " 2) AS n FROM employees WHERE hired >= DATE '2019-01-01' GROUP BY 1 ORDER BY 1",
            "year,n;2019,1;2020,0;2021,0"),
        answered(
            "SELECT string_agg(name, '+' ORDER BY name DESC) AS names FROM public.customers",
            "names;Initech+Globex+Acme"),
        answered(
            "SELECT name FROM customers WHERE name ILIKE 'a%' AND '2026-01-01'::date + INTERVAL '1"
                + " month' > CURRENT_DATE - INTERVAL '100 years'",
            "name;Acme"),
        answered(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total) AS median FROM orders",
            "median;99.99"),
        answered(
            "SELECT DISTINCT ON (customer_id) customer_id, id FROM orders ORDER BY customer_id,"
                + " total DESC",
            "customer_id,id;1,1;2,3;3,4"),
        answered("SELECT ((SELECT id FROM orders) ORDER BY id DESC LIMIT 1) AS top", "top;5"),
        answered("(SELECT id FROM orders) ORDER BY 1 LIMIT 1", "id;1"),
        answered("SELECT count FROM (SELECT count(*) FROM employees) AS t", "count;5"),
        answered(
            "WITH orders AS (SELECT id FROM orders WHERE id < 3) SELECT COUNT(*) AS n FROM orders",
            "n;2"));
  }

  @Override
  List<String> ownRefusals() {
    return List.of(
        "SELECT word FROM private.secrets",
        "SELECT word FROM \"private\".\"secrets\"",
        "SELECT rolname FROM pg_roles",
        "SELECT rolname FROM pg_catalog.pg_roles",
        "SELECT table_name FROM information_schema.tables",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_catalog.pg_read_file('/etc/passwd')",
        "SELECT \"pg_read_file\"('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "SELECT * FROM pg_ls_dir('/')",
        "SELECT pg_sleep(100)",
        "SELECT set_config('default_transaction_read_only', 'off', false)",
        "SELECT current_setting('data_directory')",
        "SELECT query_to_xml('select * from private.secrets', true, true, '')",
        "SELECT dblink('host=evil', 'select 1')",
        "SELECT repeat('x', 1000000000)",
        "SELECT generate_series(1, 1000000000)",
        "SELECT n FROM generate_series(1, 1000000000) AS n",
        "COPY orders TO '/tmp/x.csv'",
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "SELECT $$a' OR '1'='1$$ AS x",
        "SELECT E'\\'; DROP TABLE orders; --' AS x",
        "SELECT salary(e) FROM employees e",
        "SELECT (e).salary FROM employees e",
        "SELECT row_to_json(e) FROM employees e",
        "SELECT e::text FROM employees e",
        "SELECT 'pg_authid'::regclass",
        "SELECT c.name FROM customers c, LATERAL (SELECT salary FROM employees) AS s",
        "SELECT id FROM ONLY orders",
        "SELECT id FROM orders TABLESAMPLE SYSTEM (10)",
        "TABLE private.secrets",
        "SELECT lastval()",
        "SELECT nextval('x')",
        "DO $$ BEGIN DELETE FROM orders; END $$",
        "SET ROLE postgres",
        "SELECT name FROM customers FOR SHARE SKIP LOCKED",
        "SELECT pg_advisory_lock(1)",
        // Words that are functions wherever they are not quoted.
        "SELECT current_user FROM (SELECT 1 AS \"current_user\") AS t",
        "SELECT session_user FROM (SELECT 1) AS t",
        "SELECT current_catalog FROM (SELECT 1) AS t",
        "SELECT user FROM (SELECT 1 AS \"user\") AS t",
        "SELECT DISTINCT ON (salary) id FROM employees",
        "SELECT string_agg(name, ',' ORDER BY salary) AS x FROM employees",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY salary) AS x FROM employees",
        "SELECT e.row_to_json FROM employees e",
        "SELECT t.query FROM (SELECT 'employees'::regclass AS query) AS t",
        "SELECT ROW(e.*) FROM employees e",
        "SELECT COUNT(e.*) FROM employees e",
        "SELECT to_jsonb(e) -> 'salary' FROM employees e",
        "SELECT e ->> 'salary' FROM employees e",
        "SELECT salary AT TIME ZONE 'UTC' FROM employees",
        "SELECT o.row_to_json FROM orders o",
        "SELECT t.one FROM (SELECT 1 AS one) AS t, LATERAL (SELECT salary FROM employees) AS s",
        "SELECT c.name FROM customers c CROSS JOIN LATERAL (SELECT e.salary FROM employees e) AS s",
        "SELECT json_extract_path_text(to_json(e), 'salary') FROM employees e",
        "SELECT array_agg(e) FROM employees e",
        "SELECT string_agg(e::text, ',') FROM employees e",
        "SELECT CAST(e AS text) FROM employees e",
        "SELECT (SELECT x FROM (SELECT e) AS x) FROM employees e",
        "SELECT j.salary FROM (employees e JOIN departments d ON e.id = d.id) AS j",
        "SELECT a.id FROM employees a JOIN employees b USING (id) AS j WHERE j.salary > 1",
        "SELECT id FROM employees ORDER BY salary USING >",
        "SELECT MAX(salary) OVER () FROM employees",
        "SELECT \"employees\".\"salary\" FROM \"employees\"",
        "SELECT pg_catalog.count(e) FROM employees e",
        "SELECT U&\"s\\0061lary\" FROM employees",
        "SELECT 5200 = ANY (SELECT salary FROM employees)",
        "SELECT ARRAY(SELECT salary FROM employees)",
        "SELECT a.id FROM employees a JOIN employees b ON a = b");
  }
}
