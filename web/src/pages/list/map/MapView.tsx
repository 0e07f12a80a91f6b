import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/meta/model';
import { EmptyState } from '@/ui/EmptyState';
import { layoutField } from '../layouts';
import type { ViewProps } from '../view';
import { Countries } from './Countries';
import { Points } from './Points';
import './map.css';

/** The records of a list on a map: as points where a field holds places, else by the countries that a text names. */
export default function MapView(props: ViewProps) {
  const by = layoutField(props.asked.type, 'map', props.search);
  if (!by) return null;
  return by.kind === 'geoPoint' ? <Points key={by.name} {...props} by={by} /> : <Countries key={by.name} {...props} by={by} />;
}

/** Why nothing stands on the map, and what puts something there. */
export function NoPlaces({ by }: { by: Field }) {
  const { t } = useTranslation();
  const points = by.kind === 'geoPoint';
  return (
    <EmptyState icon={IconMapOff} title={t(points ? 'list:map.noPoints' : 'list:map.noCountries')}>
      {t(points ? 'list:map.noPointsSays' : 'list:map.noCountriesSays')}
    </EmptyState>
  );
}
