# The image of XRM's server and worker; Neo4j runs in an image of its own.
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/xrm \
    && /opt/xrm/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY models/ models/
COPY cypher/ cypher/
COPY graph/ graph/
COPY analytics/ analytics/
COPY exchange/ exchange/
COPY packs/ packs/
COPY gql/ gql/
COPY xrm/ xrm/
COPY bench/ bench/
# built from what the lock has brought: no registry is asked
RUN /opt/xrm/bin/pip install --no-cache-dir --no-deps --no-index --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/xrm --create-home xrm
COPY --from=build /opt/xrm /opt/xrm
ENV PATH=/opt/xrm/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER xrm
WORKDIR /var/lib/xrm
EXPOSE 8000
CMD ["xrm", "serve"]
