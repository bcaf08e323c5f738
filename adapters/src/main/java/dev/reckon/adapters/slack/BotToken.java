package dev.reckon.adapters.slack;

/**
 * The token by which calls for one workspace or organisation are made. Safe for use by any number
 * of threads.
 */
interface BotToken {
  /**
   * The token to use now.
   *
   * @throws SlackFailure when there is none, for good or at the moment
   */
  String current() throws SlackFailure;

  /**
   * Called when Slack refused a token.
   *
   * @param code Slack's reason
   * @return whether there is another one to try
   */
  boolean replace(String refused, String code) throws SlackFailure;

  /** What to do when Slack no longer accepts any of these tokens. */
  String advice();

  /** One that never changes. */
  static BotToken configured(String token) {
    return new BotToken() {
      @Override
      public String current() {
        return token;
      }

      @Override
      public boolean replace(String refused, String code) {
        return false;
      }

      @Override
      public String advice() {
        return "install the app again and set slack.bot_token to the new one";
      }
    };
  }
}
