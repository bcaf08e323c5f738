package dev.reckon.sandbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.SourceReport.Import;
import dev.reckon.sandbox.SourceReport.Trait;
import dev.reckon.sandbox.SourceReport.Use;
import dev.reckon.sandbox.worker.WarmWorker.Line;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script's syntax tree shows. Needs a worker. */
@ExtendWith(WarmWorker.class)
class InspectionTest {
  @Test
  void importsAreFoundWhereverTheyAre(Line worker) {
    SourceReport report =
        worker.inspect(
            "import pandas as pd\ndef f():\n    from os import path\n    import xml.dom");
    assertEquals(
        List.of(
            new Import("pandas", 1, false),
            new Import("os", 3, true),
            new Import("xml.dom", 4, true)),
        report.imports());
    assertEquals(4, report.lines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import os; os.system('x') | os.system",
        "from os import system as s; s('x') | os.system",
        "import os as o; f = o.system; f('x') | os.system",
        "import os; getattr(os, 'system')('x') | os.system",
        "__import__('os').system('x') | os.system",
        "import importlib; importlib.import_module('os').system('x') | os.system",
        "import builtins; builtins.eval('x') | eval",
        "from pathlib import Path; p = Path('x'); p.unlink() | pathlib.Path.unlink",
        "import shutil; shutil.rmtree('x') | shutil.rmtree",
      })
  void callsAreNamedForWhatTheyCall(String source, String name, Line worker) {
    assertTrue(
        worker.inspect(source).uses().contains(new Use(name, 1, true)),
        () -> worker.inspect(source).uses().toString());
  }

  @Test
  void aWordInAStringIsNoCall(Line worker) {
    SourceReport report = worker.inspect("x = 'eval('\nprint(x, 'os.system')");
    assertEquals(List.of(new Use("print", 2, true)), report.uses());
  }

  @Test
  void aFunctionOfTheScriptsOwnIsNoBuiltin(Line worker) {
    assertEquals(List.of(), worker.inspect("def eval(x): return x\neval(1)").uses());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "total = 42; print('Total:', total) | PRINTS_ONLY_LITERALS",
        "import random; print(random.random()) | RANDOM",
        "import time; print(time.time()) | CLOCK",
        "from datetime import date; print(date.today()) | CLOCK",
        "print(input()) | READS_STDIN",
        "import sys; print(sys.stdin.read()) | READS_STDIN",
      })
  void traitsAreFound(String source, Trait trait, Line worker) {
    assertEquals(Set.of(trait), worker.inspect(source).traits());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "print(sum([1, 2]))",
        "x = [1]; x = sorted(x); print(x)",
        "import random; random.seed(1); print(random.random())",
        "import random; r = random.Random(1); print(r.random())",
        "import datetime; print(datetime.date(2026, 1, 1))",
      })
  void honestScriptsHaveNoTraits(String source, Line worker) {
    assertEquals(Set.of(), worker.inspect(source).traits());
  }

  @Test
  void anErrorCaughtAndPrintedIsSeen(Line worker) {
    String start = "try:\n    x = 1 / 0\n";
    assertEquals(
        Set.of(Trait.CATCHES_AND_PRINTS),
        worker.inspect(start + "except Exception as e:\n    print(f'Error: {e}')").traits());
    assertEquals(
        Set.of(),
        worker.inspect(start + "except Exception as e:\n    print(e)\n    raise").traits());
    assertEquals(
        Set.of(), worker.inspect(start + "except ZeroDivisionError as e:\n    print(e)").traits());
  }

  @Test
  void whatIsNoPythonIsASyntaxError(Line worker) {
    GuestError error = worker.inspect("x = 1\nprint 'x'\n").problem().orElseThrow();
    assertEquals(2, error.line());
    assertTrue(error.traceback().contains("print 'x'"), error.traceback());
  }

  @Test
  void anImportWhoseFailingIsCaughtCountsAsAvailable(Line worker) {
    String optional =
        """
        try:
            import numpy as np
            from pandas import DataFrame
        except ImportError:
            np = None
        try:
            import yaml
        except ValueError:
            pass
        """;
    assertEquals(
        List.of(
            new Import("numpy", 2, true),
            new Import("pandas", 3, true),
            new Import("yaml", 7, false)),
        worker.inspect(optional).imports());
  }

  @Test
  void hostileSourcesAreReadOrSaidToTakeTooLong(Line worker) {
    for (String source :
        List.of(
            "(".repeat(5_000) + ")".repeat(5_000),
            "a" + ".x".repeat(20_000),
            "\0",
            "",
            "#",
            "-".repeat(20_000) + "1",
            "x = " + "[".repeat(3_000))) {
      switch (worker.inspection(source)) {
        case Inspection.Read(SourceReport report) -> assertTrue(report.lines() >= 0);
        case Inspection.NotRead(String reason) ->
            assertTrue(reason.endsWith("to read") || reason.endsWith("to be read"), reason);
      }
    }
    assertEquals(Set.of(), worker.inspect("print(1 + 1)").traits());
  }
}
