export const auth = {
  email: 'E-mail',
  password: 'Password',
  newPassword: 'Choose a password',
  passwordHint: 'At least ten characters. A sentence you remember is good.',
  name: 'Name',
  fieldError: {
    name: 'Write your name.',
    email: 'Write an e-mail address, for example name@town.org.',
    password: 'The password needs at least ten characters.',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Agenda, notes and summary, written together.',
    button: 'Sign in',
    working: 'Signing in',
    forgotten: 'Forgotten the password? Ask an administrator for a link. It works once.',
  },
  link: {
    title: 'Your link',
    meeting: 'You are invited to {{title}}.',
    'first-admin': {
      title: 'The first administrator',
      lead: 'Your Rådslag begins here. You become its administrator and invite the others.',
      button: 'Create account',
    },
    invitation: {
      title: 'Welcome',
      lead: 'Hello {{name}}. Choose a password and you are in.',
      button: 'Create account',
    },
    password: {
      title: 'New password',
      lead: 'Hello {{name}}. Choose a new password. You are signed out everywhere else.',
      button: 'Change password',
    },
  },
  signOut: {
    title: 'You are not signed out',
    unsentTitle: 'You have text that has not been sent',
    unsent_one:
      'One text on this device has words that the server has not saved. They are removed if you sign out now.',
    unsent_other:
      '{{count}} texts on this device have words that the server has not saved. They are removed if you sign out now.',
    stay: 'Stay',
    leaveAnyway: 'Remove the text and sign out',
    again: 'Try to sign out again',
  },
} as const;
