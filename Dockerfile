# The bot in a small image: `docker run -e WEGWEISER_BOT_TOKEN=… -v state:/state -v secret:/secret wegweiser`
FROM python:3.11-slim AS build
WORKDIR /build
COPY pyproject.toml constraints.txt README.md ./
COPY bot ./bot
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir -c constraints.txt ".[semantic,train]"

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 wegweiser \
    && mkdir -p /state /secret \
    && chown wegweiser /state /secret
COPY --from=build /venv /venv
WORKDIR /app
COPY --chown=wegweiser knowledge ./knowledge
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WEGWEISER_KNOWLEDGE_DIR=/app/knowledge \
    WEGWEISER_DATA_DIR=/state \
    WEGWEISER_DATABASE_URL=sqlite+aiosqlite:////state/wegweiser.db \
    WEGWEISER_SECRET_KEY_FILE=/secret/wegweiser.key \
    WEGWEISER_LISTEN=0.0.0.0:8080
USER wegweiser
# The key lies apart from the database and its backups.
VOLUME /state /secret
STOPSIGNAL SIGTERM
CMD ["wegweiser", "run"]
