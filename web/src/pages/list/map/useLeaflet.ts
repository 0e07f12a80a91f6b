import * as L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const EDGE: L.LatLngBoundsLiteral = [[-62, -185], [84, 190]];

/** A map of the countries of the earth, drawn from what travels with the application; no tile is fetched from anywhere. */
export function useLeaflet() {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<L.Map | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const made = L.map(box.current, {
      attributionControl: false, zoomControl: false, worldCopyJump: true, minZoom: 1, maxZoom: 12, zoomSnap: 0.5, maxBounds: EDGE, maxBoundsViscosity: 0.7,
    });
    made.fitBounds([[-50, -130], [70, 160]]);
    L.control.zoom({ zoomInTitle: t('list:map.closer'), zoomOutTitle: t('list:map.farther') }).addTo(made);
    setMap(made);
    return () => {
      made.remove();
      setMap(null);
    };
  }, [t]);
  return { box, map };
}
