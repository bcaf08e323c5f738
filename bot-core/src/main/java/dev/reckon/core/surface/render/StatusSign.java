package dev.reckon.core.surface.render;

import dev.reckon.core.message.Reply;

/** The sign before a status or headline: one for each kind of reply, the same in every chat. */
public final class StatusSign {
  private StatusSign() {}

  /** An emoji, or nothing for a notice. */
  public static String of(Reply.Kind kind) {
    return switch (kind) {
      case WORKING -> "⏳";
      case VERIFIED -> "✅";
      case PLAIN_YES -> "☑️";
      case UNVERIFIED -> "⚠️";
      case NOT_JUDGED -> "▶️";
      case FAILED -> "❌";
      case ASKED -> "❓";
      case DECLINED -> "ℹ️";
      case OVER_BUDGET -> "💸";
      case CANCELLED -> "⏹️";
      case MODEL_ERROR -> "🔌";
      case REFUSED -> "⛔";
      case NOTICE -> "";
    };
  }
}
