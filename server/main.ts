/**
 * Why this file exists: `npm start` behind start.mjs. It reads the settings, starts the server and ends it properly.
 */
import { startServer } from './compose.ts';
import { ConfigError, parseConfig } from './config.ts';
import { whenLeftAlone } from './left-alone.ts';

/** The data must be on disk within this, in milliseconds, or we end without waiting longer. */
const END_MS = 9_000;

async function run(): Promise<void> {
  let config: ReturnType<typeof parseConfig>;
  try {
    config = parseConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const line of error.lines) console.error(line);
    process.exitCode = 1;
    return;
  }
  const server = await startServer({ config });

  const end = (signal: string): void => {
    server.log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), END_MS).unref();
    server.stop().then(
      () => process.exit(0),
      (err: unknown) => {
        server.log.fatal({ err }, 'could not stop properly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  whenLeftAlone(() => end('left alone by npm'));
  // State after an unexpected throw cannot be trusted: write down what is safe and let the supervisor start anew.
  process.on('uncaughtException', (err) => {
    server.log.fatal({ err }, 'uncaught exception');
    process.exitCode = 1;
    setTimeout(() => process.exit(1), END_MS).unref();
    server.stop().finally(() => process.exit(1));
  });

  console.log(`Rådslag: ${server.url}`);
  const link = await server.services.links.firstAdministrator();
  if (link) console.log(`There is no administrator yet. Become the first one, once, within a day: ${link.url}`);
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
