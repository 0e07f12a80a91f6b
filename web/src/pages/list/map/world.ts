/** The countries of the earth as they travel with the application, in outlines that a flat map can draw. */
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/countries-110m.json';

export interface Country {
  name: string;
}

type Land = Feature<Polygon | MultiPolygon, Country>;

/** A ring that crosses the 180th meridian goes on behind it, instead of once around the earth. */
export function unrolled(ring: readonly Position[]): Position[] {
  const east = ring.some(([x = 0]) => x > 90);
  const jumps = ring.some(([x = 0], place) => Math.abs(x - (ring[place - 1]?.[0] ?? x)) > 180);
  return ring.map(([x = 0, y = 0]) => [jumps && east && x < 0 ? x + 360 : x, y]);
}

function drawn(land: Land): Land {
  const { geometry } = land;
  if (geometry.type === 'Polygon') return { ...land, geometry: { ...geometry, coordinates: geometry.coordinates.map(unrolled) } };
  return { ...land, geometry: { ...geometry, coordinates: geometry.coordinates.map((part) => part.map(unrolled)) } };
}

/** The south pole lies along the whole edge of a flat map, and nobody has customers there. */
const isInhabited = (land: Land): boolean => land.properties.name !== 'Antarctica';

const topology = world as object as Topology<{ countries: GeometryCollection<Country> }>;
const told = feature(topology, topology.objects.countries) as FeatureCollection<Polygon | MultiPolygon, Country>;

export const COUNTRIES: FeatureCollection<Polygon | MultiPolygon, Country> = { ...told, features: told.features.filter(isInhabited).map(drawn) };
