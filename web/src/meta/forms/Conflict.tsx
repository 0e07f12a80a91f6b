import { Button, SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, type Field } from '@/meta/model';
import type { Choice, Meeting } from './meeting';
import './conflict.css';

interface Props {
  met: readonly Meeting[];
  onSettle: (chosen: ReadonlyMap<string, Choice>) => void;
}

/** Field by field: what I typed, what they saved, and which of them stays. */
export function Conflict({ met, onSettle }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Choice>>(new Map());
  const box = useRef<HTMLElement>(null);
  useEffect(() => void box.current?.focus(), []);
  return (
    <section ref={box} tabIndex={-1} className="card conflict" role="alert" aria-label={t('form:conflict.title')}>
      <h2>{t('form:conflict.title')}</h2>
      <p className="muted">{met.some((each) => each.both) ? t('form:conflict.both') : t('form:conflict.theirs')}</p>
      <ul>
        {met.map((each) => (
          <One
            key={each.field.name}
            met={each}
            choice={chosen.get(each.field.name) ?? 'mine'}
            onChoose={(choice) => setChosen(new Map(chosen).set(each.field.name, choice))}
          />
        ))}
      </ul>
      <Button size="compact-md" onClick={() => onSettle(chosen)}>{t('form:conflict.settle')}</Button>
    </section>
  );
}

function One({ met, choice, onChoose }: { met: Meeting; choice: Choice; onChoose: (choice: Choice) => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { field, mine, theirs, both } = met;
  const label = heading(field, language);
  return (
    <li>
      <b>{label}</b>
      {both && <Side name={t('form:conflict.mine')} field={field} value={mine} kept={choice === 'mine'} />}
      <Side name={t('form:conflict.their')} field={field} value={theirs} kept={!both || choice === 'theirs'} />
      {both && (
        <SegmentedControl
          size="xs"
          value={choice}
          aria-label={t('form:conflict.which', { field: label })}
          data={[{ value: 'mine', label: t('form:conflict.keepMine') }, { value: 'theirs', label: t('form:conflict.takeTheirs') }]}
          onChange={(next) => onChoose(next === 'theirs' ? 'theirs' : 'mine')}
        />
      )}
    </li>
  );
}

function Side({ name, field, value, kept }: { name: string; field: Field; value: unknown; kept: boolean }) {
  const { t } = useTranslation();
  const { Cell } = kindOf(field);
  return (
    <span className="conflict-side" data-kept={kept || undefined}>
      <small>{name}</small>
      {value === null || value === undefined || value === '' ? <span className="muted">{t('record:nothing')}</span> : <Cell value={value} field={field} />}
    </span>
  );
}
