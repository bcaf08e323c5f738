package dev.reckon.core.store;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.turn.TurnResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A turn as it is remembered.
 *
 * @param number counted from 1 in its conversation
 * @param person who asked, by id
 * @param personName who asked, by name
 * @param request the words, or the code that was given
 * @param result how it ended, or null while it runs
 * @param cancelledBy who wanted it to end, or null
 * @param disputedBy who found it wrong, by name, or null
 */
public record TurnRecord(
    long id,
    ConversationId conversation,
    int number,
    String person,
    String personName,
    TurnKind kind,
    String request,
    @Nullable TurnResult result,
    @Nullable String cancelledBy,
    @Nullable String disputedBy,
    Instant startedAt,
    @Nullable Instant endedAt) {}
