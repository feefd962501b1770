# One image for every service of Holdfast. The program is the argument, its path from /app:
#   docker run … holdfast gateway/src/main.ts
# `npm run image` builds it with docker, podman or buildah; so does a plain `docker build .`.

# Where Node and npm come from while the image is made.
ARG NODE_IMAGE=node:24-bookworm-slim
# What the image stands on: what Node's program is linked with (libc, libstdc++, libgcc) and no npm, corepack or yarn. The last
# stage runs nothing but Node, so an image without a shell serves as well.
ARG RUNTIME_IMAGE=debian:bookworm-slim

FROM ${NODE_IMAGE} AS node
WORKDIR /app
# Every workspace that an image is built from, without its content: npm installs by these and by the lock file alone, so its layers
# are made again only when dependencies change. Workspaces that stay out (tests, tools) are not here.
COPY package.json package-lock.json .npmrc ./
COPY messaging/package.json messaging/
COPY service/package.json service/
COPY subgraphs/orders/package.json subgraphs/orders/
COPY subgraphs/inventory/package.json subgraphs/inventory/
COPY gateway/package.json gateway/

# The dependencies of the services. Nobody reads type declarations and source maps when they run; they are a third of the size.
# The secrets are optional: the machine's npm configuration, and the authorities that it trusts.
FROM node AS dependencies
RUN --mount=type=secret,id=npmrc,target=/run/secrets/npmrc \
    --mount=type=secret,id=authorities,target=/run/secrets/authorities \
    --mount=type=cache,target=/root/.npm \
    NPM_CONFIG_USERCONFIG=/run/secrets/npmrc NPM_CONFIG_CAFILE=/run/secrets/authorities NPM_CONFIG_UPDATE_NOTIFIER=false \
    npm ci --omit=dev --ignore-scripts --include-workspace-root=false \
    --workspace @holdfast/gateway --workspace @holdfast/orders --workspace @holdfast/inventory && \
    find . -type f -path '*/node_modules/*' \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) \
      -exec rm {} + && rm package-lock.json .npmrc

# The web client, built as `npm run build` does.
FROM node AS web
COPY web/package.json web/
RUN --mount=type=secret,id=npmrc,target=/run/secrets/npmrc \
    --mount=type=secret,id=authorities,target=/run/secrets/authorities \
    --mount=type=cache,target=/root/.npm \
    NPM_CONFIG_USERCONFIG=/run/secrets/npmrc NPM_CONFIG_CAFILE=/run/secrets/authorities NPM_CONFIG_UPDATE_NOTIFIER=false \
    npm ci --ignore-scripts --include-workspace-root=false --workspace @holdfast/web
COPY tsconfig.json ./
COPY gateway/api.graphql gateway/
COPY cli/src cli/src
COPY web web
RUN node cli/src/build.ts

# The sources as they run, readable by everybody whatever the umask of the checkout.
FROM node AS sources
COPY . .
RUN rm -r package-lock.json .npmrc tsconfig.json cli web && chmod -R u=rwX,go=rX .

FROM ${RUNTIME_IMAGE}
WORKDIR /app
ENV NODE_ENV=production
COPY --from=node /usr/local/bin/node /usr/local/bin/node
# A workspace has packages of its own where it needs another version than the rest. npm's own list of all that is installed,
# node_modules/.package-lock.json, is in here: the exact contents for an SBOM.
COPY --from=dependencies /app ./
COPY --from=web /app/web/dist web/dist
COPY --from=sources /app ./
# Without a name, so that Kubernetes can see that it is not root. It owns nothing here and needs to write nothing.
USER 10001:10001
ENTRYPOINT ["node"]

ARG VERSION=0.0.0
ARG REVISION=unknown
# Whose image it is and where its source is, the one who publishes it says with --label.
LABEL org.opencontainers.image.title="Holdfast" \
      org.opencontainers.image.description="Order and inventory services that never lose an order and never sell what is not there." \
      org.opencontainers.image.licenses="Apache-2.0 AND Elastic-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
