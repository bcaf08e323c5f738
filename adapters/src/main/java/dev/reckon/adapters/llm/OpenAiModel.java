package dev.reckon.adapters.llm;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelException;
import dev.reckon.core.model.ModelException.Kind;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind an OpenAI-compatible server. Where a server does not know a parameter (a reply's
 * schema, the name of the output ceiling), the call is repeated without it or by its other name,
 * and later calls start that way.
 */
public final class OpenAiModel implements LanguageModel, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAiModel.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final ModelSettings settings;
  private final HttpClient http;
  private final OpenAiChatModel model;
  private final Semaphore calls;
  private final Set<ModelCallFailure.Parameter> unknown = ConcurrentHashMap.newKeySet();

  public OpenAiModel(ModelSettings settings) {
    this.settings = settings;
    this.calls = new Semaphore(settings.concurrentCalls(), true);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .build();
    this.model =
        OpenAiChatModel.builder()
            .httpClientBuilder(ModelHttpClient.builder(http, settings.timeout(), Clock.systemUTC()))
            .baseUrl(settings.baseUrl())
            .apiKey(settings.apiKey().isSet() ? settings.apiKey().value() : null)
            .maxRetries(0)
            .strictJsonSchema(true)
            .build();
  }

  @Override
  public ModelReply complete(ModelRequest request) throws ModelException, InterruptedException {
    return complete(request, WaitListener.NONE);
  }

  @Override
  public ModelReply complete(ModelRequest request, WaitListener waits)
      throws ModelException, InterruptedException {
    Optional<String> missing = settings.missing();
    if (missing.isPresent()) {
      throw new ModelException(Kind.NOT_CONFIGURED, missing.get());
    }
    String name = modelFor(request.purpose());
    return completeWithRetries(request, name, waits);
  }

  private ModelReply completeWithRetries(ModelRequest request, String name, WaitListener waits)
      throws ModelException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      ModelCallFailure failure;
      take(waits);
      try {
        return reply(model.chat(asked(request, name)), name);
      } catch (RuntimeException fault) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the call was cancelled");
        }
        failure = ModelCallFailure.of(fault, settings, name);
        LOG.debug("model call failed: {}", failure.exception().getMessage());
      } finally {
        calls.release();
      }
      if (failure.parameter() != null && unknown.add(failure.parameter())) {
        LOG.info("the model server does not know {}; continuing without it", failure.parameter());
        continue;
      }
      Duration pause = pause(failure, attempt);
      if (!failure.retry()
          || attempt >= settings.retries()
          || pause.compareTo(settings.longestWait()) > 0) {
        throw failure.exception();
      }
      LOG.info(
          "model call failed ({}), trying again in {} ms",
          failure.exception().kind(),
          pause.toMillis());
      pause(pause, waits);
    }
  }

  /** Others may call while this one pauses: it holds no place meanwhile. */
  private static void pause(Duration pause, WaitListener waits) throws InterruptedException {
    waits.waiting("the model server", WaitListener.UNKNOWN);
    try {
      Thread.sleep(pause);
    } finally {
      waits.working();
    }
  }

  private void take(WaitListener waits) throws InterruptedException {
    if (calls.tryAcquire(0, TimeUnit.SECONDS)) {
      return;
    }
    waits.waiting("the model", calls.getQueueLength());
    try {
      calls.acquire();
    } finally {
      waits.working();
    }
  }

  private ChatRequest asked(ModelRequest request, String name) {
    var parameters = OpenAiChatRequestParameters.builder().modelName(name);
    // OpenAI's reasoning models know the newer name only, many other servers the older one only.
    if (settings.isOpenAi() != unknown.contains(ModelCallFailure.Parameter.OUTPUT_TOKENS)) {
      parameters.maxCompletionTokens(request.maxOutputTokens());
    } else {
      parameters.maxOutputTokens(request.maxOutputTokens());
    }
    settings.temperature().ifPresent(parameters::temperature);
    String schema = request.schema();
    if (schema != null
        && settings.structuredOutput() == ModelSettings.StructuredOutput.AUTO
        && !unknown.contains(ModelCallFailure.Parameter.SCHEMA)) {
      parameters.responseFormat(
          ResponseFormat.builder()
              .type(ResponseFormatType.JSON)
              .jsonSchema(
                  JsonSchema.builder()
                      .name("reply")
                      .rootElement(JsonRawSchema.from(schema))
                      .build())
              .build());
    }
    return ChatRequest.builder()
        .messages(request.messages().stream().map(OpenAiModel::message).toList())
        .parameters(parameters.build())
        .build();
  }

  private ModelReply reply(ChatResponse response, String name) throws ModelException {
    String text = response.aiMessage().text();
    boolean cutOff = response.finishReason() == FinishReason.LENGTH;
    if (!cutOff && (text == null || text.isBlank())) {
      throw new ModelException(
          response.finishReason() == FinishReason.CONTENT_FILTER ? Kind.REFUSED : Kind.EMPTY_REPLY,
          switch (response.finishReason()) {
            case CONTENT_FILTER -> "The model server's content filter held the reply back.";
            case null, default -> "The model sent an empty reply. Ask again, or try another model.";
          });
    }
    return new ModelReply(
        text == null ? "" : text,
        name,
        tokens(response.tokenUsage()),
        cutOff ? ModelReply.Finish.LENGTH : ModelReply.Finish.STOP);
  }

  private static ModelReply.@Nullable Tokens tokens(@Nullable TokenUsage usage) {
    if (usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null) {
      return null;
    }
    return new ModelReply.Tokens(usage.inputTokenCount(), usage.outputTokenCount());
  }

  @Override
  public String modelFor(ModelRequest.Purpose purpose) {
    return switch (purpose) {
      case JUDGE, SECOND_PROGRAM -> settings.judge().isEmpty() ? settings.name() : settings.judge();
      case GENERATE, REPAIR -> settings.name();
    };
  }

  private static ChatMessage message(ModelRequest.Message message) {
    return switch (message.role()) {
      case SYSTEM -> SystemMessage.from(message.text());
      case USER -> UserMessage.from(message.text());
      case ASSISTANT -> AiMessage.from(message.text());
    };
  }

  /** What the server asks for, or else half a second, doubled each time, with a random half. */
  private static Duration pause(ModelCallFailure failure, int attempt) {
    if (failure.pause() != null) {
      return failure.pause();
    }
    long most = FIRST_PAUSE.toMillis() << Math.min(attempt, 10);
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
