/** What drawings take from the model, the theme and the day. */
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { useModel } from '@/meta/model';
import type { DayOf } from './showing';
import type { Style } from './looks';

export type Ground = Pick<Style, 'dark' | 'typeColors' | 'symmetric' | 'today'>;

export const todayIso = (): string => new Date().toISOString().slice(0, 10);

export function useGround(): Ground {
  const dark = useComputedColorScheme('light') === 'dark';
  const model = useModel();
  return useMemo(
    () => ({
      dark,
      typeColors: new Map(model.data?.types.map(({ name, color }) => [name, color])),
      symmetric: new Set(model.data?.relations.filter(({ symmetric }) => symmetric).map(({ name }) => name)),
      today: todayIso(),
    }),
    [dark, model.data],
  );
}

/** The day of a record: the first field of its type that holds one, among the values it is told by. */
export function useDayOf(): DayOf {
  const model = useModel();
  return useMemo(() => {
    const fields = new Map(
      model.data?.types.map((type) => [type.name, type.fields.filter(({ kind }) => kind === 'date' || kind === 'dateTime').map(({ name }) => name)]),
    );
    return ({ type, values }) => {
      const name = fields.get(type)?.find((each) => typeof values[each] === 'string');
      return name === undefined ? null : String(values[name]).slice(0, 10);
    };
  }, [model.data]);
}
