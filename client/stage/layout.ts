/** Why this file exists: how many groups stand beside each other on the wall, so that all can be seen at once. */

/** Columns for so many groups on a screen `width` pixels wide: rows are filled evenly, and no column is unreadably narrow. */
export function wallColumns(groups: number, width: number): number {
  const most = Math.max(1, Math.floor(width / 240));
  const wanted = groups <= 3 ? groups : groups <= 8 ? Math.ceil(groups / 2) : Math.ceil(groups / 3);
  return Math.max(1, Math.min(most, wanted));
}
