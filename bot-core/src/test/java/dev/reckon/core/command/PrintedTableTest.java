package dev.reckon.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.message.Block;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedTableTest {
  private static final Block.Table PAY =
      new Block.Table(
          List.of("department", "average_eur"),
          List.of(List.of("Sales", "63791.67"), List.of("Support", "41863.64")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "department,average_eur\nSales,63791.67\nSupport,41863.64\n",
        "department;average_eur\nSales;63791.67\nSupport;41863.64",
        "department\taverage_eur\nSales\t63791.67\nSupport\t41863.64",
        "department    average_eur\nSales            63791.67\nSupport          41863.64",
        "| department | average_eur |\n|---|---:|\n| Sales | 63791.67 |\n| Support | 41863.64 |",
        "department | average_eur\n-----------+------------\nSales | 63791.67\nSupport | 41863.64",
      })
  void howeverCellsArePrintedTheyAreATable(String output) {
    assertEquals(List.of(PAY), PrintedTable.in(output));
  }

  @Test
  void aYearOfMonthsWithItsTotalIsATable() {
    List<String> names = new ArrayList<>(List.of("region"));
    List<String> values = new ArrayList<>(List.of("North"));
    for (int month = 1; month <= 13; month++) {
      names.add("month_" + month);
      values.add(month + ".5");
    }
    String row = String.join(",", values);
    assertEquals(
        List.of(new Block.Table(names, List.of(values, values))),
        PrintedTable.in(String.join(",", names) + "\n" + row + "\n" + row + "\n"));
  }

  @Test
  void whatStandsAroundATableStaysText() {
    assertEquals(
        List.of(
            new Block.Output("Average pay by department:", 0),
            PAY,
            new Block.Output("\nRows used: 50, skipped: 2", 0)),
        PrintedTable.in(
            "Average pay by department:\ndepartment,average_eur\nSales,63791.67\nSupport,41863.64\n"
                + "\nRows used: 50, skipped: 2"));
  }

  @Test
  void everyTableIsFoundHoweverEachIsPrinted() {
    assertEquals(
        List.of(
            new Block.Output("By department:", 0),
            PAY,
            new Block.Output("\nBy town:", 0),
            new Block.Table(
                List.of("town", "people"), List.of(List.of("Rome", "3"), List.of("Oslo", "4"))),
            PAY),
        PrintedTable.in(
            """
            By department:
            department,average_eur
            Sales,63791.67
            Support,41863.64

            By town:
            town  people
            Rome       3
            Oslo       4
            department | average_eur
            -----------+------------
            Sales | 63791.67
            Support | 41863.64
            """));
  }

  @Test
  void aTableMayBeLong() {
    StringBuilder output = new StringBuilder("number,square\n");
    for (int i = 0; i < 3_000; i++) {
      output.append(i).append(',').append(i * i).append('\n');
    }
    Block.Table table = (Block.Table) PrintedTable.in(output.toString()).getFirst();
    assertEquals(3_000, table.rows().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Engineering: 80,333.33 EUR (9 people)\nFinance: 66,250.00 EUR (12 people)\nSales: 1,0 EUR",
        "Hello, world\nGood, bye\nAnd, so on",
        "1,2\n3,4\n5,6",
        "name,town\nAda,London\nCarl,Berlin",
        "a,b\n1,2",
        "average: 6.5",
        "x = [1, 2, 3]\ny = [4, 5, 6]\nz = [7, 8, 9]",
        "def f(a,b):\n    return a,b\n    pass,b",
        "",
      })
  void whatIsNotSurelyATableStaysText(String output) {
    assertEquals(List.of(new Block.Output(output, 0)), PrintedTable.in(output));
  }
}
