/** The sign of each kind of tile. */
import {
  IconChartArea, IconChartBar, IconChartDonut, IconChartLine, IconChartSankey, IconFilterBolt, IconNumber123, IconShare3, IconStairs, IconTable,
  IconTablePlus, IconTextSize, type Icon,
} from '@tabler/icons-react';
import type { TileKind } from './board';

export const KIND_SIGNS: Record<TileKind, Icon> = {
  kpi: IconNumber123, bar: IconChartBar, line: IconChartLine, area: IconChartArea, pie: IconChartDonut, pivot: IconTablePlus, funnel: IconFilterBolt,
  cohort: IconStairs, sankey: IconChartSankey, table: IconTable, graph: IconShare3, text: IconTextSize,
};
