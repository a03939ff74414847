"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = id => document.getElementById(id);
  const pictures = [...document.querySelectorAll("#stage>svg")];
  let language = data.language, level = 0, step = 0, picked = null, timer = 0, zoom = 0;

  const view = () => data.levels[level];
  const say = (key, ...parts) => data.words[key][language].replace(/\{(\d)\}/g, (_, i) => parts[i]);
  const make = (tag, look, text) => {
    const element = document.createElement(tag);
    if (look) element.className = look;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // Numbers as in the texts: six significant digits.
  const number = value => {
    if (typeof value === "string") return value.replace("Infinity", "∞");
    if (value === 0) return "0";
    const size = Math.abs(value);
    if (size >= 1e6 || size < 1e-4) return value.toExponential(5).replace(/\.?0+e/, "e").replace("e+", "e");
    return String(Number(value.toPrecision(6)));
  };
  const brief = summary => {
    if (!summary) return "";
    if (!summary.elements) return say("moreElements", summary.shape.join("×"), number(summary.min), number(summary.max), number(summary.mean), number(summary.norm));
    if (summary.elements.length === 1) return number(summary.elements[0]);
    return nested(summary.shape, summary.elements.map(number));
  };
  const nested = (shape, texts) => {
    let next = 0;
    const write = axis => axis === shape.length ? texts[next++] : "[" + Array.from({ length: shape[axis] }, () => write(axis + 1)).join(", ") + "]";
    return write(0);
  };

  // What is seen after a number of steps: values of nodes that have computed, gradients of edges that have been walked.
  const show = () => {
    const picture = pictures[level], steps = view().steps, isEnd = step === steps.length;
    const nodeAt = new Map(), edgeAt = new Map(), startAt = new Map();
    steps.forEach((one, i) => {
      if (one.forward) nodeAt.set(one.node, i);
      else if (one.edges.length === 0) startAt.set(one.node, i);
      else one.edges.forEach(edge => edgeAt.set(edge, i));
    });
    const now = step > 0 ? steps[step - 1] : null;
    const hasRun = node => !nodeAt.has(node) || nodeAt.get(node) < step;
    const wasWalked = edge => edgeAt.has(edge) && edgeAt.get(edge) < step;
    const mark = (element, forward, backward) => {
      element.classList.toggle("now-forward", !isEnd && forward);
      element.classList.toggle("now-backward", !isEnd && backward);
    };
    picture.querySelectorAll(".edge").forEach(element => {
      const edge = element.dataset.edge === undefined ? null : Number(element.dataset.edge);
      const from = edge === null ? Number(element.dataset.result) : view().graph.edges[edge].from;
      const gradient = edge === null ? startAt.has(from) && startAt.get(from) < step : wasWalked(edge);
      element.classList.toggle("wait", !hasRun(from));
      element.querySelector(".value")?.classList.toggle("unseen", !hasRun(from));
      element.querySelector(".gradient")?.classList.toggle("unseen", !gradient);
      const isNow = now !== null && (edge === null ? !now.forward && now.edges.length === 0 && now.node === from : now.edges.includes(edge));
      mark(element, isNow && now.forward, isNow && !now.forward);
    });
    picture.querySelectorAll(".node").forEach(element => {
      const node = Number(element.dataset.node);
      element.classList.toggle("wait", !hasRun(node));
      element.classList.toggle("picked", node === picked);
      const isNow = now !== null && now.node === node;
      mark(element, isNow && now.forward, isNow && !now.forward);
      element.querySelector(".sum")?.classList.toggle("unseen",
        view().graph.edges.some((edge, i) => edge.from === node && edge.downstream && !wasWalked(i)));
      if (isNow && !isEnd) follow(element);
    });
    const phase = at("phase");
    phase.className = now ? (now.forward ? "forward" : "backward") : "";
    phase.textContent = now ? say(now.forward ? "forwardPass" : "backwardPass") : "";
    at("step").textContent = now ? now[language] : say("start");
    const node = now && view().graph.nodes.find(one => one.id === now.node);
    at("meaning").textContent = node && !now.forward && now.edges.length > 0 && data.patterns[node.pattern] ? data.patterns[node.pattern].means[language] : "";
    at("position").textContent = `${step} / ${steps.length}`;
    const forward = steps.filter(one => one.forward).length;
    at("track-forward").style.flex = forward;
    at("track-backward").style.flex = steps.length - forward;
    at("track-backward").hidden = steps.length === forward;
    at("track-now").style.left = `${100 * step / Math.max(1, steps.length)}%`;
    at("rewind").disabled = at("back").disabled = step === 0;
    at("end").disabled = at("on").disabled = isEnd;
  };

  const follow = element => {
    const stage = at("stage").getBoundingClientRect(), box = element.getBoundingClientRect();
    if (box.left < stage.left + 20 || box.right > stage.right - 20 || box.top < stage.top + 10 || box.bottom > stage.bottom - 10)
      at("stage").scrollBy({ left: (box.left + box.right - stage.left - stage.right) / 2, top: (box.top + box.bottom - stage.top - stage.bottom) / 2, behavior: "smooth" });
  };

  const summarised = (list, name, look, summary) => {
    if (!summary) return;
    list.append(make("dt", "", name));
    const cell = make("dd", look);
    if (summary.elements && summary.shape.length === 2 && summary.elements.length > 1) {
      const table = make("table");
      for (let row = 0; row < summary.shape[0]; row++) {
        const line = make("tr");
        for (let column = 0; column < summary.shape[1]; column++) {
          const value = summary.elements[row * summary.shape[1] + column];
          const box = make("td", "", number(value));
          const size = Math.max(Math.abs(summary.min), Math.abs(summary.max)) || 1;
          if (typeof value === "number") box.style.background = `color-mix(in srgb, currentColor ${Math.round(28 * Math.abs(value) / size)}%, transparent)`;
          line.append(box);
        }
        table.append(line);
      }
      cell.append(table);
    } else {
      cell.append(make("span", "mono", brief(summary)));
      if (!summary.elements || summary.elements.length > 8) {
        const bars = make("div", "bars"), most = Math.max(...summary.histogram, 1);
        bars.setAttribute("role", "img");
        bars.setAttribute("aria-label", `${say("histogram")}: ${summary.histogram.join(", ")}`);
        summary.histogram.forEach(count => {
          const bar = make("i");
          bar.style.height = `${100 * count / most}%`;
          bars.append(bar);
        });
        cell.append(bars);
      }
    }
    if (summary.nonFinite) cell.append(make("div", "", say("notFinite", summary.nonFinite)));
    list.append(cell);
  };

  const tell = () => {
    const panel = at("details"), graph = view().graph;
    panel.replaceChildren();
    const node = graph.nodes.find(one => one.id === picked);
    if (!node) {
      panel.append(make("p", "", say("pickNode")));
      return;
    }
    panel.append(make("h2", "mono", node.formula ? `${node.name} = ${node.formula}` : node.name));
    const list = make("dl");
    const row = (name, text) => list.append(make("dt", "", name), make("dd", "", text));
    row(say(node.kind), node.operation || node.name);
    row(say("shape"), `${node.dtype} [${node.shape.join(", ")}]`);
    summarised(list, say("value"), "is-value", node.value);
    summarised(list, say("gradient"), "is-down", node.gradient);
    const pattern = data.patterns[node.pattern];
    if (pattern) row(pattern.name[language], pattern.means[language]);
    if (node.uses > 1 && node.gradient) row(`${say("copy")}: ${say("adder")}`, data.adder[language]);
    panel.append(list);
    const nameOf = id => graph.nodes.find(one => one.id === id).name;
    graph.edges.filter(edge => edge.to === picked).forEach(edge => {
      panel.append(make("h3", "mono", `${nameOf(edge.from)} → ${node.name}`));
      const inner = make("dl");
      summarised(inner, say("value"), "is-value", edge.value);
      if (edge.local) summarised(inner, edge.local.kind === "jacobian" ? `${say("local")} (${say("jacobian")})` : say("local"), "is-local", edge.local.values);
      summarised(inner, say("upstream"), "is-up", edge.upstream);
      summarised(inner, say("downstream"), "is-down", edge.downstream);
      panel.append(inner);
    });
  };

  const fit = () => {
    const picture = pictures[level], stage = at("stage"), box = picture.viewBox.baseVal;
    const room = Math.min((stage.clientWidth - 4) / box.width, (0.62 * innerHeight - 20) / box.height);
    zoom = Math.min(1.5, Math.max(room, 0.9));
    size();
  };
  const size = () => {
    const picture = pictures[level], box = picture.viewBox.baseVal;
    picture.setAttribute("width", box.width * zoom);
    picture.setAttribute("height", box.height * zoom);
  };
  const rescale = factor => {
    zoom = Math.min(4, Math.max(0.1, zoom * factor));
    size();
  };

  const choose = next => {
    level = next;
    pictures.forEach((picture, i) => { picture.hidden = i !== level; if (i === level) picture.removeAttribute("hidden"); else picture.setAttribute("hidden", ""); });
    [...at("levels").children].forEach((button, i) => button.setAttribute("aria-pressed", i === level));
    at("counts").textContent = say("nodes", view().graph.nodes.length, view().graph.edges.length);
    step = view().steps.length;
    if (!view().graph.nodes.some(node => node.id === picked)) picked = null;
    fit();
    show();
    tell();
    at("story").textContent = view().story[language];
  };

  const go = to => {
    step = Math.min(view().steps.length, Math.max(0, to));
    if (step === view().steps.length) stop();
    show();
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    dress();
  };
  const play = () => {
    if (timer) return stop();
    if (step === view().steps.length) go(0);
    timer = setInterval(() => go(step + 1), 1400);
    dress();
    go(step + 1);
  };
  const dress = () => {
    at("play-shape").setAttribute("d", timer ? "M7 5v14M17 5v14" : "M8 5v14l11-7z");
    at("play").setAttribute("aria-label", say(timer ? "pause" : "play"));
    at("play").title = say(timer ? "pause" : "play");
  };

  const translate = () => {
    document.documentElement.lang = language;
    at("language").textContent = language === "ko" ? "English" : "한국어";
    at("language").lang = language === "ko" ? "en" : "ko";
    [["rewind", "rewind"], ["back", "stepBack"], ["on", "stepOn"], ["end", "toTheEnd"], ["smaller", "zoomOut"], ["larger", "zoomIn"], ["theme", "theme"]]
      .forEach(([id, word]) => { at(id).setAttribute("aria-label", say(word)); at(id).title = say(word); });
    [["fit", "zoomFit"], ["save-svg", "saveSvg"], ["save-png", "savePng"], ["keys", "keys"], ["all-steps", "allSteps"]]
      .forEach(([id, word]) => { at(id).textContent = say(word); });
    at("levels").setAttribute("aria-label", say("detail"));
    [...at("levels").children].forEach((button, i) => { button.textContent = say(data.levels[i].name); });
    at("legend").replaceChildren(...[["is-value", "value"], ["is-local", "local"], ["is-up", "upstream"], ["is-down", "downstream"]]
      .map(([look, word]) => make("li", look, `● ${say(word)}`)));
    pictures.forEach((picture, i) => {
      picture.setAttribute("aria-label", say("graphOf", data.title, data.levels[i].graph.nodes.length, data.levels[i].graph.edges.length));
      picture.querySelectorAll(".node").forEach(element => {
        const node = data.levels[i].graph.nodes.find(one => one.id === Number(element.dataset.node));
        const text = [node.formula ? `${node.name} = ${node.formula}` : `${say(node.kind)} ${node.name}`,
          node.value ? `${say("value")} ${brief(node.value)}` : "", node.gradient ? `${say("gradient")} ${brief(node.gradient)}` : ""].filter(Boolean).join(", ");
        element.setAttribute("aria-label", text);
        element.querySelector("title").textContent = text;
      });
    });
    at("stage").setAttribute("aria-label", pictures[level].getAttribute("aria-label"));
    at("counts").textContent = say("nodes", view().graph.nodes.length, view().graph.edges.length);
    at("story").textContent = view().story[language];
    dress();
    show();
    tell();
  };

  // A saved picture shows everything, in the light colours that its own stylesheet falls back to.
  const drawing = () => {
    const copy = pictures[level].cloneNode(true), box = pictures[level].viewBox.baseVal;
    copy.querySelectorAll("*").forEach(element => ["wait", "unseen", "now-forward", "now-backward", "picked"].forEach(look => element.classList.remove(look)));
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    return new XMLSerializer().serializeToString(copy);
  };
  const save = (blob, name) => {
    const link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const savePng = () => {
    const box = pictures[level].viewBox.baseVal, image = new Image();
    const scale = Math.min(2, 16000 / Math.max(box.width, box.height));
    image.onload = () => {
      const canvas = make("canvas");
      canvas.width = Math.ceil(box.width * scale);
      canvas.height = Math.ceil(box.height * scale);
      const context = canvas.getContext("2d");
      context.scale(scale, scale);
      context.drawImage(image, 0, 0);
      canvas.toBlob(blob => save(blob, "graph.png"), "image/png");
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing())}`;
  };

  data.levels.forEach((one, i) => {
    const button = make("button");
    button.type = "button";
    button.onclick = () => { stop(); choose(i); };
    at("levels").append(button);
  });
  at("levels").hidden = data.levels.length < 2;
  pictures.forEach(picture => {
    picture.setAttribute("role", "group");
    picture.querySelectorAll(".node").forEach(element => {
      element.setAttribute("role", "button");
      element.setAttribute("tabindex", "0");
      const pick = () => { picked = Number(element.dataset.node); show(); tell(); };
      element.addEventListener("click", pick);
      element.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); pick(); } });
    });
  });
  at("rewind").onclick = () => { stop(); go(0); };
  at("back").onclick = () => { stop(); go(step - 1); };
  at("on").onclick = () => { stop(); go(step + 1); };
  at("end").onclick = () => { stop(); go(view().steps.length); };
  at("play").onclick = play;
  at("smaller").onclick = () => rescale(1 / 1.25);
  at("larger").onclick = () => rescale(1.25);
  at("fit").onclick = fit;
  at("language").onclick = () => { language = language === "ko" ? "en" : "ko"; translate(); };
  at("theme").onclick = () => { document.documentElement.dataset.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark"; };
  at("save-svg").onclick = () => save(new Blob([drawing()], { type: "image/svg+xml" }), "graph.svg");
  at("save-png").onclick = savePng;
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = { ArrowLeft: () => go(step - 1), ArrowRight: () => go(step + 1), Home: () => go(0), End: () => go(view().steps.length) }[event.key];
    if (key) { event.preventDefault(); stop(); key(); }
    else if (event.key === " " && !(event.target instanceof HTMLButtonElement) && event.target.tagName !== "SUMMARY") { event.preventDefault(); play(); }
  });
  addEventListener("resize", fit);
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  choose(level);
  translate();
})();
