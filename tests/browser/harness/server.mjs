// The real server: `sada-server` with demo data, on a free port, with a data folder of its own.
import { execFileSync, spawn } from 'node:child_process';
import net from 'node:net';

const freePort = () => new Promise((yes, no) => {
  const probe = net.createServer().once('error', no).listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => yes(port)); });
});

export class Server {
  constructor(settings, data) { Object.assign(this, { settings, data, heard: [], child: null, port: null, task: 'demo' }); }

  /** A log-in as the demo prints it. */
  person(login) {
    const line = this.heard.find(text => new RegExp(`log-in ${login}\\b`).test(text));
    const password = line?.match(/password (\S+)/)?.[1];
    if (!password) throw new Error(`the demo printed no log-in ${login}:\n${this.heard.slice(0, 20).join('\n')}`);
    return { login, password, name: line.match(/password \S+\s+(.*)$/)?.[1] };
  }

  /** The letters of a focal point's key card, as the demo prints them. */
  keyCard(login) {
    const { name } = this.person(login);
    const line = this.heard.find(text => text.startsWith('demo only: key card ') && text.endsWith(`   ${name}`));
    if (!line) throw new Error(`the demo printed no key card of ${login}`);
    return line.slice('demo only: key card '.length, -name.length).trim();
  }

  /** A code for one new device, as the operator makes it beside the running server. */
  enrolmentCode(login) {
    return execFileSync(this.settings.binary, ['user', 'enrol', '--data', this.data, login], { encoding: 'utf8' }).trim();
  }

  get address() { return `http://127.0.0.1:${this.port}`; }
  isRunning() { return this.child !== null; }

  /** Starts, or starts again on the same port over the same data; resolves when it says it listens. `task` may be `serve`: the demo's data under a deployment's rules. */
  async start(...more) {
    this.port ??= await freePort();
    const child = spawn(this.settings.binary, [this.task, '--data', this.data, '--listen', `127.0.0.1:${this.port}`, '--web', this.settings.web, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.ended = new Promise(yes => child.once('exit', (code, signal) => { this.child = null; yes({ code, signal }); }));
    const listening = new Promise((yes, no) => {
      const hear = stream => {
        let rest = '';
        stream.setEncoding('utf8').on('data', text => {
          const lines = (rest + text).split('\n');
          rest = lines.pop();
          for (const line of lines) { this.heard.push(line); if (line.includes(this.address)) yes(); }
        });
      };
      hear(child.stdout);
      hear(child.stderr);
      child.once('error', no);
      this.ended.then(end => no(new Error(`the server ended (${JSON.stringify(end)}):\n${this.heard.slice(-15).join('\n')}`)));
    });
    let timer;
    const late = new Promise((_, no) => { timer = setTimeout(() => no(new Error(`the server did not start:\n${this.heard.slice(-15).join('\n')}`)), 600_000); });
    try { await Promise.race([listening, late]); } finally { clearTimeout(timer); }
    await fetch(`${this.address}/api/v1/health`);
  }

  /** Asks it to end, as an operator does; it must end by itself and cleanly. */
  async stop() {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child?.kill('SIGKILL'), 60_000);
    const { code, signal } = await this.ended;
    clearTimeout(timer);
    if (code !== 0) throw new Error(`the server did not end cleanly: ${code ?? signal}`);
  }
}
