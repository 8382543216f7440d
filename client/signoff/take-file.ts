/** Why this file exists: a file that the server sends to be kept is fetched without leaving the page. */

/** Lets the browser fetch and keep what is at the address. */
export function takeFile(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
