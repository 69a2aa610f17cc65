// The table of settings as a page for operators; docs/environment.md must equal it.
import type { Setting } from './environment.ts';
import { serviceSettings } from './service-config.ts';
import type { SettingName } from './setting.ts';
import { settings } from './setting.ts';

function usersOf(name: SettingName): string {
  return Object.entries(serviceSettings)
    .filter(([, names]) => (names as readonly SettingName[]).includes(name))
    .map(([service]) => service)
    .join(', ');
}

function presenceOf(setting: Setting): string {
  if (setting.defaultText !== undefined) return setting.defaultText;
  return setting.schema.safeParse(undefined).success ? 'none' : '**required**';
}

/** Markdown of docs/environment.md. */
export function environmentDocument(): string {
  const rows = (Object.entries(settings) as [SettingName, Setting][]).map(([name, setting]) => {
    const file = setting.secret === true ? ' (or `_FILE`)' : '';
    return `| \`${name}\`${file} | ${usersOf(name)} | ${presenceOf(setting)} | ${setting.description} |`;
  });
  return [
    '# Environment',
    '',
    'Every setting of the services. A wrong or missing value stops the start, and all faults are listed at once.',
    'A secret may be given as a file: set `NAME_FILE` to its path instead of `NAME`.',
    '',
    '| Name | Read by | Default | Meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
