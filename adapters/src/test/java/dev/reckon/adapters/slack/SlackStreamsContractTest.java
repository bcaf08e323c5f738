package dev.reckon.adapters.slack;

import dev.reckon.core.message.Reply;
import java.util.Set;

/** Where progress is streamed, and the answer ends the stream. */
class SlackStreamsContractTest extends SlackContractTest {
  @Override
  Set<String> scopes() {
    return Scopes.needed().keySet();
  }

  /** Progress is drawn by Slack here: it has a task for each step, and no parts of a reply. */
  @Override
  protected String shown(Reply reply) throws Exception {
    if (reply.kind() == Reply.Kind.WORKING) {
      slack.failNext("chat.startStream", "channel_type_not_supported");
    }
    return super.shown(reply);
  }
}
