// What the offline verifier says. It carries its own words in both languages: nothing can be fetched where it is opened.
const en = {
  title: 'Habitat: verify an audit trail',
  lead: 'This page checks a signed copy of an audit trail. It needs no server and no network: what you open stays on this machine.',
  file: 'Signed copy (.jsonl)',
  fingerprint: 'Fingerprint of the key, as the cooperative told you by another way',
  anchor: 'An end of the chain noted earlier (120:4f2a…)',
  check: 'Check it',
  choose: 'Choose a file first.',
  badAnchor: 'An end reads like 120:4f2a…: the number of an entry, a colon and its 64 digits.',
  working: 'Checking…',
  sound: 'All {entries} entries of {cooperative} are as they were sealed, from {first} to {last}.',
  ends: 'It ends with {head}. Taken on {at}.',
  key: 'Signed with the key {fingerprint}.',
  compare:
    'Compare this fingerprint with the one the cooperative shows; anybody can sign with a key of their own.',
  NOT_A_PACKAGE: 'This file is no signed copy of an audit trail.',
  LINE_UNREADABLE: 'Line {line} cannot be read as an entry.',
  SIGNATURE_WRONG: 'The signature does not fit: what the copy says of itself was changed.',
  OTHER_KEY: 'It is signed with another key: {found} instead of {expected}.',
  OTHER_COOPERATIVE: 'Entry {sequence} belongs to another cooperative.',
  TOO_LONG: 'Entry {sequence} stands behind the end that was signed.',
  ENTRY_MISSING: 'Entry {sequence} is missing. Before it all is well; behind it nothing can be trusted.',
  ENTRY_CHANGED:
    'Entry {sequence} was changed after it was sealed. Before it all is well; behind it nothing can be trusted.',
  ANCHOR_DIFFERS: 'The chain was written anew: entry {sequence} is not the one you noted.',
};

export type Words = Readonly<Record<keyof typeof en, string>>;

const es: Words = {
  title: 'Habitat: comprobar un registro de auditoría',
  lead: 'Esta página comprueba una copia firmada de un registro de auditoría. No necesita servidor ni red: lo que abres no sale de este equipo.',
  file: 'Copia firmada (.jsonl)',
  fingerprint: 'Huella de la clave, como te la dijo la cooperativa por otra vía',
  anchor: 'Un final de la cadena anotado antes (120:4f2a…)',
  check: 'Comprobar',
  choose: 'Elige primero un archivo.',
  badAnchor: 'Un final se lee así: 120:4f2a…, el número de un asiento, dos puntos y sus 64 cifras.',
  working: 'Comprobando…',
  sound: 'Los {entries} asientos de {cooperative} están como se sellaron, del {first} al {last}.',
  ends: 'Termina con {head}. Se tomó el {at}.',
  key: 'Firmada con la clave {fingerprint}.',
  compare:
    'Compara esta huella con la que muestra la cooperativa; cualquiera puede firmar con una clave suya.',
  NOT_A_PACKAGE: 'Este archivo no es una copia firmada de un registro de auditoría.',
  LINE_UNREADABLE: 'La línea {line} no se puede leer como asiento.',
  SIGNATURE_WRONG: 'La firma no corresponde: se cambió lo que la copia dice de sí misma.',
  OTHER_KEY: 'Está firmada con otra clave: {found} en lugar de {expected}.',
  OTHER_COOPERATIVE: 'El asiento {sequence} es de otra cooperativa.',
  TOO_LONG: 'El asiento {sequence} está detrás del final que se firmó.',
  ENTRY_MISSING:
    'Falta el asiento {sequence}. Hasta él todo está bien; de ahí en adelante no se puede confiar en nada.',
  ENTRY_CHANGED:
    'El asiento {sequence} se cambió después de sellarse. Hasta él todo está bien; de ahí en adelante no se puede confiar en nada.',
  ANCHOR_DIFFERS: 'La cadena se escribió de nuevo: el asiento {sequence} no es el que anotaste.',
};

/** The words of a language, English where there are none. */
export function wordsOf(language: string): Words {
  return language.toLowerCase().startsWith('es') ? es : en;
}

/** A sentence with what stands in its braces filled in. */
export function filled(sentence: string, facts: Readonly<Record<string, unknown>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}
