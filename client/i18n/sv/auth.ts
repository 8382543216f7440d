export const auth = {
  email: 'E-post',
  password: 'Lösenord',
  newPassword: 'Välj ett lösenord',
  passwordHint: 'Minst tio tecken. En mening du minns är bra.',
  name: 'Namn',
  fieldError: {
    name: 'Skriv ditt namn.',
    email: 'Skriv en e-postadress, till exempel namn@kommun.se.',
    password: 'Lösenordet behöver minst tio tecken.',
  },
  signIn: {
    title: 'Logga in',
    lead: 'Dagordning, anteckningar och sammanfattning, skrivna tillsammans.',
    button: 'Logga in',
    working: 'Loggar in',
    forgotten: 'Glömt lösenordet? Be en administratör om en länk. Den gäller en gång.',
  },
  link: {
    title: 'Din länk',
    meeting: 'Du är inbjuden till {{title}}.',
    'first-admin': {
      title: 'Den första administratören',
      lead: 'Här börjar ert Rådslag. Du blir administratör och bjuder in de andra.',
      button: 'Skapa konto',
    },
    invitation: { title: 'Välkommen', lead: 'Hej {{name}}. Välj ett lösenord så är du inne.', button: 'Skapa konto' },
    password: {
      title: 'Nytt lösenord',
      lead: 'Hej {{name}}. Välj ett nytt lösenord. Du loggas ut överallt annars.',
      button: 'Byt lösenord',
    },
  },
  signOut: {
    title: 'Du är inte utloggad',
    unsentTitle: 'Du har text som inte är skickad',
    unsent_one: 'I en text på den här enheten finns ord som servern inte har sparat. De tas bort om du loggar ut nu.',
    unsent_other:
      'I {{count}} texter på den här enheten finns ord som servern inte har sparat. De tas bort om du loggar ut nu.',
    stay: 'Stanna kvar',
    leaveAnyway: 'Ta bort texten och logga ut',
    again: 'Försök logga ut igen',
  },
} as const;
