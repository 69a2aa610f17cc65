// Lint rule: a name that holds money (…Minor, …amount) is never a number: not declared as one, not made one, not mixed with one.

const MONEY = /(Minor|[aA]mount)$/;

function nameOf(node) {
  if (!node) return '';
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name;
  if (node.type === 'MemberExpression') return nameOf(node.property);
  if (node.type === 'ChainExpression') return nameOf(node.expression);
  if (node.type === 'TSNonNullExpression') return nameOf(node.expression);
  return '';
}
const isMoney = (node) => MONEY.test(nameOf(node));

function holdsNumber(type) {
  if (!type) return false;
  if (type.type === 'TSNumberKeyword') return true;
  return type.type === 'TSUnionType' && type.types.some(holdsNumber);
}

function isNumber(node) {
  if (node.type === 'Literal') return typeof node.value === 'number';
  if (node.type === 'UnaryExpression') return node.operator !== 'typeof' && isNumber(node.argument);
  if (node.type !== 'CallExpression') return false;
  const callee = nameOf(node.callee);
  return ['Number', 'parseInt', 'parseFloat'].includes(callee) || nameOf(node.callee.object) === 'Math';
}

export const noNumberMoney = {
  meta: {
    type: 'problem',
    docs: { description: 'Money is bigint minor units; a number loses cents.' },
    schema: [],
    messages: {
      declared: '{{name}} is money: declare it as bigint (minor units), never as number.',
      converted: '{{name}} is money: it must not become a number.',
      mixed: '{{name}} is money: no arithmetic with numbers; use bigint, and apportion() to divide.',
    },
  },
  create(context) {
    const report = (node, messageId, money) =>
      context.report({ node, messageId, data: { name: nameOf(money) } });
    const declaration = (node, id) => {
      if (
        isMoney(id) &&
        holdsNumber(id.typeAnnotation?.typeAnnotation ?? node.typeAnnotation?.typeAnnotation)
      ) {
        report(node, 'declared', id);
      }
    };
    return {
      'Identifier[typeAnnotation]': (node) => declaration(node, node),
      TSPropertySignature: (node) => declaration(node, node.key),
      PropertyDefinition: (node) => declaration(node, node.key),
      CallExpression(node) {
        const [first] = node.arguments;
        if (first && isMoney(first) && isNumber(node)) report(node, 'converted', first);
      },
      UnaryExpression(node) {
        if (node.operator === '+' && isMoney(node.argument)) report(node, 'converted', node.argument);
      },
      BinaryExpression(node) {
        if (!['+', '-', '*', '/', '%', '**'].includes(node.operator)) return;
        if (isMoney(node.left) && isNumber(node.right)) report(node, 'mixed', node.left);
        if (isMoney(node.right) && isNumber(node.left)) report(node, 'mixed', node.right);
      },
      AssignmentExpression(node) {
        if (node.operator !== '=' && isMoney(node.left) && isNumber(node.right))
          report(node, 'mixed', node.left);
      },
    };
  },
};
