/** Something on the internet that stands for "the internet" in a run. */
export interface Target {
  /** What the user typed, or the default's URL. */
  url: string;
  /** IP address or name. */
  host: string;
  isName: boolean;
  port: number;
}
