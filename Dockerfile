# The archive as it runs in production: gunicorn, static files collected, no compiler, no root. Its settings come from
# the environment (see README); compose.yaml gives them, and a PostgreSQL.

FROM python:3.13-slim-trixie AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN /opt/venv/bin/pip install --require-hashes --only-binary=:all: --requirement /tmp/requirements.txt

FROM packages AS program
WORKDIR /app
COPY . .
# The settings must be whole to be read. These reach nothing, and stay in this stage.
RUN DEBUG=0 SECRET_KEY=thrown-away-thrown-away-thrown-away-thrown-away-thrown-away \
    ALLOWED_HOSTS=nowhere.invalid DATABASE_URL=postgresql://nobody@nowhere.invalid/nothing \
    /opt/venv/bin/python manage.py collectstatic --noinput --verbosity=0
RUN /opt/venv/bin/python -m compileall -q chefforum minutes

FROM python:3.13-slim-trixie
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DEBUG=0 ARCHIVE_ROOT=/srv/originals
RUN groupadd --gid 10001 archive \
    && useradd --uid 10001 --gid archive --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin archive \
    && install --directory --owner=archive --group=archive --mode=0700 /srv/originals
COPY --from=packages /opt/venv /opt/venv
COPY --from=program /app /app
WORKDIR /app
USER 10001:10001
VOLUME /srv/originals
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=8)"]
CMD ["python", "-m", "gunicorn", "--config", "python:chefforum.gunicorn", "--bind", "0.0.0.0:8000"]
