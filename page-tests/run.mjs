// The page in a real browser, from the first look to a printed dossier. Started by `cargo xtask page`:
//   node run.mjs PROGRAM BROWSER [SHOTS]
// Every check prints a line; with SHOTS pictures in three widths and both themes go into that folder.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [program, browserPath, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PATIENCE = 30_000;
let passed = 0;
const failed = [];

function holds(name, so, why = "") {
  if (so) passed += 1;
  else failed.push(name);
  console.log(`${so ? "ok    " : "FAILED"} ${name}${so || !why ? "" : `: ${why}`}`);
}

/** A server on a port of its own. */
async function serve(...words) {
  const child = spawn(program, [...words, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((done, broken) => {
    let told = "";
    child.stdout.on("data", (bytes) => { told += bytes; const at = told.match(/http:\/\/[^\s/]+/); if (at) done(at[0]); });
    child.on("exit", (code) => broken(new Error(`the program ended with ${code}`)));
  });
  return { address, end: () => child.kill() };
}

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });

/** A page that collects what goes wrong on it. */
async function look(address, { width = 1400, theme = "light" } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 780 : 950 }, colorScheme: theme });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.wrong = [];
  page.on("console", (said) => { if (["error", "warning"].includes(said.type())) page.wrong.push(said.text()); });
  page.on("pageerror", (error) => page.wrong.push(error.message));
  page.on("dialog", (dialog) => { page.wrong.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith(address) && !/^(data|blob|about):/.test(request.url())) page.wrong.push(`asked elsewhere: ${request.url()}`); });
  page.to = async (hash, wait) => { await page.goto(`${address}/${hash}`); await page.waitForSelector(wait); };
  return page;
}

async function audit(page, name) {
  await page.evaluate(axe);
  const told = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const grave = told.violations.filter((v) => ["serious", "critical"].includes(v.impact));
  holds(`axe finds nothing serious: ${name}`, grave.length === 0, grave.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`).join("; "));
}

const calm = (page, name) => { holds(`nothing goes wrong: ${name}`, page.wrong.length === 0, page.wrong.slice(0, 3).join("; ")); page.wrong.length = 0; };

async function journey(address) {
  const page = await look(address);
  const start = Date.now();
  await page.to("", ".card h2 a");
  console.log(`       first useful paint after ${Date.now() - start} ms`);
  holds("the overview has a crisis, its days and its talks", await page.locator(".card .spark svg").count() === 1 && await page.locator(".card .state-words").count() > 0);
  await page.locator(".card h2 a").first().click();
  await page.waitForSelector(".crisis .parts");
  for (const part of ["timeline", "counts", "mediation", "network", "map", "accusations", "disagreements", "who", "reports"]) holds(`a crisis has its section: ${part}`, await page.locator(`section#${part}`).count() === 1);
  calm(page, "overview and crisis");

  await page.locator("#counts .printed .cite").first().click();
  await page.waitForSelector("#reader .s.here mark");
  holds("a click on a count opens its sentence with the words marked", await page.locator("#reader .s.here mark").count() > 0);
  const behind = await page.locator("#reader .behind").innerText();
  holds("beside it: who says so, who says otherwise, the rule", ["Who says so", "Who says otherwise", "Read by", "first teller"].every((w) => behind.includes(w)), behind);
  const kept = page.url();
  holds("the address keeps what is open", kept.includes("open="));
  await page.keyboard.press("Escape");
  holds("Escape closes it and gives the focus back", await page.locator("#reader").isHidden() && await page.evaluate(() => document.activeElement.classList.contains("cite")));
  await page.goto("about:blank");
  await page.goto(kept);
  await page.waitForSelector("#reader .s.here");
  holds("the same address opens the same sentence", true);
  await page.keyboard.press("Escape");

  await page.locator(".policy select").selectOption("own_admission");
  await page.waitForFunction(() => document.querySelector(".policy select")?.value === "own_admission" && document.querySelector(".tally .choice"));
  holds("the policy chooses best numbers and stands in the address", page.url().includes("policy=own_admission") && (await page.locator(".tally .choice").first().innerText()).length > 10);

  const moments = () => page.locator(".course .moment:visible").count();
  const all = await moments();
  await page.locator(".chart").focus();
  for (let n = 0; n < 4; n += 1) await page.keyboard.press("+");
  await page.waitForTimeout(400);
  const fewer = await moments();
  holds("the timeline zooms by keys, its list follows, the address keeps it", fewer < all && page.url().includes("days="), `${all} to ${fewer}`);
  await page.keyboard.press("0");
  holds("0 shows all days again", await moments() === all);
  await page.locator(".course .tools label").first().click();
  holds("a lane can be left out", await moments() < all);

  await page.keyboard.press("Escape");
  await page.locator("h1").click();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  holds("j goes from line to line", await page.evaluate(() => document.activeElement.matches("main .cite")));
  await page.keyboard.press("Enter");
  await page.waitForSelector("#reader .s.here");
  await page.keyboard.press("Escape");

  await page.locator("#network").scrollIntoViewIfNeeded();
  await page.waitForSelector(".net .node");
  await page.locator(".net details summary").click();
  await page.locator(".net details button").first().click();
  holds("a pair of the network opens its happenings", await page.locator(".chosen .moment").count() > 0);
  await page.locator("#map").scrollIntoViewIfNeeded();
  await page.waitForSelector(".map .spot");
  holds("the map has countries and places", await page.locator(".map .land").count() > 3 && await page.locator(".map .spot").count() > 2);
  calm(page, "a crisis in use");

  await page.keyboard.press("/");
  await page.keyboard.type("mediat");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".hits mark");
  holds("search marks the words", (await page.locator(".hits mark").first().innerText()).toLowerCase() === "mediat");
  await page.locator(".hits a").first().click();
  await page.waitForSelector(".report-page .here");
  holds("a report shows what was read in each sentence", await page.locator(".report-page .read li").count() > 3);
  await page.to("#/crisis/crisis-none", ".sorry");
  holds("what is not there says what to do", (await page.locator(".sorry").innerText()).includes("/api/v1/crises"));
  page.wrong.length = 0;
  await page.context().close();
}

