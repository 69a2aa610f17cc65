// The expression language of valuation formulas: exact fractions, + - * / and parentheses, min, max, if and
// comparisons. There is no way from a formula to code: names not listed here are refused when the rule is set.
import {
  accept,
  addRational,
  compareRational,
  decimalToRational,
  divideRational,
  multiplyRational,
  parseDecimal,
  rational,
  refuse,
  subtractRational,
} from '@habitat/kernel';
import type { Rational, Result } from '@habitat/kernel';

/** What a formula may speak of: quantity (hours, units, money) and, in major units, declared value and cost. */
const FORMULA_VARIABLES = ['quantity', 'value', 'cost'] as const;
export type FormulaVariable = (typeof FORMULA_VARIABLES)[number];
export type FormulaFacts = Readonly<Record<FormulaVariable, Rational>>;

export type FormulaRefusal =
  | { readonly code: 'FORMULA_INVALID'; readonly at: number; readonly found: string }
  | { readonly code: 'FORMULA_DIVIDES_BY_ZERO' };

type Comparison = '<' | '<=' | '>' | '>=' | '=';
type Expression =
  | { readonly op: 'number'; readonly value: Rational }
  | { readonly op: 'variable'; readonly name: FormulaVariable }
  | {
      readonly op: '+' | '-' | '*' | '/' | 'min' | 'max';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly op: 'if';
      readonly compare: Comparison;
      readonly left: Expression;
      readonly right: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    };

interface Token {
  readonly text: string;
  readonly at: number;
}

class Unreadable extends Error {
  constructor(readonly token: Token) {
    super('unreadable formula');
  }
}
class DividesByZero extends Error {}

const MAX_LENGTH = 500;
const MAX_DEPTH = 40;
const TOKEN = /\s*(?:(\d{1,15}(?:\.\d{1,12})?)|([a-z]+)|(<=|>=|[-+*/(),<>=]))/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const source = text.trimEnd();
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) throw new Unreadable({ text: source.slice(at, at + 20), at });
    tokens.push({ text: match[1] ?? match[2] ?? match[3] ?? '', at });
  }
  tokens.push({ text: '', at: source.length });
  return tokens;
}

/** Reads one expression by descending through sums, products and atoms. */
class Parser {
  private index = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.sum();
    if (this.peek().text !== '') throw new Unreadable(this.peek());
    return expression;
  }

  private peek(): Token {
    return this.tokens[this.index] ?? { text: '', at: 0 };
  }

  private take(...texts: readonly string[]): string | null {
    const { text } = this.peek();
    if (text === '' || !texts.includes(text)) return null;
    this.index += 1;
    return text;
  }

  private need(text: string): void {
    if (this.take(text) === null) throw new Unreadable(this.peek());
  }

  private sum(): Expression {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Unreadable(this.peek());
    let left = this.product();
    for (let op = this.take('+', '-'); op !== null; op = this.take('+', '-')) {
      left = { op: op as '+' | '-', left, right: this.product() };
    }
    this.depth -= 1;
    return left;
  }

  private product(): Expression {
    let left = this.atom();
    for (let op = this.take('*', '/'); op !== null; op = this.take('*', '/')) {
      left = { op: op as '*' | '/', left, right: this.atom() };
    }
    return left;
  }

  private atom(): Expression {
    if (this.take('(') !== null) {
      const inner = this.sum();
      this.need(')');
      return inner;
    }
    const token = this.peek();
    this.index += 1;
    const number = /^\d/.test(token.text) ? parseDecimal(token.text) : null;
    if (number?.ok) return { op: 'number', value: decimalToRational(number.value) };
    const variable = FORMULA_VARIABLES.find((name) => name === token.text);
    if (variable !== undefined) return { op: 'variable', name: variable };
    if (token.text === 'min' || token.text === 'max') return this.pair(token.text);
    if (token.text === 'if') return this.choice();
    throw new Unreadable(token);
  }

  private pair(op: 'min' | 'max'): Expression {
    this.need('(');
    const left = this.sum();
    this.need(',');
    const right = this.sum();
    this.need(')');
    return { op, left, right };
  }

  private choice(): Expression {
    this.need('(');
    const left = this.sum();
    const compare = this.take('<', '<=', '>', '>=', '=') as Comparison | null;
    if (compare === null) throw new Unreadable(this.peek());
    const right = this.sum();
    this.need(',');
    const then = this.sum();
    this.need(',');
    const otherwise = this.sum();
    this.need(')');
    return { op: 'if', compare, left, right, then, otherwise };
  }
}

function holds(compare: Comparison, order: -1 | 0 | 1): boolean {
  if (compare === '=') return order === 0;
  if (order === 0) return compare === '<=' || compare === '>=';
  return order < 0 ? compare.startsWith('<') : compare.startsWith('>');
}

function evaluate(expression: Expression, facts: FormulaFacts): Rational {
  if (expression.op === 'number') return expression.value;
  if (expression.op === 'variable') return facts[expression.name];
  const left = evaluate(expression.left, facts);
  const right = evaluate(expression.right, facts);
  switch (expression.op) {
    case '+':
      return addRational(left, right);
    case '-':
      return subtractRational(left, right);
    case '*':
      return multiplyRational(left, right);
    case '/':
      if (right.numerator === 0n) throw new DividesByZero();
      return divideRational(left, right);
    case 'min':
      return compareRational(left, right) <= 0 ? left : right;
    case 'max':
      return compareRational(left, right) >= 0 ? left : right;
    case 'if':
      return evaluate(
        holds(expression.compare, compareRational(left, right)) ? expression.then : expression.otherwise,
        facts,
      );
  }
}

/** Reads a formula; refuses FORMULA_INVALID with the place of what it could not read. */
function parseFormula(text: string): Result<Expression, FormulaRefusal> {
  if (text.length > MAX_LENGTH) return refuse({ code: 'FORMULA_INVALID', at: MAX_LENGTH, found: '…' });
  try {
    return accept(new Parser(tokensOf(text)).whole());
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refuse({ code: 'FORMULA_INVALID', at: error.token.at, found: error.token.text });
  }
}

/** Checks that a text is a formula, without computing anything. */
export function checkFormula(text: string): Result<null, FormulaRefusal> {
  const parsed = parseFormula(text);
  return parsed.ok ? accept(null) : parsed;
}

/** The exact result of a formula in major units; the caller rounds once. */
export function evaluateFormula(text: string, facts: FormulaFacts): Result<Rational, FormulaRefusal> {
  const parsed = parseFormula(text);
  if (!parsed.ok) return parsed;
  try {
    const { numerator, denominator } = evaluate(parsed.value, facts);
    return accept(rational(numerator, denominator));
  } catch (error) {
    if (!(error instanceof DividesByZero)) throw error;
    return refuse({ code: 'FORMULA_DIVIDES_BY_ZERO' });
  }
}
