/** What a submission may use. Time is the judge's business, the rest the kernel's (Linux's). */

/** Limits of one submission; wall-clock times in seconds, sizes in MiB and KiB. */
export interface Limits {
  /** For one cell. */
  readonly cellSeconds: number;
  /** For one call of a student's function. */
  readonly callSeconds: number;
  /** For the whole submission, all its processes together. */
  readonly totalSeconds: number;
  /** Processor time of one process, all its threads together. */
  readonly cpuSeconds: number;
  /** Memory of a process: heap, buffers and WebAssembly. */
  readonly dataMB: number;
  /** Of it, JavaScript's old space. */
  readonly heapMB: number;
  /** Threads of the process, Node's own included. */
  readonly threads: number;
  /** Open files. */
  readonly files: number;
  /** What is kept of a cell's output. */
  readonly outputKB: number;
}

/** Generous for an exercise, and harmless for the machine. */
export const DEFAULT_LIMITS: Limits = {
  cellSeconds: 10,
  callSeconds: 5,
  totalSeconds: 60,
  cpuSeconds: 60,
  dataMB: 1024,
  heapMB: 512,
  threads: 64,
  files: 256,
  outputKB: 64,
};
