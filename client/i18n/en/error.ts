/** Each says what happened, what is safe and what to do. */
export const error = {
  title: 'That did not work',
  retry: 'Try again',
  reference: 'Reference {{id}}',
  offline: 'The server does not answer. What you have written is kept on this device. Check the network and try again.',
  'bad-request': 'Something in the form is not right. Nothing has been saved yet. Look at the marked fields.',
  'not-signed-in': 'You are no longer signed in. What you have written is kept on this device. Sign in again.',
  'wrong-password':
    'The address or the password is not right. Try again, or ask an administrator for a link to a new password.',
  'too-many-attempts_one': 'Too many attempts. Nothing has changed. Wait {{count}} second and try again.',
  'too-many-attempts_other': 'Too many attempts. Nothing has changed. Wait {{count}} seconds and try again.',
  forbidden: 'You may not do this. Nothing has changed. Ask the chair or the secretary for help.',
  'wrong-origin':
    'The page was opened from another address than the server’s. Nothing has changed. Open Rådslag from its own address.',
  'not-found': 'It does not exist, or is not open to you. Go back to your meetings.',
  conflict: 'Somebody else changed this first. Nothing you wrote is gone. See how it looks now and try again.',
  'email-taken': 'Somebody else has that address. Nothing has changed. Choose another address.',
  'name-taken': 'That name is taken. Nothing has changed. Choose another name.',
  'link-used': 'The link has been used or has expired. Ask whoever gave it to you for a new one.',
  'too-large': 'It is too large to be received. Nothing has changed. Divide it and try again.',
  'not-allowed-now':
    'The meeting is in a phase where this cannot be done. Nothing has changed. A chair or secretary can change the phase.',
  storage: 'The server cannot save just now. What you have written is kept on this device. Try again in a while.',
  'not-ready':
    'The server takes nobody new just now. What you have written is kept on this device. Try again in a while.',
  internal: 'Something went wrong at the server. What you have written is kept on this device. Try again.',
} as const;
