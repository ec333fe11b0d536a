/** An instance of a class, with a private field and a getter, to be printed. */
export class Point {
  #secret = 1;
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
  get sum() {
    return this.x + this.y + this.#secret;
  }
}
