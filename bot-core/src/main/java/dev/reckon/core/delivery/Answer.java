package dev.reckon.core.delivery;

import dev.reckon.core.message.Reply;
import dev.reckon.core.turn.TurnResult;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery came to.
 *
 * @param reply for people
 * @param result the turn behind it, or null when it took none
 */
public record Answer(Reply reply, @Nullable TurnResult result) {}
