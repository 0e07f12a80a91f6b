/** What the wizard asks the server, and what it is told. */
import type { Problem } from '@/api/failures';
import type { Mapping, Source } from './mapping';


export interface Counts {
  name: string;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

export interface Report {
  records: Counts[];
  links: Counts[];
  sources: { source: string; rows: number; rejected: number; download: string | null }[];
}

export type Status = 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

export interface Job {
  id: string;
  kind: 'TRY' | 'RUN' | 'UNDO';
  status: Status;
  stage: string;
  progress: number;
  cancelling: boolean;
  askedAt: string;
  run: string | null;
  report: Report | null;
  errors: Problem[];
}

export interface ImportRun {
  id: string;
  mapping: string;
  files: string[];
  status: 'running' | 'done' | 'undoing' | 'undone';
  actorName: string | null;
  startedAt: string;
  report: Report | null;
  upload: string | null;
  job: Job | null;
}

export interface Column {
  name: string;
  filled: number;
  samples: string[];
}

export interface ImportFile {
  name: string;
  size: number;
  encoding: string;
  delimiter: string;
  rows: number;
  ragged: number;
  columns: Column[];
}

export interface Upload {
  id: string;
  files: ImportFile[];
  mapping: Mapping | null;
  text: string | null;
  job: Job | null;
  run: ImportRun | null;
}

export interface Guess {
  column: string;
  field: string | null;
  relation: string | null;
  confidence: number;
  why: string;
}

export interface SourceGuess {
  name: string;
  file: string;
  type: string | null;
  columns: Guess[];
  source: Source | null;
  newType: Record<string, unknown> & { name: string; plural: string };
}

export interface PreviewRow {
  line: number;
  cells: string[];
  records: { type: string; exists: boolean; values: { field: string; text: string }[] }[];
  links: { relation: string; source: string; target: string }[];
  problems: { columns: string[]; field: string; code: string; message: string; details: unknown }[];
}

export interface RowProblem {
  number: number;
  source: string;
  line: number;
  field: string;
  columns: string[];
  value: string;
  code: string;
  message: string;
  details: unknown;
}

export interface ProblemKind {
  source: string;
  field: string;
  columns: string[];
  code: string;
  count: number;
  example: string;
}

const COUNTS = 'name created updated unchanged rejected';
const REPORT = `report { records { ${COUNTS} } links { ${COUNTS} } sources { source rows rejected download } }`;
const JOB = `id kind status stage progress cancelling askedAt run ${REPORT} errors { code message path details }`;
const RUN = `id mapping files status actorName startedAt upload ${REPORT} job { ${JOB} }`;
const UPLOAD = `id mapping text files { name size encoding delimiter rows ragged columns { name filled samples } } job { ${JOB} } run { ${RUN} }`;

export const UPLOAD_QUERY = `query Upload($id: ID!) { importUpload(id: $id) { ${UPLOAD} } }`;
export const IMPORTS_QUERY = `{ imports(first: 50) { nodes { ${RUN} } } }`;
export const GUESS_QUERY = `query Guess($upload: ID!, $file: String, $type: String) {
  importGuess(upload: $upload, file: $file, type: $type) {
    mapping sources { name file type source newType columns { column field relation confidence why } }
  }
}`;
export const PREVIEW_QUERY = `query Preview($upload: ID!, $source: String!, $mapping: JSON!) {
  importPreview(upload: $upload, source: $source, mapping: $mapping, first: 12) {
    errors { code message path details }
    rows { line cells records { type exists values { field text } } links { relation source target } problems { columns field code message details } }
  }
}`;
export const PROBLEMS_QUERY = `query Problems($run: ID!, $after: String, $source: String, $field: String, $code: String) {
  importProblems(run: $run, first: 200, after: $after, source: $source, field: $field, code: $code) {
    totalCount nodes { number source line field columns value code message details } pageInfo { hasNextPage endCursor }
    kinds { source field columns code count example }
  }
}`;

const changing = (name: string, input: string): string =>
  `mutation Change($input: ${input}!) { done: ${name}(input: $input) { upload { ${UPLOAD} } errors { code message path details } } }`;
const asking = (name: string): string =>
  `mutation Ask($input: ImportInput!) { done: ${name}(input: $input) { job { ${JOB} } errors { code message path details } } }`;

export const SAVE = changing('saveImportMapping', 'SaveImportMappingInput');
export const DROP = changing('dropImportFile', 'DropImportFileInput');
export const LOOK = changing('lookAtImportFile', 'LookAtImportFileInput');
export const MEND = changing('mendImport', 'MendImportInput');
export const TRY = asking('tryImport');
export const START = asking('startImport');
export const UNDO = asking('undoImport');
export const CANCEL = asking('cancelImport');
export const MAKE_TYPE = 'mutation Make($input: ApplyModelInput!) { applyModel(input: $input) { errors { code message path details } } }';

export interface Changed {
  done: { upload: Upload | null; errors: Problem[] };
}

export interface Asked {
  done: { job: Job | null; errors: Problem[] };
}

export const isOpen = (job: Job | null | undefined): boolean => job?.status === 'WAITING' || job?.status === 'RUNNING';