async function access(address, crisis) {
  for (const theme of ["light", "dark"]) {
    const page = await look(address, { theme });
    for (const [name, hash, wait] of [["overview", "", ".card"], ["crisis", `#/crisis/${crisis}`, ".crisis"], ["search", "#/search?q=truce", ".search"], ["reports", "#/reports", ".shelf"]]) {
      await page.to(hash, wait);
      await page.waitForTimeout(500);
      if (name === "crisis") { await page.locator("#counts .printed .cite").first().click(); await page.waitForSelector("#reader .s.here"); }
      await audit(page, `${name}, ${theme}`);
    }
    await page.context().close();
  }
  for (const width of [360, 900]) {
    const page = await look(address, { width });
    for (const [name, hash, wait] of [["overview", "", ".card"], ["crisis", `#/crisis/${crisis}`, ".crisis"], ["reports", "#/reports", ".shelf"]]) {
      await page.to(hash, wait);
      await page.waitForTimeout(300);
      holds(`nothing sticks out: ${name}, ${width} wide`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }
    calm(page, `${width} wide`);
    await page.context().close();
  }
}

async function paper(address, crisis) {
  const page = await look(address, { theme: "dark" });
  await page.to(`#/crisis/${crisis}?policy=own_admission`, ".tally .choice");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const printed = await page.evaluate(() => ({ nav: getComputedStyle(document.querySelector(".parts")).display, ground: getComputedStyle(document.documentElement).backgroundColor }));
  holds("on paper there is no navigation, and the ground is white", printed.nav === "none" && printed.ground === "rgb(255, 255, 255)", JSON.stringify(printed));
  holds("a dossier prints", (await page.pdf({ format: "A4" })).length > 20_000);
  await page.context().close();
}

async function hostile() {
  const folder = mkdtempSync(join(tmpdir(), "detente-page-"));
  const attack = "<script>window.hit=1</script><img src=x onerror=\"window.hit=2\"><svg onload=window.hit=3>\u202e javascript:alert(4)";
  const report = (head, text) => `---\ntitle: '${head.replaceAll("'", "")}'\noutlet: '<b onclick=alert(5)>Wire</b>'\nurl: javascript:alert(6)\ndate: 2031-03-05\n---\n${text}\n`;
  const fight = "The Sudanese army said on Tuesday that 12 of its soldiers were killed when the Rapid Support Forces shelled El Fasher. The RSF denied the charge and said that 40 soldiers had died.\n\nEgypt offered to mediate between the army and the RSF, the Egyptian foreign ministry announced in Cairo on Wednesday.";
  writeFileSync(join(folder, "a.md"), report(attack, fight));
  const served = await serve("serve", folder);
  try {
    const page = await look(served.address);
    await page.to("", ".card h2 a");
    await page.locator(".card h2 a").first().click();
    await page.waitForSelector(".crisis #reports table");
    await page.locator(".crisis .line .cite").first().click();
    await page.waitForSelector("#reader .s.here");
    await page.to("#/reports", ".shelf");
    holds("a hostile headline is shown as words", (await page.locator(".shelf").innerText()).includes("<script>"));
    await page.locator(".shelf tbody a").first().click();
    await page.waitForSelector(".report-page");
    holds("no word of a report acts", await page.evaluate(() => window.hit === undefined && !document.querySelector("main a[href^='javascript']")));
    calm(page, "hostile reports");
    await page.to("", ".card");
    await page.waitForTimeout(500);
    writeFileSync(join(folder, "b.md"), report("Army welcomes the offer", "Sudan's army welcomed Egypt's offer to mediate in its war with the Rapid Support Forces, a spokesman said on Thursday."));
    await page.waitForSelector("#news:not([hidden])");
    await page.waitForFunction(() => document.querySelector(".card")?.innerText.includes("2 reports"));
    holds("a new report appears by itself", (await page.locator("#news").innerText()).includes("Army welcomes the offer"));
    await page.context().close();
  } finally {
    served.end();
    rmSync(folder, { recursive: true });
  }
  const empty = mkdtempSync(join(tmpdir(), "detente-page-"));
  const bare = await serve("serve", empty);
  try {
    const page = await look(bare.address);
    await page.to("", ".sorry");
    holds("an empty folder says what to do", (await page.locator(".sorry").innerText()).includes("Put reports"));
    await page.context().close();
  } finally {
    bare.end();
    rmSync(empty, { recursive: true });
  }
}

/** From an empty store to a corrected figure in a printed dossier. */
async function correction() {
  const folder = mkdtempSync(join(tmpdir(), "detente-page-"));
  const store = join(folder, "desk.detente");
  const fight = "The Sudanese army said on Tuesday that 12 of its soldiers were killed when the Rapid Support Forces shelled El Fasher. The RSF denied the charge and said that 40 soldiers had died.\n";
  writeFileSync(join(folder, "a.txt"), fight);
  const added = spawnSync(program, ["add", join(folder, "a.txt"), "--store", store], { encoding: "utf8" });
  holds("a report is added to a new store", added.status === 0, added.stderr);
  const served = await serve("serve", "--store", store);
  try {
    const page = await look(served.address);
    await page.to("", ".card h2 a");
    await page.locator(".card h2 a").first().click();
    await page.waitForSelector("#counts .printed .cite");
    await page.locator("#counts .line", { hasText: "12 of its soldiers" }).locator(".cite").first().click();
    await page.locator(".correct button").click();
    const form = page.locator(".correct form");
    await form.waitFor();
    const options = await form.locator("select[name=fact] option").allInnerTexts();
    await form.locator("select[name=fact]").selectOption({ index: options.findIndex((o) => o.startsWith("count") && o.includes("12")) });
    await form.locator("select[name=ruling]").selectOption("count");
    await form.locator("input[name=count]").fill("15");
    await form.locator("input[name=reason]").fill("The outlet corrected it");
    await form.locator("input[name=author]").fill("Ada");
    await audit(page, "a decision in the making");
    await form.locator("button").first().click();
    await page.waitForSelector("#news:not([hidden])");
    await page.waitForFunction(() => [...document.querySelectorAll("#counts .value")].some((v) => v.textContent === "15"));
    holds("a corrected figure is in the books", true);
    await page.emulateMedia({ media: "print" });
    holds("and in the printed dossier", (await page.pdf({ format: "A4" })).length > 10_000 && (await page.locator("#counts").innerText()).includes("15"));
    await page.emulateMedia({ media: "screen" });
    await page.to("#/decisions", ".shelf");
    holds("the journal tells who, what and why", await page.locator(".shelf").innerText().then((t) => ["Ada", "15", "The outlet corrected it"].every((w) => t.includes(w))));
    await audit(page, "the journal");
    calm(page, "a correction");
    await page.context().close();
  } finally {
    served.end();
    rmSync(folder, { recursive: true });
  }
}

/** Every kind of decision beside a fact, alerts as they come, and the search of a store. */
async function analyst() {
  const folder = mkdtempSync(join(tmpdir(), "detente-page-"));
  const store = join(folder, "desk.detente");
  const put = (name, day, text) => {
    writeFileSync(join(folder, name), `---\noutlet: Harbour Courier\ndate: ${day}\n---\n${text}\n`);
    const added = spawnSync(program, ["add", join(folder, name), "--store", store], { encoding: "utf8" });
    if (added.status !== 0) throw new Error(added.stderr);
  };
  put("a.md", "2031-03-05", "The Sudanese army said on Tuesday that 12 of its soldiers were killed when the Rapid Support Forces shelled El Fasher. Egypt offered to mediate between the army and the RSF, the Egyptian foreign ministry announced in Cairo on Wednesday.");
  put("b.md", "2031-03-12", "The Rapid Support Forces bombed Port Sudan on Monday. Sudan's army welcomed Egypt's offer to mediate in its war with the Rapid Support Forces.");
  const served = await serve("serve", "--store", store);
  try {
    const page = await look(served.address);
    await page.to("#/alerts", ".alerts li.new");
    const unseen = Number(await page.locator("#bell .unseen").innerText());
    holds("alerts are listed, with the number that nobody has seen", unseen > 1 && await page.locator(".alerts li.new").count() === unseen, `${unseen}`);
    await audit(page, "alerts");
    await page.locator(".alerts a.open", { hasText: "offered to mediate" }).first().click();
    await page.waitForSelector("#reader .s.here");
    holds("an alert opens its sentence", (await page.locator("#reader .s.here").innerText()).includes("Egypt offered to mediate"));
    await page.to("#/alerts", ".alerts li.new");
    await page.getByRole("button", { name: "I have seen them" }).click();
    await page.waitForFunction(() => !document.querySelector("#bell .unseen"));
    holds("what was seen is not counted", await page.locator(".alerts li.new").count() === 0);
    holds("the bell says its name and nothing else", (await page.locator("#bell").textContent()).trim() === "Alerts");
    // What the page asks at the news of the edition is answered late, and as it was before the alerts were told.
    const old = await (await fetch(`${served.address}/api/v1/alerts?limit=100`)).json();
    let late = () => {};
    const told = new Promise((done) => { late = done; });
    await page.route("**/api/v1/alerts?*", async (route) => {
      await page.waitForTimeout(2000);
      await route.fulfill({ json: old });
      late();
    }, { times: 1 });
    put("c.md", "2031-03-20", "Sudan closed its border with Chad on Thursday. The RSF threatened to attack Khartoum.");
    await page.waitForSelector("#bell .unseen");
    await page.waitForFunction(() => document.querySelectorAll(".alerts li.new").length > 0);
    holds("a new alert comes by itself", (await page.locator(".alerts li.new").allInnerTexts()).some((t) => t.includes("border")));
    await told;
    holds("and stays", await page.locator(".alerts li.new").count() > 0);
    calm(page, "alerts");

    await page.to("#/search?q=mediat", ".hits mark");
    holds("the search of a store finds words from their beginning", (await page.locator(".hits mark").first().innerText()).toLowerCase().startsWith("mediat") && (await page.locator("h1").innerText()).includes("report"));
    await page.to("#/search?q=%22forces%20bombed%20port%22", ".search");
    await page.waitForFunction(() => document.querySelectorAll(".hits li").length === 1);
    holds("words in quotes stand together", (await page.locator(".hits mark").innerText()) === "Forces bombed Port");

    await page.to("", ".card h2 a");
    await page.locator(".card h2 a").first().click();
    await page.waitForSelector(".crisis #timeline .moment .cite");
    const decide = async (line, { what, ruling, fill = {} }, shows) => {
      await page.keyboard.press("Escape");
      await page.locator(".crisis .line", { hasText: line }).locator(".cite").first().click();
      await page.waitForSelector("#reader .s.here");
      await page.locator(".correct button").first().click();
      const form = page.locator(".correct form");
      await form.waitFor();
      const facts = await form.locator("select[name=fact] option").allInnerTexts();
      await form.locator("select[name=fact]").selectOption({ index: facts.findIndex((o) => o.startsWith(what)) });
      await form.locator("select[name=ruling]").selectOption(ruling);
      for (const [name, value] of Object.entries(fill)) {
        const field = form.locator(`.given [name=${name}]`);
        await field.waitFor();
        if (await field.evaluate((e) => e.tagName) === "INPUT") await field.fill(value);
        else await field.selectOption(value);
      }
      await form.locator("input[name=reason]").fill("Read it again");
      await form.locator("input[name=author]").fill("Ada");
      await form.locator("button").first().click();
      await page.waitForFunction((words) => document.body.innerText.includes("of the journal; the books follow") || document.querySelector(".correct [role=status]")?.textContent.includes(words), shows);
      const said = await page.locator(".correct [role=status]").innerText();
      holds(`decided on the page: ${ruling}`, said.includes("line"), said);
      await page.waitForTimeout(2500);
    };
    await decide("shelled El Fasher", { what: "actor: Rapid", ruling: "name_actor", fill: { name: "RSF of Hemedti" } });
    await page.waitForFunction(() => document.querySelector("h1")?.innerText.includes("RSF of Hemedti") || document.querySelector(".crisis")?.innerText.includes("RSF of Hemedti"));
    holds("an actor that was named is called so in the dossier", true);
    await decide("shelled El Fasher", { what: "event", ruling: "merge", fill: { other: { index: 0 } } });
    await decide("offered to mediate", { what: "step", ruling: "answer", fill: { party: { label: "Sudan" }, answer: "decline" } });
    const lines = async () => {
      const { entries } = await (await fetch(`${served.address}/api/v1/decisions`)).json();
      return entries;
    };
    holds("the journal has them all", (await lines()).length === 3, JSON.stringify((await lines()).map((l) => l.words)));
    // What was merged is one line, in the words of either.
    await decide(/shelled El Fasher|bombed Port Sudan/, { what: "event", ruling: "event", fill: { kind: "COERCE" } });
    await page.to("#/decisions", ".shelf");
    holds("each in words", await page.locator(".shelf").innerText().then((t) => ["RSF of Hemedti", "COERCE"].every((w) => t.includes(w))), await page.locator(".shelf").innerText());
    calm(page, "decisions of every kind");
    await page.context().close();
  } finally {
    served.end();
    rmSync(folder, { recursive: true });
  }
}

/** Pictures to look at. */
async function pictures(address, crisis) {
  mkdirSync(shots, { recursive: true });
  for (const width of [360, 900, 1400]) {
    for (const theme of ["light", "dark"]) {
      const page = await look(address, { width, theme });
      for (const [name, hash, wait] of [["overview", "", ".card"], ["crisis", `#/crisis/${crisis}`, ".crisis"]]) {
        await page.to(hash, wait);
        await page.evaluate(async () => { for (let y = 0; y < document.body.scrollHeight; y += 700) { scrollTo(0, y); await new Promise((r) => setTimeout(r, 50)); } scrollTo(0, 0); });
        await page.waitForTimeout(600);
        await page.screenshot({ path: join(shots, `${name}-${width}-${theme}.png`), fullPage: true });
      }
      await page.context().close();
    }
  }
}

const served = await serve("demo", "--serve");
try {
  const { crises } = await (await fetch(`${served.address}/api/v1/crises`)).json();
  for (const part of [() => journey(served.address), () => access(served.address, crises[0].id), () => paper(served.address, crises[0].id), hostile, correction, analyst, () => shots && pictures(served.address, crises[0].id)]) {
    try { await part(); } catch (error) { holds("a part runs to its end", false, error.stack); }
  }
} finally {
  served.end();
  await browser.close();
}
console.log(`page: ${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
