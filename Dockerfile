# syntax=docker/dockerfile:1

# --- build ---------------------------------------------------------------------------------------------------------------
FROM rust:1-bookworm AS builder
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpq-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
# The caches outlive the layer, so a changed line does not compile every dependency again; the program is copied out of
# the cached folder, since that is gone when the step ends.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target,sharing=locked \
    cargo build --release --locked --bin lilong \
    && install -D -m 0755 target/release/lilong /out/lilong

# --- run -----------------------------------------------------------------------------------------------------------------
FROM debian:bookworm-slim
# libpq5 is all the program needs of the system; ca-certificates lets an operator add the city's own authority. A volume that is empty
# takes over whose the folders are where it is mounted: files, and the keyring.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libpq5 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/lilong --create-home --shell /usr/sbin/nologin lilong \
    && install -d -o 10001 -g 10001 -m 0700 /var/lib/lilong /etc/lilong
COPY --from=builder /out/lilong /usr/local/bin/lilong
COPY --chmod=0755 deploy/healthcheck /usr/local/bin/lilong-healthcheck
# What `lilong import divisions` reads.
COPY data /opt/lilong/data
WORKDIR /opt/lilong
# A number, so that a cluster's "must not run as root" can check it without the image's passwd file.
USER 10001:10001
# Inside a container only the container's own network sees this address. The data folder is named, since a cluster may run this as
# somebody without a home.
ENV LILONG_BIND=0.0.0.0:8080 \
    LILONG_DATA=/var/lib/lilong
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["lilong-healthcheck"]
ENTRYPOINT ["lilong"]
CMD ["serve"]
