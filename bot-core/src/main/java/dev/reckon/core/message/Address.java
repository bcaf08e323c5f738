package dev.reckon.core.message;

/**
 * Where replies to a conversation go. The core stores it and passes it back, and uses only the
 * surface's name.
 *
 * @param surface the {@code Surface.name()} that can deliver there
 * @param target the surface's own words: channel and thread, chat and topic
 * @param channel what pacing counts together: usually the channel or chat without the thread
 * @param direct whether only the asker reads there
 */
public record Address(String surface, String target, String channel, boolean direct) {}
