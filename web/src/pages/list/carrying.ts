/** How cards are carried: by pointer to what it points at, by the arrow keys from box to box as they are seen, in any direction. */
import {
  KeyboardSensor, MouseSensor, pointerWithin, rectIntersection, TouchSensor, useSensor, useSensors,
  type CollisionDetection, type KeyboardCoordinateGetter,
} from '@dnd-kit/core';
import { pressesOf } from '@/lib/keys';

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

const WAYS: Record<string, Point> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** The nearest box on the side that a key points to. */
export function nextBox<Found extends Box>(boxes: readonly Found[], from: Point, key: string): Found | undefined {
  const way = WAYS[key];
  if (!way) return undefined;
  const apart = (box: Box): Point => ({ x: box.left + box.width / 2 - from.x, y: box.top + box.height / 2 - from.y });
  const along = (box: Box): number => apart(box).x * way.x + apart(box).y * way.y;
  const aside = (box: Box): number => Math.abs(apart(box).x * way.y) + Math.abs(apart(box).y * way.x);
  const half = (box: Box): number => (way.x ? box.width : box.height) / 2;
  const ahead = boxes.filter((box) => along(box) > half(box) * 0.9);
  return ahead.sort((a, b) => along(a) + 2 * aside(a) - along(b) - 2 * aside(b))[0];
}

const toNextBox: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const { collisionRect, droppableContainers, droppableRects, over } = context;
  if (!collisionRect) return undefined;
  const boxes = droppableContainers.getEnabled().flatMap(({ id }) => droppableRects.get(id) ?? []);
  const here = over?.rect ?? collisionRect;
  const from = { x: here.left + here.width / 2, y: here.top + here.height / 2 };
  const next = nextBox(boxes, from, event.code);
  if (!next) return undefined;
  event.preventDefault();
  return {
    x: next.left + (next.width - collisionRect.width) / 2,
    y: event.code === 'ArrowLeft' || event.code === 'ArrowRight' ? currentCoordinates.y : next.top + 4,
  };
};

export const under: CollisionDetection = (given) => {
  const pointed = pointerWithin(given);
  return pointed.length ? pointed : rectIntersection(given);
};

const BY_KEY = { start: [...pressesOf('board.carry')], cancel: [...pressesOf('board.back')], end: [...pressesOf('board.drop')] };

export const useCarrying = () =>
  useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: toNextBox, keyboardCodes: BY_KEY }),
  );
