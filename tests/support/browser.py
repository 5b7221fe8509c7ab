"""Opens an exported page in headless Chromium over its debugging pipe, and says as JSON what happened:
errors in the console, what folds, sorts and filters, how wide it is on a phone, and the pages of its PDF.

Usage: browser.py CHROMIUM PAGE PROFILE. Exit 77: the browser could not be used at all."""
import base64, json, os, re, select, subprocess, sys

CHROMIUM, PAGE, PROFILE = sys.argv[1:4]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--remote-debugging-pipe", "--user-data-dir=" + PROFILE, "about:blank"]
# Only a browser that hangs is waited for so long.
PATIENCE = 120


class Gone(Exception):
    """The browser ended, or does not answer."""


class Browser:
    def __init__(self):
        (theirs, self.out), (self.into, answers) = os.pipe(), os.pipe()

        def place():
            a, b = os.dup(theirs), os.dup(answers)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen([CHROMIUM, *FLAGS], preexec_fn=place, pass_fds=(3, 4),
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        os.close(theirs)
        os.close(answers)
        self.events, self.rest, self.number, self.session = [], b"", 0, None

    def message(self):
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.into], [], [], PATIENCE)
            piece = os.read(self.into, 1 << 20) if ready else b""
            if not piece:
                raise Gone
            self.rest += piece
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def call(self, method, **params):
        self.number += 1
        asked = {"id": self.number, "method": method, "params": params}
        if self.session:
            asked["sessionId"] = self.session
        try:
            os.write(self.out, json.dumps(asked).encode() + b"\0")
        except BrokenPipeError:
            raise Gone
        while True:
            said = self.message()
            if said.get("id") == self.number:
                return said.get("result", {})
            self.events.append(said)

    def wait(self, event):
        while not any(said.get("method") == event for said in self.events):
            self.events.append(self.message())

    def value(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return result.get("result", {}).get("value")


def trial(browser):
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    browser.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "Log"):
        browser.call(domain + ".enable")
    browser.call("Page.navigate", url="file://" + PAGE)
    browser.wait("Page.loadEventFired")
    first = "[...document.querySelectorAll('table.sorted')].pop().tBodies[0].rows[0].cells[%d].textContent.trim()"
    click = "[...document.querySelectorAll('table.sorted')].pop().tHead.rows[0].cells[%d].querySelector('button').click()"
    said = {"before": browser.value(first % 0)}
    browser.value((click % 0) + ";" + (click % 0))
    said["descending"] = browser.value(first % 0)
    browser.value(click % 0)
    said["ascending"] = browser.value(first % 0)
    said["filtered"] = browser.value("""(() => {
        const words = document.querySelector('.tools input');
        words.value = '锂电池'; words.dispatchEvent(new Event('input'));
        const shown = document.querySelector('.tools output').textContent;
        words.value = ''; words.dispatchEvent(new Event('input'));
        return shown; })()""")
    said["folds"] = browser.value("""(() => {
        const one = document.querySelector('details.chapter'), was = one.open;
        one.querySelector('summary').click();
        return was !== one.open; })()""")
    browser.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    said["phone"] = browser.value("document.documentElement.scrollWidth")
    browser.call("Emulation.clearDeviceMetricsOverride")
    paper = browser.call("Page.printToPDF", preferCSSPageSize=True)
    paper = base64.b64decode(paper["data"])
    said["pages"] = len(re.findall(rb"/Type\s*/Page\b(?!s)", paper))
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    said["paper"] = [round(float(side)) for side in box.groups()] if box else None
    wrong = ("Runtime.exceptionThrown", "Log.entryAdded")
    errors = [e for e in browser.events if e.get("method") in wrong]
    errors += [e for e in browser.events if e.get("method") == "Runtime.consoleAPICalled"]
    said["errors"] = [json.dumps(e["params"], ensure_ascii=False)[:400] for e in errors]
    return said


browser = Browser()
try:
    print(json.dumps(trial(browser), ensure_ascii=False))
except Gone:
    sys.exit(77)
finally:
    browser.process.kill()
    browser.process.wait()
