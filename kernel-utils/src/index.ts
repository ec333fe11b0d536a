export { CheckError, DataFileError, type ErrorCode, HeadroomError, InputError } from "./errors";
export type { Label, LabelColumn, NumberColumn, SeriesLike, TensorLike } from "./inputs";
