/** Why this file exists: six characters are read from the back row in two halves. */
export const spacedCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
