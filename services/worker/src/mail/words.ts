// The words of mails in each language. What is in braces is filled in; a link stands on a line of its own.
import type { LinkLanguage, LinkPurpose } from '@habitat/platform';

interface LetterWords {
  readonly subject: string;
  readonly greeting: string;
  readonly text: string;
  readonly act: string;
  readonly until: string;
  readonly otherwise: string;
}

const english: Readonly<Record<LinkPurpose, LetterWords>> = {
  invitation: {
    subject: '{cooperative} invites you to Habitat',
    greeting: 'Hello {name},',
    text: '{cooperative} keeps its books with Habitat: what you give, what it is worth, and what is yours. Choose a password to see your part.',
    act: 'Accept the invitation',
    until: 'The link works once, until {until}.',
    otherwise:
      'You did not expect this? Then do nothing: without the link nobody opens an account in your name.',
  },
  password_reset: {
    subject: 'A new password for Habitat',
    greeting: 'Hello {name},',
    text: 'Somebody asked for a new password for your account at {cooperative}. If it was you, choose one here; it signs you out everywhere else.',
    act: 'Choose a new password',
    until: 'The link works once, until {until}.',
    otherwise: 'It was not you? Then do nothing: your password stays as it is.',
  },
};

const spanish: typeof english = {
  invitation: {
    subject: '{cooperative} te invita a Habitat',
    greeting: 'Hola, {name}:',
    text: '{cooperative} lleva sus libros con Habitat: lo que aportas, lo que vale y lo que es tuyo. Elige una contraseña para ver tu parte.',
    act: 'Aceptar la invitación',
    until: 'El enlace sirve una sola vez, hasta el {until}.',
    otherwise: '¿No lo esperabas? Entonces no hagas nada: sin el enlace nadie abre una cuenta a tu nombre.',
  },
  password_reset: {
    subject: 'Una contraseña nueva para Habitat',
    greeting: 'Hola, {name}:',
    text: 'Alguien pidió una contraseña nueva para tu cuenta en {cooperative}. Si fuiste tú, elígela aquí; se cerrarán tus demás sesiones.',
    act: 'Elegir una contraseña nueva',
    until: 'El enlace sirve una sola vez, hasta el {until}.',
    otherwise: '¿No fuiste tú? Entonces no hagas nada: tu contraseña sigue igual.',
  },
};

export const letterWords: Readonly<Record<LinkLanguage, typeof english>> = { en: english, es: spanish };
