package dev.reckon.core.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.command.CodeDisplay;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.sandbox.Chart;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SourceReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a reply with a chart says of what was checked, and of what ran it. */
class ChartStatusTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TurnResult.ProducedFile CHART =
      new TurnResult.ProducedFile(
          "f1",
          "sales.png",
          99,
          new TurnResult.Picture(900, 700, new Chart("sales.png", "Sales", List.of())));

  private static TurnResult verified(List<TurnResult.ProducedFile> files, String engine) {
    RunSummary run =
        new RunSummary(
            RunSummary.Ending.COMPLETED,
            "north 3\nsouth 4\n",
            "",
            0,
            files,
            Set.of(),
            null,
            "",
            false,
            SECOND,
            engine,
            "",
            List.of());
    TurnState state =
        TurnState.begin(
            TurnRequest.of("draw it", List.of(), List.of(), "team", "cli/1", TurnSettings.DEFAULT));
    for (EffectResult result :
        List.of(
            new EffectResult.Replied(new FirstReply.Code("plot()"), Usage.NONE),
            new EffectResult.Inspected(
                new Inspection.Read(new SourceReport(null, 1, List.of(), List.of(), Set.of()))),
            new EffectResult.Ran(run),
            new EffectResult.Judged(
                new Judgement(Judgement.Verdict.ANSWERS, "each has its evidence.", List.of()),
                Usage.NONE))) {
      state = TurnMachine.next(state, result, SECOND);
    }
    return assertInstanceOf(TurnState.Done.class, state).result();
  }

  @Test
  void ofAVerifiedChartTheDataWasCheckedAndTheLookWasNot() {
    assertEquals(
        "Checked: each has its evidence. The chart's data was checked; its look was not.",
        verified(List.of(CHART), "CPython").message());
    assertEquals("Checked: each has its evidence.", verified(List.of(), "CPython").message());
  }

  @Test
  void theChartStandsBeforeWhatWasPrintedAndTheSecondEngineIsNamed() {
    Reply reply = AnswerReplies.of(verified(List.of(CHART), "CPython"), CodeDisplay.OFF, List.of());
    assertInstanceOf(Block.Chart.class, reply.blocks().getFirst());
    assertEquals(
        "4 s · CPython", assertInstanceOf(Block.Footer.class, reply.blocks().getLast()).text());
    Reply usual = AnswerReplies.of(verified(List.of(), "GraalPy"), CodeDisplay.OFF, List.of());
    assertEquals("4 s", assertInstanceOf(Block.Footer.class, usual.blocks().getLast()).text());
  }
}
