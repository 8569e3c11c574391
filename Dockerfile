# The deck on Debian's nginx as an unprivileged user, port 8080:
#   docker build -t after-the-ebb . && docker run --rm -p 8080:8080 after-the-ebb
# Below a path: docker build --build-arg BASE=/talk/ …
FROM node:20-bookworm-slim AS build
# The browser with which the build draws the slides' pages
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /talk
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
ARG BASE=/
# The recipe is written anew: its hashes are those of this build.
RUN npm run build -- --base "$BASE" --out "/www$BASE" --precompress \
    && npm run hosting -- --from "/www$BASE" --base "$BASE" --root /www --listen 8080

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends nginx libnginx-mod-http-brotli-static \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /www /www
COPY --from=build /talk/hosting/container.conf /talk/hosting/nginx.conf /etc/nginx/talk/
# www-data, by number, so that a cluster can see that it is not root
USER 33:33
EXPOSE 8080
STOPSIGNAL SIGQUIT
CMD ["nginx", "-p", "/tmp", "-c", "/etc/nginx/talk/container.conf", "-g", "daemon off;"]
