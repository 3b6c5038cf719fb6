# The bot in a small image: `docker run -e WEGWEISER_BOT_TOKEN=… -v wegweiser:/state wegweiser`
FROM python:3.11-slim AS build
WORKDIR /build
COPY pyproject.toml constraints.txt README.md ./
COPY bot ./bot
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir -c constraints.txt ".[semantic,train]"

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 wegweiser \
    && mkdir -p /state/data /state/key \
    && chown -R wegweiser /state
COPY --from=build /venv /venv
WORKDIR /app
COPY knowledge ./knowledge
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WEGWEISER_KNOWLEDGE_DIR=/app/knowledge \
    WEGWEISER_DATA_DIR=/state/data \
    WEGWEISER_DATABASE_URL=sqlite+aiosqlite:////state/data/wegweiser.db \
    WEGWEISER_SECRET_KEY_FILE=/state/key/wegweiser.key
USER wegweiser
VOLUME /state
STOPSIGNAL SIGTERM
CMD ["wegweiser", "run"]
