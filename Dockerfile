# Two stages: the first installs, the second only runs, without privileges.
# Another Python can be put in with --build-arg PYTHON_IMAGE=…
ARG PYTHON_IMAGE=python:3.12-slim

FROM ${PYTHON_IMAGE} AS build
WORKDIR /build
# What compiles the ranking; the last stage has none of it. An image without apt, or a machine that
# cannot reach Debian, goes without: then NumPy ranks.
RUN (apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev) \
 || echo "no compiler: NumPy will rank"
RUN python3 -m venv /opt/onrecord
# The locked dependencies first: this layer is rebuilt only when the lock file changes.
COPY requirements.lock ./
RUN /opt/onrecord/bin/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY documents ./documents
COPY index ./index
RUN /opt/onrecord/bin/pip install --no-cache-dir --disable-pip-version-check \
    --no-deps --no-build-isolation . \
 && /opt/onrecord/bin/pip uninstall --yes --quiet setuptools pip

FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin onrecord
COPY --from=build /opt/onrecord /opt/onrecord
ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONUNBUFFERED=1
# Python's official images come without the bytecode of the standard library. What is imported here
# is compiled for good, by root; otherwise every start and health check would take twice as long.
RUN python3 -c "import bot.process.running, bot.terminal.command_line, bot.health, bot.terminal.chat"
WORKDIR /srv/onrecord
# The bundled statements; a volume or a folder of your own takes their place.
COPY data ./data
# What is remembered of chats has a volume of its own; an onrecord.yaml of yours says where it is.
RUN mkdir state && chown 10001 state && echo 'state: state/onrecord.db' > onrecord.yaml
# As a number, so that it can be seen from outside that this is not root.
USER 10001
VOLUME ["/srv/onrecord/data", "/srv/onrecord/state"]
# Healthy while Telegram answers polls; a bot that only looks alive is found out in minutes.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python3", "-m", "bot.health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["onrecord"]
