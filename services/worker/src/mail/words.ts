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
  email_change: {
    subject: 'Your new email for Habitat',
    greeting: 'Hello {name},',
    text: 'Somebody signed in to an account at {cooperative} wants to use this address for it. If it was you, say so here; you may have to sign in first, with the address you had until now.',
    act: 'Use this address',
    until: 'The link works once, until {until}.',
    otherwise: 'It was not you? Then do nothing: this address becomes part of no account.',
  },
  email_undo: {
    subject: 'Your account for Habitat is to get another email',
    greeting: 'Hello {name},',
    text: 'Somebody signed in to your account at {cooperative} asked to use another address for it. If it was you, there is nothing to do here. If not, stop it now: the link keeps this address or brings it back, signs everybody out, ends what was set up for programs meanwhile and lets you choose a new password.',
    act: 'It was not me',
    until: 'The link works once, until {until}.',
    otherwise: 'Once the new address is in use, nothing more is sent to this one.',
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
  email_change: {
    subject: 'Tu nuevo correo para Habitat',
    greeting: 'Hola, {name}:',
    text: 'Alguien con la sesión iniciada en una cuenta de {cooperative} quiere usar esta dirección para ella. Si fuiste tú, confírmalo aquí; quizá tengas que entrar antes, con la dirección que tenías hasta ahora.',
    act: 'Usar esta dirección',
    until: 'El enlace sirve una sola vez, hasta el {until}.',
    otherwise: '¿No fuiste tú? Entonces no hagas nada: esta dirección no pasa a ser de ninguna cuenta.',
  },
  email_undo: {
    subject: 'Tu cuenta de Habitat va a tener otro correo',
    greeting: 'Hola, {name}:',
    text: 'Alguien con la sesión iniciada en tu cuenta de {cooperative} pidió usar otra dirección para ella. Si fuiste tú, no hay nada que hacer. Si no, detenlo ahora: el enlace conserva esta dirección o la recupera, cierra todas las sesiones, anula lo configurado para programas mientras tanto y te deja elegir una contraseña nueva.',
    act: 'No fui yo',
    until: 'El enlace sirve una sola vez, hasta el {until}.',
    otherwise: 'Cuando la dirección nueva esté en uso, a esta ya no llegará nada más.',
  },
};

export const letterWords: Readonly<Record<LinkLanguage, typeof english>> = { en: english, es: spanish };
