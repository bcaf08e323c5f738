package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonParseException;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.chat.ChatAppendStreamResponse;
import com.slack.api.methods.response.chat.ChatStartStreamResponse;
import com.slack.api.methods.response.chat.ChatStopStreamResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.File;
import com.slack.api.model.Message;
import com.slack.api.model.User;
import com.slack.api.model.assistant.SuggestedPrompt;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The calls of Slack's Web API that Reckon makes. Every failure is a {@link SlackFailure}; nothing
 * is repeated here. Safe for use by any number of threads.
 */
final class SlackApi implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Slack slack;
  private final BotToken token;

  /** Whether the connections are closed with this, and not with somebody else's. */
  private final boolean closing;

  private volatile boolean tokenRefused;

  /** Calls by the configured token, over connections of its own. */
  SlackApi(SlackSettings settings) {
    this(connections(settings), BotToken.configured(settings.botToken()), true);
  }

  /** Calls by that token, over connections that somebody else closes. */
  SlackApi(Slack slack, BotToken token) {
    this(slack, token, false);
  }

  private SlackApi(Slack slack, BotToken token, boolean closing) {
    this.slack = slack;
    this.token = token;
    this.closing = closing;
  }

  private static Slack connections(SlackSettings settings) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.apiUrl().toString());
    config.setStatsEnabled(false);
    config.setHttpClientReadTimeoutMillis(TIMEOUT_MILLIS);
    config.setHttpClientWriteTimeoutMillis(TIMEOUT_MILLIS);
    return Slack.getInstance(config);
  }

  /** Whether Slack refused the token when it was last asked. */
  boolean tokenRefused() {
    return tokenRefused;
  }

  Slack slack() {
    return slack;
  }

  /** The token to use now, for a download. */
  String token() throws SlackFailure {
    return token.current();
  }

  AuthTestResponse authenticate() throws SlackFailure {
    return call("auth.test", m -> m.authTest(r -> r));
  }

  /** Who the token belongs to, and what it may do. */
  static SlackWorkspace workspace(AuthTestResponse answer) {
    Map<String, List<String>> headers = answer.getHttpResponseHeaders();
    List<String> scopes = headers == null ? null : headers.get("x-oauth-scopes");
    Set<String> granted = Scopes.granted(scopes == null ? null : String.join(",", scopes));
    return new SlackWorkspace(answer.getTeamId(), answer.getTeam(), answer.getUserId(), granted);
  }

  /** Posts a message, and returns its timestamp. */
  SentParts post(String channel, String thread, BlockMessage message) throws SlackFailure {
    var answer =
        call(
            "chat.postMessage",
            m ->
                m.chatPostMessage(
                    r ->
                        r.channel(channel)
                            .threadTs(thread.isEmpty() ? null : thread)
                            .text(message.fallback())
                            .blocksAsString(message.blocks())
                            .linkNames(false)
                            .unfurlLinks(false)
                            .unfurlMedia(false)));
    return SentParts.message(answer.getChannel(), answer.getTs());
  }

  void update(String channel, String ts, BlockMessage message) throws SlackFailure {
    call(
        "chat.update",
        m ->
            m.chatUpdate(
                r ->
                    r.channel(channel)
                        .ts(ts)
                        .text(message.fallback())
                        .blocksAsString(message.blocks())
                        .linkNames(false)));
  }

  /**
   * Begins a streamed message, and returns it.
   *
   * @param team the workspace of the person who is shown it
   * @param chunks a JSON array
   */
  SentParts startStream(SlackTarget place, String team, String chunks) throws SlackFailure {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("channel", place.channel())
            .add("recipient_user_id", place.user())
            .add("recipient_team_id", team)
            .add("task_display_mode", "plan")
            .add("chunks", chunks);
    if (!place.thread().isEmpty()) {
      form.add("thread_ts", place.thread());
    }
    var answer = call("chat.startStream", form, ChatStartStreamResponse.class);
    return SentParts.message(answer.getChannel(), answer.getTs());
  }

  void appendStream(SentParts message, String chunks) throws SlackFailure {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("channel", message.channel())
            .add("ts", message.ts())
            .add("chunks", chunks);
    call("chat.appendStream", form, ChatAppendStreamResponse.class);
  }

  /**
   * Ends a streamed message.
   *
   * @param chunks a JSON array; empty for none
   * @param blocks what it ends with, likewise
   */
  void stopStream(SentParts message, String chunks, String blocks) throws SlackFailure {
    FormBody.Builder form =
        new FormBody.Builder().add("channel", message.channel()).add("ts", message.ts());
    if (!chunks.isEmpty()) {
      form.add("chunks", chunks);
    }
    if (!blocks.isEmpty()) {
      form.add("blocks", blocks);
    }
    call("chat.stopStream", form, ChatStopStreamResponse.class);
  }

  /** The SDK's own requests have no chunks. */
  private <T extends SlackApiTextResponse> T call(
      String method, FormBody.Builder form, Class<T> type) throws SlackFailure {
    return withToken(
        method,
        (m, used) -> m.postFormWithTokenAndParseResponse(ignored -> form, method, used, type));
  }

  /** Ends what Slack shows of work in a thread. */
  void sessionIsActive(String channel, String thread) throws SlackFailure {
    call(
        "agents.sessions.setStatus",
        m ->
            m.agentsSessionsSetStatus(r -> r.channelId(channel).threadTs(thread).status("active")));
  }

  /** Offers requests where a person has just opened the app's messages; four at most. */
  void suggest(String channel, List<SuggestedPrompt> prompts) throws SlackFailure {
    call(
        "assistant.threads.setSuggestedPrompts",
        m -> m.assistantThreadsSetSuggestedPrompts(r -> r.channelId(channel).prompts(prompts)));
  }

  /** Shows a person their home tab. */
  void publish(String user, String view) throws SlackFailure {
    call("views.publish", m -> m.viewsPublish(r -> r.userId(user).viewAsString(view)));
  }

  void ephemeral(SlackTarget place, String user, BlockMessage message) throws SlackFailure {
    call(
        "chat.postEphemeral",
        m ->
            m.chatPostEphemeral(
                r ->
                    r.channel(place.channel())
                        .user(user)
                        .threadTs(place.thread().isEmpty() ? null : place.thread())
                        .text(message.fallback())
                        .blocksAsString(message.blocks())
                        .linkNames(false)));
  }

  /** Answers at a response address: to the asker alone, or to the whole channel. */
  void respond(String url, BlockMessage message, boolean toChannel) throws SlackFailure {
    RequestBody body = RequestBody.create(message.responseBody(toChannel), JSON);
    Request request = new Request.Builder().url(url).post(body).build();
    try (Response response = slack.getHttpClient().getOkHttpClient().newCall(request).execute()) {
      if (!response.isSuccessful()) {
        String answer = response.body().string();
        String code =
            answer.matches("\\w{3,40}") ? answer : response.code() == 404 ? "expired_url" : "";
        throw SlackFailure.ofStatus("response_url", response, code);
      }
    } catch (IOException e) {
      throw SlackFailure.of("response_url", e);
    }
  }

  /** Opens a modal, and returns its id. */
  String open(String trigger, String view) throws SlackFailure {
    return call("views.open", m -> m.viewsOpen(r -> r.triggerId(trigger).viewAsString(view)))
        .getView()
        .getId();
  }

  void update(String viewId, String view) throws SlackFailure {
    call("views.update", m -> m.viewsUpdate(r -> r.viewId(viewId).viewAsString(view)));
  }

  User user(String id) throws SlackFailure {
    return call("users.info", m -> m.usersInfo(r -> r.user(id))).getUser();
  }

  /**
   * Some members of a channel.
   *
   * @param next names the following ones; empty after the last
   */
  record Members(Set<String> users, String next) {}

  Members members(String channel, String cursor) throws SlackFailure {
    var answer =
        call(
            "conversations.members",
            m -> m.conversationsMembers(r -> r.channel(channel).cursor(cursor).limit(1_000)));
    var more = answer.getResponseMetadata();
    String next = more == null ? null : more.getNextCursor();
    return new Members(Set.copyOf(answer.getMembers()), next == null ? "" : next);
  }

  /** What Slack says of a channel. */
  Conversation channel(String id) throws SlackFailure {
    return call("conversations.info", m -> m.conversationsInfo(r -> r.channel(id))).getChannel();
  }

  /**
   * Shows something below links.
   *
   * @param id names the message or draft, as the event about the links does
   * @param source likewise
   * @param unfurls by link
   */
  void unfurl(String id, String source, ObjectNode unfurls) throws SlackFailure {
    call(
        "chat.unfurl",
        m -> m.chatUnfurl(r -> r.unfurlId(id).source(source).rawUnfurls(unfurls.toString())));
  }

  /** The direct message with a person. */
  String direct(String user) throws SlackFailure {
    return call("conversations.open", m -> m.conversationsOpen(r -> r.users(List.of(user))))
        .getChannel()
        .getId();
  }

  /** A person's newest files, as far as the bot can see them. */
  List<File> recentFiles(String user, int most) throws SlackFailure {
    return call("files.list", m -> m.filesList(r -> r.user(user).count(most))).getFiles();
  }

  File file(String id) throws SlackFailure {
    return call("files.info", m -> m.filesInfo(r -> r.file(id))).getFile();
  }

  /** Asks whether Reckon may read a channel: Slack lets members do that, and nobody else. */
  void look(String channel) throws SlackFailure {
    call("conversations.history", m -> m.conversationsHistory(r -> r.channel(channel).limit(1)));
  }

  /** One message with everything that Slack knows of it, or an empty list when it is gone. */
  List<Message> message(String channel, String thread, String ts) throws SlackFailure {
    List<Message> found =
        thread.isEmpty()
            ? call(
                    "conversations.history",
                    m ->
                        m.conversationsHistory(
                            r -> r.channel(channel).latest(ts).oldest(ts).inclusive(true).limit(1)))
                .getMessages()
            : call(
                    "conversations.replies",
                    m ->
                        m.conversationsReplies(
                            r ->
                                r.channel(channel)
                                    .ts(thread)
                                    .latest(ts)
                                    .oldest(ts)
                                    .inclusive(true)
                                    .limit(2)))
                .getMessages();
    return found.stream().filter(message -> ts.equals(message.getTs())).toList();
  }

  /** Carries out one call of the SDK. */
  <T extends SlackApiTextResponse> T call(String method, Call<T> call) throws SlackFailure {
    return withToken(method, (m, used) -> call.with(m));
  }

  /** Carries out a call, and repeats it once where a refused token can be replaced. */
  private <T extends SlackApiTextResponse> T withToken(String method, TokenCall<T> call)
      throws SlackFailure {
    String used = token.current();
    try {
      return once(method, used, call);
    } catch (SlackFailure e) {
      if (!SlackFailure.isOfToken(e.code()) || !token.replace(used, e.code())) {
        throw e;
      }
      return once(method, token.current(), call);
    }
  }

  private <T extends SlackApiTextResponse> T once(String method, String used, TokenCall<T> call)
      throws SlackFailure {
    try {
      T answer = perform(method, slack.methods(used), m -> call.with(m, used));
      tokenRefused = false;
      return answer;
    } catch (SlackFailure e) {
      boolean refused = SlackFailure.isOfToken(e.code());
      tokenRefused = refused;
      throw refused ? e.advised(token.advice()) : e;
    }
  }

  /** Carries out one call of the SDK with that client, and finds out what its failure means. */
  static <T extends SlackApiTextResponse> T perform(
      String method, MethodsClient methods, Call<T> call) throws SlackFailure {
    try {
      T answer = call.with(methods);
      if (!answer.isOk()) {
        throw SlackFailure.of(method, answer);
      }
      return answer;
    } catch (SlackApiException e) {
      throw SlackFailure.of(method, e);
    } catch (IOException e) {
      throw SlackFailure.of(method, e);
    } catch (JsonParseException e) {
      throw SlackFailure.of(method, new IOException("the answer was not JSON", e));
    }
  }

  @Override
  public void close() throws IOException {
    if (!closing) {
      return;
    }
    try {
      slack.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("closing the connections to Slack failed", e);
    }
  }

  /** A call of the SDK. */
  @FunctionalInterface
  interface Call<T> {
    T with(MethodsClient methods) throws IOException, SlackApiException;
  }

  /** A call of the SDK that needs the token itself. */
  @FunctionalInterface
  private interface TokenCall<T> {
    T with(MethodsClient methods, String token) throws IOException, SlackApiException;
  }
}
