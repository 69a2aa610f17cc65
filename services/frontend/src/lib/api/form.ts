// Reading a submitted form: text as typed, nothing instead of an empty field.
export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

export function optional(form: FormData, name: string): string | null {
  return text(form, name) || null;
}

/** Everything typed, to be handed back with a refusal; never what is secret, nor the fields that are ours. */
export function typedOf(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of form)
    if (typeof value === 'string' && !/password|idempotencyKey|^\$/i.test(name)) typed[name] ??= value;
  return typed;
}
