/** Runs of analytics: which there are, how far they are, and what may be done with them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { accepted, asFailure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { socket } from '@/api/socket';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';

export interface Bin {
  said: number;
  came: number;
  count: number;
}

export interface BackTest {
  refused?: string;
  auc?: number;
  precision?: number;
  recall?: number;
  first?: number;
  brier?: number;
  alarmed?: number;
  medianLeadDays?: number | null;
  outcome?: string;
  calibration?: { bins: Bin[]; error: number };
  moments?: { day: number; asked: number; left: number; auc: number | null }[];
}

/** How good the scores of a type are, as the engine of churn measures it. */
export interface Quality {
  refused?: string;
  notLearned?: string;
  basis?: string;
  learner?: string;
  auc?: number;
  brier?: number;
  examples?: number;
  left?: number;
  calibration?: { bins: Bin[]; error: number };
  dropped?: Record<string, string>;
  used?: string[];
  backtest?: BackTest;
}

export interface Run {
  id: string;
  number: number;
  engine: string;
  type: string | null;
  status: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';
  stage: string;
  progress: number;
  cancelling: boolean;
  requestedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  counts: { records?: number; links?: number; scored?: number };
  quality: Record<string, Quality>;
  origin: { takenAt?: string };
  error: string | null;
  /** The code of why it failed. */
  reason: string | null;
}

export interface Schedule {
  engine: string;
  type: string | null;
  afterChanges: number | null;
  afterMinutes: number | null;
  lastAt: string | null;
}

interface Told {
  analyses: { nodes: Run[] };
  analysisSchedules: Schedule[];
}

const RUN = 'id number engine type status stage progress cancelling requestedAt startedAt finishedAt counts quality origin error reason';
const RUNS = `query Runs($engine: String!) {
  analyses(first: 30, engine: $engine) { nodes { ${RUN} } }
  analysisSchedules { engine type afterChanges afterMinutes lastAt }
}`;
const PROGRESS = `subscription Progress($id: ID!) { runProgress(id: $id) { ${RUN} } }`;
const ERRORS = 'errors { code message path details }';
const START = `mutation Start($input: StartAnalysisInput!) { done: startAnalysis(input: $input) { ${ERRORS} } }`;
const CANCEL = `mutation Cancel($input: CancelAnalysisInput!) { done: cancelAnalysis(input: $input) { ${ERRORS} } }`;
const SCHEDULE = `mutation Schedule($input: ScheduleAnalysisInput!) { done: scheduleAnalysis(input: $input) { ${ERRORS} } }`;

export const isUnderWay = ({ status }: Run): boolean => status === 'QUEUED' || status === 'RUNNING';

export function useRuns(engine: string) {
  return useQuery({ queryKey: keys.runsOf(engine), queryFn: ({ signal }) => gql<Told>(RUNS, { engine }, signal) });
}

/** Follows every run that is under way; when one ends, whatever shows scores asks for them again. */
export function useProgress(engine: string, runs: readonly Run[]): void {
  const client = useQueryClient();
  const followed = runs.filter(isUnderWay).map(({ id }) => id).join(' ');
  useEffect(() => {
    const heard = ({ runProgress: run }: { runProgress: Run }): void => {
      client.setQueryData<Told>(keys.runsOf(engine), (told) => told && {
        ...told,
        analyses: { nodes: told.analyses.nodes.map((each) => (each.id === run.id ? run : each)) },
      });
      if (!isUnderWay(run)) for (const queryKey of [keys.scores, keys.runsOf(engine), ['record']]) void client.invalidateQueries({ queryKey });
    };
    const ends = followed.split(' ').filter(Boolean).map((id) => socket.subscribe(PROGRESS, heard, () => ({ id })));
    return () => ends.forEach((end) => end());
  }, [client, engine, followed]);
}

/** Starts, cancels or schedules; says so, and why it was refused. */
export function useRunAct(engine: string, act: 'start' | 'cancel' | 'schedule', said: string) {
  const client = useQueryClient();
  const words = useWords();
  return useMutation({
    mutationFn: async (input: Record<string, unknown>) => {
      const document = { start: START, cancel: CANCEL, schedule: SCHEDULE }[act];
      const { done } = await gql<{ done: { errors: Problem[] } }>(document, { input });
      accepted(done);
    },
    onSuccess: () => {
      tell(said);
      void client.invalidateQueries({ queryKey: keys.runsOf(engine) });
    },
    onError: (error) => tell(words(asFailure(error))),
  });
}
