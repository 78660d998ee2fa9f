# syntax=docker/dockerfile:1
FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/onrecord
COPY pyproject.toml setup.py requirements.lock README.md LICENSE ./
COPY bot bot
# The lock has hashes for all extras; as constraints, it pins those that are installed.
RUN grep -oE '^[[:alnum:]._-]+==[[:alnum:].+]+' requirements.lock > /tmp/constraints.txt \
    && /opt/onrecord/bin/pip install --no-cache-dir -c /tmp/constraints.txt ".[semantic,desk,metrics,postgres]"

FROM python:3.12-slim
# An id that owns nothing on the host; the database and the model's vectors are in /data, the stories in /stories.
RUN useradd --uid 10001 --create-home --home-dir /data onrecord
COPY --from=build /opt/onrecord /opt/onrecord
ENV PATH=/opt/onrecord/bin:$PATH PYTHONUNBUFFERED=1 \
    ONRECORD_KNOWLEDGE=/stories/knowledge \
    ONRECORD_DATABASE_URL=sqlite+aiosqlite:////data/onrecord.db \
    ONRECORD_CACHE=/data/cache \
    ONRECORD_METRICS_PORT=9464
USER onrecord
WORKDIR /data
VOLUME /data
# What is under way when the bot is told to stop is finished, for up to five seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:9464/healthz', timeout=3)"]
ENTRYPOINT ["onrecord"]
CMD ["run"]
