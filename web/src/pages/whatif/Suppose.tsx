import { ActionIcon } from '@mantine/core';
import { IconLinkMinus, IconLinkPlus, IconScale, IconUserMinus, IconX, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '@/api/failures';
import { useLanding } from '@/lib/useLanding';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, relationNamed, useModel } from '@/meta/model';
import { RecordPicker } from '@/meta/RecordPicker';
import { useCard, type CardOf } from '@/meta/useCard';
import { useSaid } from '@/ui/useSaid';
import { LinkChooser } from './LinkChooser';
import { NewLink } from './NewLink';
import { KINDS, supposedIn, withSupposed, type Kind, type Refused, type Supposed, type WhatIfSearch } from './scenario';

const SIGNS: Record<Kind, Icon> = { remove: IconUserMinus, end: IconLinkMinus, weigh: IconScale, add: IconLinkPlus };

interface Props {
  search: WhatIfSearch;
  /** Those of them that cannot be. */
  refused: readonly Refused[];
  change: (next: WhatIfSearch) => void;
}

/** What is supposed so far, and one more thing to suppose. */
export function Suppose({ search, refused, change }: Props) {
  const { t } = useTranslation();
  const supposed = supposedIn(search);
  const why = new Map(refused.map(({ one, problem }) => [JSON.stringify(one), problem]));
  const [kind, setKind] = useState<Kind>('remove');
  const land = useLanding(supposed.length, '.supposed button', '.suppose-kinds [aria-pressed=true]');
  const add = (one: Supposed) => change(withSupposed(search, [...supposed, one]));

  function drop(place: number): void {
    land(place);
    change(withSupposed(search, supposed.filter((_, each) => each !== place)));
  }

  return (
    <section className="card suppose" aria-label={t('whatif:suppose')}>
      <h2>{t('whatif:suppose')}</h2>
      {supposed.length > 0 && (
        <ul className="supposed">
          {supposed.map((one, place) => <One key={JSON.stringify(one)} one={one} why={why.get(JSON.stringify(one))} drop={() => drop(place)} />)}
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
function One({ one, why, drop }: { one: Supposed; why: Problem | undefined; drop: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
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
    <li data-cannot={Boolean(why) || undefined}>
      <Sign size={16} stroke={1.7} aria-hidden="true" />
      <span>{words}{why && <small>{why.code === 'not_found' ? t(`whatif:refused.${one.kind}`) : said.problem(why)}</small>}</span>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('whatif:drop', { words })} onClick={drop}>
        <IconX size={14} />
      </ActionIcon>
    </li>
  );
}
