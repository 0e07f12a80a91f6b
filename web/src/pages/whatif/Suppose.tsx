import { ActionIcon } from '@mantine/core';
import { IconLinkMinus, IconLinkPlus, IconScale, IconUserMinus, IconX, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, relationNamed, useModel } from '@/meta/model';
import { RecordPicker } from '@/meta/RecordPicker';
import { useCard, type CardOf } from '@/meta/useCard';
import { LinkChooser } from './LinkChooser';
import { NewLink } from './NewLink';
import { KINDS, supposedIn, withSupposed, type Kind, type Supposed, type WhatIfSearch } from './scenario';

const SIGNS: Record<Kind, Icon> = { remove: IconUserMinus, end: IconLinkMinus, weigh: IconScale, add: IconLinkPlus };

interface Props {
  search: WhatIfSearch;
  /** Those of them that cannot be. */
  refused: readonly Supposed[];
  change: (next: WhatIfSearch) => void;
}

/** What is supposed so far, and one more thing to suppose. */
export function Suppose({ search, refused, change }: Props) {
  const { t } = useTranslation();
  const supposed = supposedIn(search);
  const cannot = new Set(refused.map((one) => JSON.stringify(one)));
  const [kind, setKind] = useState<Kind>('remove');
  const add = (one: Supposed) => change(withSupposed(search, [...supposed, one]));
  return (
    <section className="card suppose" aria-label={t('whatif:suppose')}>
      <h2>{t('whatif:suppose')}</h2>
      {supposed.length > 0 && (
        <ul className="supposed">
          {supposed.map((one) => (
            <One key={JSON.stringify(one)} one={one} cannot={cannot.has(JSON.stringify(one))} drop={() => change(withSupposed(search, supposed.filter((each) => each !== one)))} />
          ))}
        </ul>
      )}
      <div className="suppose-kinds" role="group" aria-label={t('whatif:more')}>
        {KINDS.map((each) => {
          const Sign = SIGNS[each];
          return (
            <button key={each} type="button" aria-pressed={kind === each} onClick={() => setKind(each)}>
              <Sign size={16} stroke={1.7} aria-hidden="true" />
              {t(`whatif:kind.${each}`)}
            </button>
          );
        })}
      </div>
      {kind === 'remove' && <RecordPicker key={supposed.length} label={t('whatif:who')} value="" onChange={(id) => id && add({ kind, id })} />}
      {(kind === 'end' || kind === 'weigh') && <LinkChooser key={kind} kind={kind} add={add} />}
      {kind === 'add' && <NewLink key={supposed.length} add={add} />}
    </section>
  );
}

/** In a sentence, with the way to take it back. */
function One({ one, cannot, drop }: { one: Supposed; cannot: boolean; drop: () => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { data: model } = useModel();
  const first = useCard(one.kind === 'remove' ? one.id : one.source).data;
  const second = useCard(one.kind === 'remove' ? '' : one.target).data;
  const relation = one.kind === 'remove' ? undefined : relationNamed(model, one.relation);
  const titleOf = (card: CardOf | null | undefined): string => (card === null ? t('whatif:refused.noRecord') : (card?.title ?? '…'));
  const name = (card: CardOf | null | undefined): string => `\u2068${titleOf(card)}\u2069`;
  const link = `${name(first)} · ${relation ? heading(relation, language) : ''} · ${name(second)}`;
  const weight = one.kind === 'weigh' || one.kind === 'add' ? format.number(one.weight) : '';
  const words = one.kind === 'remove' ? t('whatif:one.remove', { name: name(first) }) : t(`whatif:one.${one.kind}`, { link, weight });
  const Sign = SIGNS[one.kind];
  return (
    <li data-cannot={cannot || undefined}>
      <Sign size={16} stroke={1.7} aria-hidden="true" />
      <span>{words}{cannot && <small>{t(`whatif:refused.${one.kind}`)}</small>}</span>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('whatif:drop', { words })} onClick={drop}>
        <IconX size={14} />
      </ActionIcon>
    </li>
  );
}
