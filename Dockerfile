# syntax=docker/dockerfile:1
# Builds Reckon, then keeps what running it needs: a Java runtime, the program, and the sandbox's
# prepared cache, so that a container answers within seconds of its start.
#
#   docker build -t reckon .
#   docker build -t reckon:slim --target slim .      without CPython's packages: no pandas, no charts
#   docker run --read-only --tmpfs /tmp -v reckon-data:/data -e OPENAI_API_KEY -p 127.0.0.1:8080:8080 reckon

FROM eclipse-temurin:25-jdk-noble AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends maven \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/reckon
COPY pom.xml reckon ./
COPY sandbox sandbox
COPY files files
COPY testing testing
COPY bot-core bot-core
COPY adapters adapters
COPY config config
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dmaven.test.skip=true package

FROM eclipse-temurin:25-jre-noble AS slim
RUN groupadd --system --gid 10001 reckon \
    && useradd --system --uid 10001 --gid reckon --home-dir /data --shell /usr/sbin/nologin reckon \
    && install -d -o reckon -g reckon -m 0700 /data \
    && install -d -o reckon -g reckon /opt/reckon /opt/reckon/cache
WORKDIR /opt/reckon
COPY --from=build --chown=reckon:reckon /opt/reckon/adapters/target/reckon program
COPY --from=build --chown=reckon:reckon /opt/reckon/config config
COPY --chown=reckon:reckon deploy/container.sh deploy/healthy.sh deploy/
USER reckon
# The cache is the image's, not the volume's: an older volume would hide it.
ENV XDG_CACHE_HOME=/opt/reckon/cache \
    RECKON_STORE_URL=jdbc:sqlite:/data/reckon.db \
    RECKON_HTTP_HOST=0.0.0.0 \
    RECKON_HTTP_PORT=8080
# Runs one script: this compiles the language's library once, into the image, under the very runtime
# that will read it. The build fails where the sandbox does not work.
RUN echo 'print("prepared")' | deploy/container.sh exec - | grep -q prepared
VOLUME /data
EXPOSE 8080
# The first start after an upgrade may migrate the database.
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=3 \
    CMD ["deploy/healthy.sh"]
# SIGTERM lets running turns finish or saves them: give it the time (docker stop --timeout 60).
STOPSIGNAL SIGTERM
ENTRYPOINT ["deploy/container.sh"]
CMD ["start"]

# The second engine. It needs user namespaces, which many container runtimes forbid by default: doctor says
# whether they are there, and SECURITY.md what follows.
FROM slim
USER root
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-pandas python3-matplotlib fonts-dejavu-core fonts-droid-fallback \
    && rm -rf /var/lib/apt/lists/*
USER reckon
