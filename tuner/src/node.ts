/** What needs Node: studies in files, trials in other processes. */
export type { WorkerProgram } from "./execution/worker-contract";
export { type WorkerPoolOptions, workerPool } from "./execution/worker-pool";
export { checkpointFiles } from "./storage/checkpoint-files";
export { openJournal, readJournal, type StudyJournal, studyNames } from "./storage/journal-file";
