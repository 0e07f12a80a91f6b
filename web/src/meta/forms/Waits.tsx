import { ActionIcon, Menu } from '@mantine/core';
import { IconCalendarPlus, IconCheck, IconCircle, IconDots, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { todayIn } from '@/lib/calendar';
import { zoneOf } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import { choiceLabel, heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { endings, useProfiles, waitingOf, type Waiting } from '@/meta/profiles';
import { useChange } from '@/meta/useChange';
import { Pill } from '@/ui/Pill';
import { signOf } from '@/ui/signs';
import { daysLater, timeFor } from './beginning';
import './forms.css';

export interface Waits {
  id: string;
  type: string;
  title: string;
  due: string | null;
  late: boolean;
  /** What it belongs to, in words. */
  note?: string;
}

interface Props {
  waits: readonly Waits[];
  /** The record whose page shows them. */
  of?: string;
  closed?: boolean;
}

/** What waits for somebody, each to be finished or put off where it stands. */
export function WaitList({ waits, of, closed = false }: Props) {
  const [gone, setGone] = useState<readonly string[]>([]);
  return (
    <ul className="waits">
      {waits.filter(({ id }) => !gone.includes(id)).map((each) => (
        <One
          key={each.id}
          waits={each}
          of={of}
          closed={closed}
          onGone={(away) => setGone((now) => (away ? [...now, each.id] : now.filter((id) => id !== each.id)))}
        />
      ))}
    </ul>
  );
}

interface OneProps {
  waits: Waits;
  of: string | undefined;
  closed: boolean;
  /** Taken off the list at once; put back where the server refuses. */
  onGone: (away: boolean) => void;
}

function One({ waits, of, closed, onGone }: OneProps) {
  const format = useFormat();
  const { language } = useSettings();
  const type = typeNamed(useModel().data, waits.type);
  const waiting = waitingOf(useProfiles().data, waits.type);
  const { due, late } = waits;
  const Sign = signOf(type?.icon ?? '');
  return (
    <li>
      {type && waiting && !closed ? <Finish waits={waits} type={type} waiting={waiting} of={of} onGone={onGone} /> : <Sign size={18} stroke={1.6} aria-hidden="true" className="muted" />}
      <div className="waits-name">
        <Link to="/r/$id" params={{ id: waits.id }} className="plain-link cut" dir="auto">
          {waits.title}
        </Link>
        <small className="cut">{waits.note ?? (type && heading(type.label, language))}</small>
      </div>
      {due && (late ? <Pill tone="bad">{format.ago(due)}</Pill> : <small className="muted num">{format.ago(due)}</small>)}
      {type && waiting && !closed && <More waits={waits} type={type} waiting={waiting} of={of} onGone={onGone} />}
    </li>
  );
}

interface ActProps extends Omit<OneProps, 'closed'> {
  type: EntityType;
  waiting: Waiting;
}

function useFinish({ waits, type, waiting, of, onGone }: ActProps) {
  const { t } = useTranslation();
  const change = useChange();
  const also = of ? [of] : [];
  return {
    finish: (value: string, says: string) => {
      onGone(true);
      const done = { type, id: waits.id, title: waits.title, data: { [waiting.field]: value }, says: t('form:waits.now', { name: waits.title, value: says }), also };
      change.mutate(done, { onError: () => onGone(false) });
    },
    putOff: (due: string) => change.mutate({ type, id: waits.id, title: waits.title, data: { [waiting.due ?? '']: due }, also }),
  };
}

/** One click finishes it, in the first of the ways in which it can end. */
function Finish(props: ActProps) {
  const { t } = useTranslation();
  const words = useEndings(props);
  const { finish } = useFinish(props);
  const first = words[0];
  if (!first) return null;
  const label = t('form:waits.finish', { name: props.waits.title, value: first.label });
  return (
    <ActionIcon variant="subtle" color="gray" size={28} className="waits-finish" aria-label={label} title={first.label} onClick={() => finish(first.value, first.label)}>
      <IconCircle size={19} stroke={1.5} className="waits-open" />
      <IconCircleCheck size={19} stroke={1.7} className="waits-done" />
    </ActionIcon>
  );
}

function useEndings({ type, waiting }: Pick<ActProps, 'type' | 'waiting'>) {
  const { language } = useSettings();
  const choices = type.fields.find((field) => field.name === waiting.field)?.options.choices ?? [];
  return endings(type, waiting).flatMap((value) => {
    const choice = choices.find((each) => each.value === value);
    return choice ? [{ value, label: choiceLabel(choice, language) }] : [];
  });
}

function More(props: ActProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = todayIn('gregory', zoneOf(useSettings())).toString();
  const words = useEndings(props);
  const { finish, putOff } = useFinish(props);
  const due = props.type.fields.find((field) => field.name === props.waiting.due && !field.readOnly);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('form:waits.more', { name: props.waits.title })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {words.map(({ value, label }) => (
          <Menu.Item key={value} leftSection={<IconCheck size={15} />} onClick={() => finish(value, label)}>{label}</Menu.Item>
        ))}
        {due && <Menu.Divider />}
        {due && [1, 7, 30].map((days) => {
          const day = daysLater(today, days);
          return (
            <Menu.Item key={days} leftSection={<IconCalendarPlus size={15} />} onClick={() => putOff(timeFor(due, day, new Date()))}>
              {t(`form:waits.off.${days}`, { day: format.day(day) })}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
