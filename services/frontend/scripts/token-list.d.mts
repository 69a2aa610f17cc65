export interface Token {
  readonly name: string;
  readonly light: string;
  readonly dark: string;
  readonly ratios: { readonly light: string[]; readonly dark: string[] };
}
export function tokenList(): Promise<Token[]>;
