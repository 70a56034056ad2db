FROM node:24-bookworm-slim
WORKDIR /srv/parlons-en
RUN chown node:node /srv/parlons-en
USER node
ENV NEXT_TELEMETRY_DISABLED=1 DATA_DIR=/srv/parlons-en/.data
COPY --chown=node:node package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY --chown=node:node . .
# The build needs no database and knows no address.
RUN node server/start.mjs build && mkdir .data
VOLUME /srv/parlons-en/.data
EXPOSE 3000
HEALTHCHECK --start-period=60s CMD ["node", "-e", "fetch('http://localhost:' + (process.env.PORT || 3000) + '/api/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: signals must reach the program, which drains.
CMD ["node", "server/start.mjs"]
