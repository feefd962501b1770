import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHARACTERS = `${LETTERS}0123456789`;

/**
 * A random secret of 48 letters and digits (285 bits) that begins with a letter: it stands unquoted in a URL, and nats-server,
 * which reads what its environment holds as configuration, takes it for text and never for a number or a duration.
 */
export function randomSecret(): string {
  const rest = Array.from({ length: 47 }, () => CHARACTERS[randomInt(CHARACTERS.length)]);
  return `${LETTERS[randomInt(LETTERS.length)]}${rest.join('')}`;
}
