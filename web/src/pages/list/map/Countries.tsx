import { keepPreviousData, useQuery } from '@tanstack/react-query';
import * as L from 'leaflet';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, type EntityType, type Field } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import type { ViewProps } from '../view';
import { NoPlaces } from './MapView';
import { countryOf, namesOfCountries } from './places';
import { useLeaflet } from './useLeaflet';
import { COUNTRIES, type Country } from './world';

const MOST = 300;

interface Told {
  list: { grouped: { rows: { keys: { value: string | null }[]; count: number }[] } };
}

interface Place {
  value: string;
  count: number;
  code: string | undefined;
}

const placesQuery = (type: EntityType, by: Field): string =>
  `query Places($where: ${type.name}Filter, $text: FilterText) {
  list: ${type.many}(where: $where, whereText: $text) {
    grouped(by: [{ ${by.name}: VALUE }], orderBy: [{ count: DESC }], first: ${MOST}) { rows { keys { value } count } }
  }
}`;

function usePlaces({ type, where, text }: ViewProps['asked'], by: Field) {
  const names = useMemo(namesOfCountries, []);
  const query = placesQuery(type, by);
  return useQuery({
    queryKey: keys.laidOut(type.name, 'countries', { query, where, text }),
    queryFn: async ({ signal }): Promise<Place[]> => {
      const { list } = await gql<Told>(query, { where, text }, signal);
      return list.grouped.rows.flatMap(({ keys: [key], count }) =>
        key?.value ? [{ value: key.value, count, code: countryOf(key.value, names) }] : [],
      );
    },
    placeholderData: keepPreviousData,
  });
}

/** The records of each country, however its name is written, and how dark their number is drawn, from 0 to 1. */
function shading(places: readonly Place[]) {
  const named = (code: string | undefined): Place[] => (code ? places.filter((place) => place.code === code) : []);
  const sumOf = (code: string | undefined): number => named(code).reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(...places.map(({ code }) => sumOf(code)));
  const shadeOf = (count: number): number => (count ? 0.2 + 0.8 * (count / most) : 0);
  return { named, sumOf, shadeOf };
}

/** How many records each country has; a click asks for those of one. */
export function Countries({ asked, search, change, by }: ViewProps & { by: Field }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const found = usePlaces(asked, by);
  const ask = (value: string) =>
    change({ filter: [...(search.filter ?? []).filter((each) => each.field !== by.name), { field: by.name, operator: 'is', value }], saved: '' });
  if (found.error) return <div className="list-fault"><Fault error={found.error} again={() => void found.refetch()} /></div>;
  if (!found.data) return <div className="view-coming"><Bone height="100%" /></div>;
  if (!found.data.some(({ code }) => code)) return <NoPlaces by={by} />;
  const { sumOf, shadeOf } = shading(found.data);
  return (
    <div className="map-view">
      <Drawn places={found.data} ask={ask} />
      <section className="map-side" aria-label={t('list:map.places')}>
        <h2>
          <span className="cut">{heading(by, language)}</span>
          <span className="cut">{heading(asked.type.labels, language)}</span>
        </h2>
        <ul>
          {found.data.map((place) => (
            <li key={place.value}>
              <button type="button" onClick={() => ask(place.value)} data-lost={!place.code || undefined}>
                <i className="map-shade" aria-hidden="true" style={{ opacity: shadeOf(sumOf(place.code)) }} />
                <span className="cut" dir="auto">{place.value}</span>
                {!place.code && <small className="muted">{t('list:map.lost')}</small>}
                <span className="num">{format.number(place.count)}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className="muted">{t('list:map.source')}</p>
      </section>
    </div>
  );
}

function Drawn({ places, ask }: { places: readonly Place[]; ask: (value: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { box, map } = useLeaflet();
  const names = useMemo(namesOfCountries, []);
  useEffect(() => {
    if (!map) return;
    const { named, sumOf, shadeOf } = shading(places);
    const codeOf = (name: string): string | undefined => countryOf(name, names);
    const layer = L.geoJSON<Country>(COUNTRIES, {
      style: (land) => {
        const count = sumOf(codeOf(land?.properties.name ?? ''));
        return { className: count ? 'map-land map-filled' : 'map-land', fillOpacity: count ? shadeOf(count) : 1, weight: 1 };
      },
      onEachFeature: (land, drawn) => {
        const first = named(codeOf(land.properties.name))[0];
        if (!first) return;
        drawn.bindTooltip(`${first.value} · ${format.number(sumOf(first.code))}`, { sticky: true });
        drawn.on('click', () => ask(first.value));
      },
    }).addTo(map);
    return () => void layer.remove();
  }, [map, places, names, format, ask]);
  return <div ref={box} className="map-box" dir="ltr" role="region" aria-label={t('list:view.map')} />;
}
