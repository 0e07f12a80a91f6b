import { Group, TextInput } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import type { ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { inputOf, type CellProps, type EditorProps, type Kind } from './kind';
import { digits } from './number';

export interface Point {
  latitude: number;
  longitude: number;
}

/** As it is typed: text until it is whole. */
type Typed = Record<keyof Point, string | number>;

const DEGREES = /^[+-]?\d+(\.\d+)?$/;
const NONE: Typed = { latitude: '', longitude: '' };

/** The point that was typed: null for none, undefined where it is no place on the earth. */
export function pointOf(value: unknown): Point | null | undefined {
  const held = (value ?? NONE) as Typed;
  const [latitude, longitude] = [digits(held.latitude), digits(held.longitude)];
  if (!latitude && !longitude) return null;
  if (!DEGREES.test(latitude) || !DEGREES.test(longitude)) return undefined;
  const point = { latitude: Number(latitude), longitude: Number(longitude) };
  return Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180 ? point : undefined;
}

/** Latitude and longitude out of what was pasted, such as `41.0082, 28.9784`. */
export function pasted(text: string): Typed | null {
  const [latitude, longitude, ...more] = text.trim().split(/[\s,;،]+/).map(digits);
  return latitude && longitude && !more.length && DEGREES.test(latitude) && DEGREES.test(longitude) ? { latitude, longitude } : null;
}

function PointCell({ value }: CellProps) {
  const format = useFormat();
  if (!value) return null;
  const { latitude, longitude } = value as Point;
  return (
    <bdi className="num cut geo-point" dir="ltr">
      <IconMapPin size={14} aria-hidden="true" /> {format.number(latitude, 5)}, {format.number(longitude, 5)}
    </bdi>
  );
}

function PointEditor(props: EditorProps) {
  const { t } = useTranslation();
  const held = (props.value ?? NONE) as Typed;
  function paste(event: ClipboardEvent): void {
    const both = pasted(event.clipboardData.getData('text'));
    if (!both) return;
    event.preventDefault();
    props.onChange(both);
  }
  const shared = { size: 'sm' as const, inputMode: 'decimal' as const, dir: 'ltr', onPaste: paste };
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <TextInput
        {...inputOf(props)}
        {...shared}
        aria-label={`${props.name}: ${t('app:place.latitude')}`}
        placeholder={t('app:place.latitude')}
        value={String(held.latitude)}
        onChange={(event) => props.onChange({ ...held, latitude: event.currentTarget.value })}
      />
      <TextInput
        {...shared}
        aria-label={`${props.name}: ${t('app:place.longitude')}`}
        placeholder={t('app:place.longitude')}
        value={String(held.longitude)}
        onChange={(event) => props.onChange({ ...held, longitude: event.currentTarget.value })}
      />
    </Group>
  );
}

export const geoPoint: Kind = {
  width: 180,
  sortable: false,
  operators: ['near', 'inBox', 'empty', 'filled'],
  select: (name) => `${name} { latitude longitude }`,
  Cell: PointCell,
  Editor: PointEditor,
  sent: pointOf,
};
