import GraphOf from '@/graph/GraphOf';
import type { ViewProps } from '../view';

/** The filtered set with what joins its records. */
export default function AsGraph({ asked: { type, where, text, order } }: ViewProps) {
  return <GraphOf key={type.name} type={type} where={where} text={text} order={order} />;
}
