import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import * as L from 'leaflet';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { both, type Where } from '@/meta/filters';
import type { EntityType, Field } from '@/meta/model';
import type { Point } from '@/meta/kinds/geoPoint';
import type { Row } from '@/meta/rows';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import type { ViewProps } from '../view';
import { clustered, type Cluster } from './clusters';
import { NoPlaces } from './MapView';
import { useLeaflet } from './useLeaflet';
import { COUNTRIES, type Country } from './world';

const MOST = 1000;
const NEAR_PX = 44;

interface Told {
  list: { nodes: Row[]; totalCount: number };
}

const pointsQuery = (type: EntityType, by: Field): string =>
  `query Points($where: ${type.name}Filter, $text: FilterText) {
  list: ${type.many}(where: $where, whereText: $text, first: ${MOST}) { nodes { id version displayName ${by.name} { latitude longitude } } totalCount }
}`;

/** What lies in a box; everything that has a place while nothing was moved. */
const inside = (by: Field, box: L.LatLngBounds | null): Where => {
  if (!box) return { [by.name]: { isNull: false } };
  const corner = ({ lat, lng }: L.LatLng) => ({ latitude: Math.max(-90, Math.min(90, lat)), longitude: Math.max(-180, Math.min(180, lng)) });
  return { [by.name]: { inBox: { southWest: corner(box.getSouthWest()), northEast: corner(box.getNorthEast()) } } };
};

/** Records as points, together where they are dense; what is seen is read anew when there is more than fits. */
export function Points({ asked, by }: ViewProps & { by: Field }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { type, text } = asked;
  const [seen, setSeen] = useState<L.LatLngBounds | null>(null);
  const where = both(asked.where, inside(by, seen));
  const query = pointsQuery(type, by);
  const found = useQuery({
    queryKey: keys.laidOut(type.name, 'points', { query, where, text }),
    queryFn: ({ signal }) => gql<Told>(query, { where, text }, signal),
    placeholderData: keepPreviousData,
  });
  if (found.error) return <div className="list-fault"><Fault error={found.error} again={() => void found.refetch()} /></div>;
  if (!found.data) return <div className="view-coming"><Bone height="100%" /></div>;
  const { nodes, totalCount } = found.data.list;
  if (!totalCount && !seen) return <NoPlaces by={by} />;
  return (
    <div className="map-view">
      <Drawn rows={nodes} by={by} moved={(box) => (seen || totalCount > MOST) && setSeen(box)} />
      <p className="map-note muted num" aria-live="polite">
        {totalCount > nodes.length
          ? t('list:map.some', { number: format.number(nodes.length), all: format.number(totalCount) })
          : t('list:records', { count: totalCount, number: format.number(totalCount) })}
        {' · '}
        {t('list:map.source')}
      </p>
    </div>
  );
}

interface DrawnProps {
  rows: readonly Row[];
  by: Field;
  moved: (box: L.LatLngBounds) => void;
}

function Drawn({ rows, by, moved }: DrawnProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useNavigate();
  const { box, map } = useLeaflet();
  const [drawnAt, setDrawnAt] = useState(0);
  const places = useMemo(
    () => rows.map((row) => ({ row, at: L.latLng((row[by.name] as Point).latitude, (row[by.name] as Point).longitude) })),
    [rows, by],
  );
  const fitted = useRef(false);
  const told = useRef(moved);
  told.current = moved;

  useEffect(() => {
    if (!map) return;
    const land = L.geoJSON<Country>(COUNTRIES, { style: { className: 'map-land', weight: 1, fillOpacity: 1 }, interactive: false }).addTo(map);
    const redraw = () => setDrawnAt((times) => times + 1);
    const settled = () => {
      redraw();
      told.current(map.getBounds());
    };
    map.on('moveend', settled);
    return () => {
      land.remove();
      map.off('moveend', settled);
    };
  }, [map]);

  useEffect(() => {
    if (!map || fitted.current || !places.length) return;
    fitted.current = true;
    map.fitBounds(L.latLngBounds(places.map(({ at }) => at)).pad(0.15), { maxZoom: 9, animate: false });
  }, [map, places]);

  useEffect(() => {
    if (!map) return;
    const spots = places.map(({ row, at }) => ({ ...map.latLngToLayerPoint(at), held: { row, at } }));
    const layer = L.layerGroup(clustered(spots, NEAR_PX).map((cluster) => marker(cluster))).addTo(map);

    function marker(cluster: Cluster<{ row: Row; at: L.LatLng }>): L.Marker {
      const first = cluster.held[0];
      const many = cluster.held.length > 1;
      const size = many ? 30 + Math.min(22, 5 * Math.log2(cluster.held.length)) : 18;
      const at = map ? map.layerPointToLatLng([cluster.x, cluster.y]) : L.latLng(0, 0);
      const title = many ? t('list:map.together', { count: cluster.held.length, number: format.number(cluster.held.length) }) : (first?.row.displayName ?? '');
      const icon = L.divIcon({ className: many ? 'map-cluster' : 'map-point', html: many ? format.compact(cluster.held.length) : '', iconSize: [size, size] });
      const made = L.marker(many ? at : (first?.at ?? at), { icon, title, keyboard: true });
      const act = () => {
        if (many) map?.fitBounds(L.latLngBounds(cluster.held.map((held) => held.at)).pad(0.2), { maxZoom: 12 });
        else if (first) void go({ to: '/r/$id', params: { id: first.row.id } });
      };
      return made.on('click', act).on('keypress', (event: L.LeafletKeyboardEvent) => event.originalEvent.key === 'Enter' && act());
    }
    return () => void layer.remove();
  }, [map, places, drawnAt, format, go, t]);

  return <div ref={box} className="map-box" dir="ltr" role="region" aria-label={t('list:view.map')} />;
}
