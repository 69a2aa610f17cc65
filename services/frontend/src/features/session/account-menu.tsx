// What belongs to the person rather than the page: where else they belong, how it looks, and leaving.
import { useTranslations } from 'next-intl';
import { Button } from '../../components/control/button.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { chooseTheme, signOut, switchCooperative } from './session.actions.ts';
import { Icon } from '../../components/icon.tsx';

const themes = ['system', 'light', 'dark'] as const;

type AccountMenuProps = {
  theme: string;
  /** The other cooperatives of this person. */
  elsewhere: readonly { readonly slug: string; readonly name: string }[];
};

export function AccountMenu({ theme, elsewhere }: AccountMenuProps) {
  const t = useTranslations('shell');
  return (
    <div className="grid gap-2">
      {elsewhere.length > 0 ? (
        <form action={switchCooperative}>
          <fieldset className="grid gap-1">
            <legend className="t-label mb-1 text-ink-3">{t('elsewhere')}</legend>
            {elsewhere.map(({ slug, name }) => (
              <button
                key={slug}
                name="cooperativeSlug"
                value={slug}
                className="t-ui min-h-8 text-left break-words text-pen"
              >
                {name}
              </button>
            ))}
          </fieldset>
        </form>
      ) : null}
      <form action={chooseTheme}>
        <fieldset className="flex flex-wrap gap-x-3 gap-y-1">
          <legend className="t-label mb-1 text-ink-3">{t('theme')}</legend>
          {themes.map((name) => (
            <button
              key={name}
              name="theme"
              value={name}
              aria-pressed={theme === name}
              className={`t-small min-h-8 ${theme === name ? 'font-semibold text-ink underline underline-offset-4' : 'text-ink-2'}`}
            >
              {t(`themes.${name}`)}
            </button>
          ))}
        </fieldset>
      </form>
      <LanguageChoice />
      <form action={signOut}>
        <Button type="submit" icon={<Icon name="leave" />} className="w-full">
          {t('signOut')}
        </Button>
      </form>
    </div>
  );
}
