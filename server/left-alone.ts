/**
 * Why this file exists: `npm start` runs us in a shell that does not pass signals on. Whoever ends npm means us; without
 * this the server would go on, unseen, with its port and its data.
 */
const LOOK_MS = 500;

/**
 * Calls `stop` once when the npm that started this process is gone. Does nothing when it was started without npm: then
 * being left alone is what a service manager or `nohup` intends.
 */
export function whenLeftAlone(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, LOOK_MS);
  timer.unref();
}
