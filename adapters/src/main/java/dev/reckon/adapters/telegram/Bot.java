package dev.reckon.adapters.telegram;

/**
 * Reckon's own account in Telegram.
 *
 * @param id the bot's user id
 * @param username without the {@code @}
 * @param readsGroups whether privacy mode is off, so that groups deliver every message
 */
record Bot(long id, String username, boolean readsGroups) {}
