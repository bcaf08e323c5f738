package dev.reckon.core.surface;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Lease;
import java.time.Instant;
import java.util.Optional;

/**
 * Something to show while it is news. It may be left out: the next one, or the answer, says more.
 *
 * @param reply with the turn's id
 * @param notBefore an answer that is there by then needs no progress at all
 * @param target the message to edit; empty for the turn's anchor, which is posted where there is
 *     none
 * @param lease under which the turn is worked on: once it is lost, another replica shows progress
 */
record Progress(
    ConversationId conversation,
    Address address,
    Reply reply,
    Instant notBefore,
    Optional<MessageRef> target,
    Optional<Lease> lease) {}
