"use strict";
// Draws circuits that move along fine-tuning, each node where the page's data say.
const drawCircuits = (() => {
  const { idsOf, scoresOf, linesOf, countsOf } = circuitData;
  const lineChoices = [100, 300, 1000, 3000, 10000];
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const count = (number) => number.toLocaleString("en-US");
  const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

  const draw = (graph) => {
    const host = document.getElementById(graph.id);
    const hint = document.getElementById(`${graph.id}-hint`);
    const names = graph.nodes.names;
    const isSmall = graph.small;
    const decoded = new Map(); // by series its edges' ids; by circuit their scores; by two circuits the lines
    const state = { series: 0, stop: graph.series[0].circuits.length - 1, against: "first", limit: 300, find: "", hidden: new Set() };
    let picture = null;
    let focus = null;

    const once = (key, make) => {
      if (!decoded.has(key)) {
        decoded.set(key, make());
      }
      return decoded.get(key);
    };
    const scores = (stop) => {
      const series = graph.series[state.series];
      const edges = once(`${state.series}`, () => idsOf(series.edges));
      return once(`${state.series}/${stop}`, () => scoresOf(series.circuits[stop], edges));
    };

    const canvas = element("canvas");
    const counts = element("p", { className: "counts" });
    counts.setAttribute("aria-live", "polite");
    host.append(canvas);

    const layout = () => {
      const width = Math.max(host.clientWidth, 160);
      const column = Math.min((width - 8) / (graph.columns + 0.4), 160);
      const row = Math.max(Math.min(column * 0.74, 62), isSmall ? 20 : 26);
      const left = (width - column * (graph.columns - 1)) / 2;
      const height = row * graph.rows;
      return { width, height, column, row, x: (node) => left + graph.nodes.x[node] * column, y: (node) => height - (graph.nodes.y[node] + 0.5) * row };
    };

    const trace = (context, place, line) => {
      const source = Math.floor(line.ends / names.length);
      const target = line.ends % names.length;
      const [x, y, toX, toY] = [place.x(source), place.y(source), place.x(target), place.y(target)];
      context.moveTo(x, y);
      if (Math.abs(x - toX) < 1) {
        // Along a column it must pass the nodes between.
        const rows = (y - toY) / place.row;
        const bend = (place.column / 74) * (10 + 7 * rows) * (names[source][0] === "m" ? -1.5 : 1.5);
        context.quadraticCurveTo(x + bend, (y + toY) / 2, toX, toY);
      } else {
        const middle = (y + toY) / 2;
        context.bezierCurveTo(x, middle, toX, middle, toX, toY);
      }
    };

    const strokeLines = (context, place, lines, strongest, opacity) => {
      const style = getComputedStyle(host);
      for (const kind of ["kept", "removed", "added"]) {
        context.strokeStyle = style.getPropertyValue(`--${kind}`);
        context.setLineDash(kind === "removed" ? [5, 3] : []);
        context.globalAlpha = opacity[kind];
        for (const line of lines) {
          if (line.kind === kind) {
            context.lineWidth = (0.6 + 3.2 * Math.sqrt(line.weight / strongest)) * Math.min(1, place.column / 60 + 0.25);
            context.beginPath();
            trace(context, place, line);
            context.stroke();
          }
        }
      }
      context.globalAlpha = 1;
      context.setLineDash([]);
    };

    const drawNodes = (context, place, kinds, near) => {
      const style = getComputedStyle(host);
      const colour = (name) => style.getPropertyValue(`--${name}`);
      const size = Math.min(place.column * 0.44, place.row * 0.56, 34);
      context.textAlign = "center";
      context.textBaseline = "middle";
      names.forEach((name, node) => {
        const kind = kinds.get(node) ?? "absent";
        const isEnd = name === "input" || name === "logits";
        const [width, height] = [isEnd ? Math.max(size * 1.9, 34) : size * 1.25, size];
        context.globalAlpha = near && !near.has(node) ? 0.25 : kind === "absent" ? 0.55 : 1;
        context.fillStyle = colour("panel");
        context.strokeStyle = kind === "absent" ? colour("edge") : kind === "kept" ? colour("kept") : colour(kind);
        context.lineWidth = kind === "kept" || kind === "absent" ? 1.2 : 2.4;
        context.setLineDash(kind === "absent" ? [2, 2] : kind === "removed" ? [4, 2] : []);
        context.beginPath();
        context.roundRect(place.x(node) - width / 2, place.y(node) - height / 2, width, height, isEnd || name[0] === "m" ? 3 : height / 2);
        context.fill();
        context.stroke();
        if (size > 9) {
          context.fillStyle = kind === "absent" || kind === "kept" ? colour("ink") : colour(kind);
          const label = name.replace(/^a(\d+)\.h/, "$1.");
          context.font = `${Math.min(11, size * 0.5, (1.5 * width) / label.length)}px ${style.fontFamily}`;
          context.fillText(label, place.x(node), place.y(node) + 0.5);
        }
      });
      context.globalAlpha = 1;
      context.setLineDash([]);
    };

    const nodeKinds = (lines) => {
      const [now, then] = [new Set(), new Set()];
      for (const line of lines) {
        const ends = [Math.floor(line.ends / names.length), line.ends % names.length];
        line.isNow && ends.forEach((node) => now.add(node));
        line.wasThen && ends.forEach((node) => then.add(node));
      }
      const kinds = new Map();
      then.forEach((node) => kinds.set(node, now.has(node) ? "kept" : "removed"));
      now.forEach((node) => kinds.set(node, then.has(node) ? "kept" : "added"));
      return kinds;
    };

    // The whole picture, kept so that pointing at a node repaints little.
    const render = () => {
      const series = graph.series[state.series];
      const before = state.against === "first" ? 0 : Math.max(state.stop - 1, 0);
      const [now, then] = [scores(state.stop), scores(before)];
      const all = once(`${state.series}/${before}-${state.stop}`, () => linesOf(now, then));
      const allowed = all.filter((line) => !state.hidden.has(line.kind));
      const shown = allowed.slice(0, state.limit);
      const place = layout();
      const sheet = element("canvas", { width: place.width * devicePixelRatio, height: place.height * devicePixelRatio });
      const context = sheet.getContext("2d");
      context.scale(devicePixelRatio, devicePixelRatio);
      const strongest = Math.max(all[0]?.weight ?? 0, Number.MIN_VALUE);
      const dense = shown.length > 600 ? 0.6 : 1;
      strokeLines(context, place, shown, strongest, { kept: 0.34 * dense, removed: 0.75 * dense, added: 0.75 * dense });
      picture = { sheet, place, shown, strongest, kinds: nodeKinds(all) };
      canvas.width = sheet.width;
      canvas.height = sheet.height;
      canvas.style.width = `${place.width}px`;
      canvas.style.height = `${place.height}px`;
      paint();
      const of = countsOf(now, then);
      Object.assign(counts.dataset, of, { lines: shown.length });
      const label = series.circuits[state.stop].name;
      const others = before === state.stop ? "" : ` Against ${series.circuits[before].name}: ${count(of.kept)} kept, ${count(of.added)} added, ${count(of.removed)} removed.`;
      const drawn = shown.length < allowed.length ? ` Drawn are the ${count(shown.length)} strongest of ${plural(allowed.length, "line")}.` : "";
      counts.textContent = `${label}: ${plural(of.edges, "edge")}.${others}${drawn}`;
      host.setAttribute("aria-label", `The circuit of ${series.name}, ${counts.textContent}`);
    };

    const paint = () => {
      const { sheet, place, shown, strongest, kinds } = picture;
      const context = canvas.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.globalAlpha = focus === null ? 1 : 0.12;
      context.drawImage(sheet, 0, 0);
      context.globalAlpha = 1;
      context.scale(devicePixelRatio, devicePixelRatio);
      if (focus === null) {
        drawNodes(context, place, kinds, null);
        hint.textContent = "";
        return;
      }
      const isFrom = (line) => Math.floor(line.ends / names.length) === focus;
      const isTo = (line) => line.ends % names.length === focus;
      const lines = shown.filter((line) => isFrom(line) || isTo(line));
      strokeLines(context, place, lines, strongest, { kept: 0.95, removed: 0.95, added: 0.95 });
      drawNodes(context, place, kinds, new Set([focus, ...lines.flatMap((line) => [Math.floor(line.ends / names.length), line.ends % names.length])]));
      const list = (some, end) =>
        some
          .slice(0, 4)
          .map((line) => `${end(line)}${line.inputs && end === sourceOf ? `<${line.inputs}>` : ""} ${line.kind === "removed" ? "removed" : line.score.toPrecision(3)}`)
          .join(", ") + (some.length > 4 ? "…" : "");
      const sourceOf = (line) => names[Math.floor(line.ends / names.length)];
      const targetOf = (line) => names[line.ends % names.length];
      const [into, out] = [lines.filter(isTo), lines.filter(isFrom)];
      hint.textContent = `${names[focus]}: ${into.length} in${into.length ? ` (${list(into, sourceOf)})` : ""}, ${out.length} out${out.length ? ` (${list(out, targetOf)})` : ""}`;
    };

    const nodeAt = (event) => {
      const box = canvas.getBoundingClientRect();
      const { place } = picture;
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      const node = names.findIndex((_, one) => Math.abs(place.x(one) - x) < place.column * 0.32 && Math.abs(place.y(one) - y) < place.row * 0.36);
      return node < 0 ? null : node;
    };
    const pointAt = (node) => {
      if (node !== focus) {
        focus = node;
        paint();
      }
    };
    const found = () => {
      const node = names.indexOf(state.find.trim());
      return node < 0 ? null : node;
    };
    canvas.addEventListener("pointermove", (event) => pointAt(nodeAt(event) ?? found()));
    canvas.addEventListener("pointerleave", () => pointAt(found()));

    const write = () => circuitControls({ graph, state, host, counts, element, lineChoices, render, search: () => pointAt(found()) });
    isSmall || write();
    render();
    addEventListener("resize", render);
    dark.addEventListener("change", render);
    const root = document.documentElement;
    root.dataset.graphs = Number(root.dataset.graphs || 0) + 1;
  };

  return draw;
})();
