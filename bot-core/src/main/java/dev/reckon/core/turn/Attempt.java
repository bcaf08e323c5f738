package dev.reckon.core.turn;

import org.jspecify.annotations.Nullable;

/**
 * One program that was written for a turn, and what came of it.
 *
 * @param number counted from 1 over the whole turn
 * @param step counted from 1
 * @param code empty when the reply held none
 * @param facts of the code
 * @param run null when it never ran
 * @param failure null when nothing was wrong with it
 * @param judgement null when nobody judged it
 */
public record Attempt(
    int number,
    int step,
    String code,
    CodeFacts facts,
    @Nullable RunSummary run,
    @Nullable AttemptFailure failure,
    @Nullable Judgement judgement) {}
