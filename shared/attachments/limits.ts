/** Why this file exists: how large and how many attachments may be, the same on both sides of the line. */

/** One file, bytes. */
export const MAX_FILE_BYTES = 50_000_000;
/** A file goes in pieces of exactly this size, the last one shorter: each is a request of its own and is kept when it has come. */
export const PIECE_BYTES = 512 * 1024;
/** All of a meeting's files, bytes. */
export const MAX_MEETING_BYTES = 1_000_000_000;
/** Attachments of a meeting, those taken away with them. */
export const MAX_ATTACHMENTS = 500;
/** Of a name, in UTF-8 bytes. */
export const MAX_NAME_BYTES = 200;
/** One person's uploads that are not done, in the whole house. */
export const MAX_OPEN_UPLOADS = 12;
/** An upload nobody has added to for so long is given up, milliseconds. */
export const UPLOAD_IDLE_MS = 24 * 3600_000;
/** What was removed can be taken back for so long, milliseconds. */
export const REMOVED_KEPT_MS = 30 * 24 * 3600_000;
