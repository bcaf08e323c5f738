package dev.reckon.core.turn;

/**
 * An earlier request of the conversation, and what came of it.
 *
 * @param request what was asked
 * @param status how that turn ended
 * @param message its words: the reason, or the question that went back
 * @param code its answering program, or empty
 * @param output what that printed, or empty
 */
public record Exchange(
    String request, TurnStatus status, String message, String code, String output) {}
