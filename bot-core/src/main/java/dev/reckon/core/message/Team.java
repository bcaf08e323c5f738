package dev.reckon.core.message;

/**
 * Who shares saved computations, budgets and instructions: a workspace, a group, or one person's
 * private chat.
 *
 * @param id unique over all surfaces, such as {@code slack/T1}
 * @param name for people; may be empty
 */
public record Team(String id, String name) {}
