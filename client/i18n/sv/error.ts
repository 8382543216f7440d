/** Each says what happened, what is safe and what to do. */
export const error = {
  title: 'Det gick inte',
  retry: 'Försök igen',
  reference: 'Referens {{id}}',
  offline: 'Servern svarar inte. Det du har skrivit ligger kvar på den här enheten. Kontrollera nätet och försök igen.',
  'bad-request': 'Något i formuläret stämmer inte. Inget är sparat än. Se över de markerade fälten.',
  'not-signed-in': 'Du är inte inloggad längre. Det du har skrivit ligger kvar på den här enheten. Logga in igen.',
  'wrong-password':
    'Adressen eller lösenordet stämmer inte. Försök igen, eller be en administratör om en länk för nytt lösenord.',
  'too-many-attempts_one': 'För många försök. Ingenting är ändrat. Vänta {{count}} sekund och försök igen.',
  'too-many-attempts_other': 'För många försök. Ingenting är ändrat. Vänta {{count}} sekunder och försök igen.',
  forbidden: 'Du har inte rätt att göra det här. Ingenting är ändrat. Be ordföranden eller sekreteraren om hjälp.',
  'wrong-origin':
    'Sidan är öppnad från en annan adress än serverns. Ingenting är ändrat. Öppna Rådslag från sin egen adress.',
  'not-found': 'Det finns inte, eller är inte öppet för dig. Gå tillbaka till dina möten.',
  conflict: 'Någon annan hann ändra det här. Inget av det ni skrivit är borta. Se hur det ser ut nu och försök igen.',
  'email-taken': 'Adressen används redan av någon annan. Inget är ändrat. Välj en annan adress.',
  'name-taken': 'Namnet används redan. Inget är ändrat. Välj ett annat namn.',
  'link-used': 'Länken är redan använd eller har gått ut. Be den som gav dig den om en ny.',
  'too-large': 'Det är för stort för att tas emot. Inget är ändrat. Dela upp det och försök igen.',
  'not-allowed-now':
    'Mötet är i ett skede där det här inte går. Ingenting är ändrat. En ordförande eller sekreterare kan byta skede.',
  storage:
    'Servern kan inte spara just nu. Det du har skrivit ligger kvar på den här enheten. Försök igen om en stund.',
  'not-ready':
    'Servern tar inte emot fler just nu. Det du har skrivit ligger kvar på den här enheten. Försök igen om en stund.',
  internal: 'Något gick fel hos servern. Det du har skrivit ligger kvar på den här enheten. Försök igen.',
} as const;
