import { Modal } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { idsOf, pressesOf, SCOPES, scopesAt, type KeyId, type Scope } from '@/lib/keys';
import { useNarrow } from '@/lib/useNarrow';
import { useSettings } from '@/lib/useSettings';
import { heading, useModel } from '@/meta/model';
import { EVERY_PLACE } from '../places';
import { Press } from './Press';
import './sheet.css';

/** Everything that the keyboard does, as it is declared: this page's keys first. */
export default function Sheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { singleKeys } = useSettings();
  const here = useLocation({ select: ({ pathname, search }) => scopesAt(pathname, String((search as { view?: string }).view ?? '')).join() });
  const first = here.split(',').filter((each): each is Scope => SCOPES.some((scope) => scope === each));
  const rest = SCOPES.filter((scope) => !first.includes(scope));
  return (
    <Modal opened onClose={onClose} title={t('keys:title')} size={880} fullScreen={useNarrow()} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <p className="muted">{t(singleKeys ? 'keys:says' : 'keys:off')}</p>
      <div className="keys">
        {[...first, ...rest].map((scope) => (
          <Part key={scope} scope={scope} here={first.includes(scope)} />
        ))}
      </div>
    </Modal>
  );
}

function Part({ scope, here }: { scope: Scope; here: boolean }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <section className="keys-part" data-here={here || undefined} aria-label={t(`keys:scope.${scope}`)}>
      <h3>
        {t(`keys:scope.${scope}`)}
        {here && <small>{t('keys:here')}</small>}
      </h3>
      <dl>
        {idsOf(scope).map((id) => (
          <div key={id}>
            <dt>{words(id)}</dt>
            <dd><Press presses={pressesOf(id)} /></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Places are called as they are in the navigation. */
function useWords(): (id: KeyId) => string {
  const { t } = useTranslation();
  const { language } = useSettings();
  const types = useModel().data?.types ?? [];
  return (id) => {
    const place = EVERY_PLACE.find(({ key }) => key === id);
    if (place) return t(`${place.space}:title`);
    const [one, last] = [types[0], types[Math.min(types.length, pressesOf(id).length) - 1]];
    if (id === 'go.type' && one && last) return t('keys:go.type', { first: heading(one.labels, language), last: heading(last.labels, language) });
    return t(`keys:${id}`);
  };
}
