"use strict";
// Reads the circuits that are packed in the page's data block: of each series the edges of all its circuits once, of each
// circuit which of them it has and how strong they are.
const circuitData = (() => {
  const decades = 8; // a score is its sign and 15 bits of its logarithm, down to 1e-8 of the strongest
  const letters = ["", "q", "k", "v"];

  const bytesOf = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

  // Differences of rising numbers, seven bits a byte, the last byte without the eighth.
  const idsOf = (text) => {
    const ids = [];
    let [id, delta, shift] = [0, 0, 0];
    for (const byte of bytesOf(text)) {
      delta += (byte & 127) * 2 ** shift;
      shift += 7;
      if (byte < 128) {
        ids.push((id += delta));
        [delta, shift] = [0, 0];
      }
    }
    return ids;
  };

  const scoresOf = (packed, edges) => {
    const members = bytesOf(packed.members);
    const values = bytesOf(packed.scores);
    const scores = new Map();
    let at = 0;
    edges.forEach((id, place) => {
      if (members[place >> 3] & (1 << (place & 7))) {
        const level = values[at] | ((values[at + 1] & 127) << 8);
        const size = level === 0 ? 0 : packed.strongest * 10 ** (decades * ((level - 1) / 32766 - 1));
        scores.set(id, values[at + 1] & 128 ? -size : size);
        at += 2;
      }
    });
    return scores;
  };

  // All edges from one node to another are one line, whichever of a head's inputs they end in.
  const linesOf = (now, then) => {
    const lines = new Map();
    const add = (id, score, isNow) => {
      const ends = id >> 2;
      const line = lines.get(ends) ?? { ends, score: 0, strength: 0, was: 0, inputs: "", isNow: false, wasThen: false };
      lines.set(ends, line);
      if (isNow) {
        line.isNow = true;
        line.score += score;
        line.strength += Math.abs(score);
        line.inputs += letters[id & 3];
      } else {
        line.wasThen = true;
        line.was += Math.abs(score);
      }
    };
    now.forEach((score, id) => add(id, score, true));
    then.forEach((score, id) => add(id, score, false));
    for (const line of lines.values()) {
      line.kind = !line.isNow ? "removed" : line.wasThen ? "kept" : "added";
      line.weight = line.isNow ? line.strength : line.was;
    }
    return [...lines.values()].sort((a, b) => b.weight - a.weight || a.ends - b.ends);
  };

  const countsOf = (now, then) => {
    let kept = 0;
    now.forEach((_, id) => (kept += then.has(id)));
    return { edges: now.size, kept, added: now.size - kept, removed: then.size - kept };
  };

  return { idsOf, scoresOf, linesOf, countsOf };
})();
