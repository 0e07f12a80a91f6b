import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

const onApple = /Mac|iPhone|iPad/.test(navigator.platform);
const SIGNS: Record<string, string> = {
  mod: onApple ? '⌘' : 'Ctrl', shift: onApple ? '⇧' : 'Shift', ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc',
  PageDown: 'PgDn', PageUp: 'PgUp',
};
/** More ways than these are the same key counted on. */
const WAYS = 3;

const capped = (key: string): string => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key);

/** How it is pressed, as it is written on the keys; two after each other with a word between. */
export function Press({ presses }: { presses: readonly string[] }) {
  const { t } = useTranslation();
  const several = presses.length > WAYS ? [presses[0] ?? '', presses.at(-1) ?? ''] : presses;
  return (
    <>
      {several.map((press, place) => (
        <Fragment key={press}>
          {place > 0 && <small>{t(presses.length > WAYS ? 'keys:to' : 'keys:or')}</small>}
          <One press={press} />
        </Fragment>
      ))}
    </>
  );
}

function One({ press }: { press: string }) {
  const { t } = useTranslation();
  const steps = press.split(' ');
  return (
    <bdi className="press">
      {steps.map((step, place) => (
        <Fragment key={step}>
          {place > 0 && <small>{t('keys:then')}</small>}
          <span dir="ltr">
            {step.split('+').map((key) => (
              <kbd key={key}>{capped(key)}</kbd>
            ))}
          </span>
        </Fragment>
      ))}
    </bdi>
  );
}

