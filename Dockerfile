# One image for the three processes: the site (default command), the worker and the schedule (see compose.yaml).
# Debian's packages come from the release and its security updates, so their versions are not pinned.

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt /tmp/requirements.txt
RUN pip install -r /tmp/requirements.txt


FROM python:3.11-slim-bookworm
# Pango and HarfBuzz lay out invoices and inserts.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home ashjob \
    && install -d -o ashjob -g ashjob /srv/ashjob/var /srv/ashjob/var/media /srv/ashjob/var/private
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/srv/ashjob:/srv/ashjob/site \
    DJANGO_SETTINGS_MODULE=ashjob.settings.production \
    STATIC_ROOT=/srv/ashjob/static
WORKDIR /srv/ashjob
COPY . .
# The values are only for this step: static files depend on none of them.
RUN SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=sqlite:////tmp/build.sqlite3 \
    python manage.py collectstatic --noinput --verbosity 0
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "dev/healthcheck.py"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "--workers-max-rss", "768", "ashjob.wsgi:application"]
