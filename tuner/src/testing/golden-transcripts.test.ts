import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { replayTranscript } from "./replay-transcript";
import type { Transcript } from "./transcript";

const folder = new URL("../../fixtures/keras-tuner/golden/", import.meta.url);

function read(name: string): Transcript {
  return JSON.parse(readFileSync(fileURLToPath(new URL(name, folder)), "utf8"));
}

const names = readdirSync(folder).filter((name) => /^(lecture|random|grid-|hyperband)/.test(name));

describe("Keras Tuner's recorded runs", () => {
  it.each(names)("%s is replayed without a difference", (name) => {
    expect(replayTranscript(read(name))).toEqual([]);
  });

  it("quirk-grid-keyerror.json is replayed up to the reference's error", () => {
    expect(replayTranscript(read("quirk-grid-keyerror.json"))).toEqual([]);
  });

  it("quirk-grid-reload.json is replayed up to where the reference forgets what is left", () => {
    const transcript = read("quirk-grid-reload.json");
    const upToFault = transcript.events.slice(0, -1);
    expect(
      replayTranscript({ ...transcript, events: upToFault, exact_events: upToFault.length }),
    ).toEqual([]);
    expect(replayTranscript(transcript)).toEqual([
      'event 7 (create) status: ours "RUNNING", the reference\'s "STOPPED"',
      expect.stringContaining('event 7 (create) values: ours {"a":2,"b":false}'),
    ]);
  });

  it("a transcript with one wrong bit is not", () => {
    const transcript = read("lecture-random.json");
    const text = JSON.stringify(transcript).replace('"seed_state":', '"seed_state":1');
    expect(replayTranscript(JSON.parse(text))).toHaveLength(1);
  });
});
