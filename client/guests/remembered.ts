/** Why this file exists: whether this browser has come in as a guest: then the guests' page is where it belongs, not signing in. */
const CAME = 'radslag:guest';

/** Whether this browser has come in as a guest before. */
export function cameBefore(): boolean {
  try {
    return localStorage.getItem(CAME) !== null;
  } catch {
    return false;
  }
}

export function rememberCame(came: boolean): void {
  try {
    if (came) localStorage.setItem(CAME, '1');
    else localStorage.removeItem(CAME);
  } catch {
    // Nothing is kept in this browser: the cookie alone says who one is.
  }
}
