// Starting and stopping `catalyse serve --demo` for tests: a store that exists is gone on with.
import { spawn } from "node:child_process";

// Whatever ends a test, no server stays behind.
const running = new Set();
process.on("exit", () => running.forEach((server) => server.kill("SIGKILL")));

// Returns the server, the link that it prints, and where it listens.
export function start(program, options) {
  const server = spawn(program, ["serve", "--demo", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  running.add(server);
  server.on("exit", () => running.delete(server));
  let talk = "";
  server.stderr.on("data", (bytes) => { talk += bytes; });
  return new Promise((done, fail) => {
    server.on("exit", (code) => fail(new Error(`the server ended with ${code}: ${talk}`)));
    server.stdout.on("data", (bytes) => {
      const link = String(bytes).trim();
      if (link.startsWith("http")) done({ server, link, base: new URL(link).origin });
    });
  });
}

export const stop = (server, signal = "SIGINT") => new Promise((done) => {
  server.removeAllListeners("exit");
  server.on("exit", () => {
    running.delete(server);
    done();
  });
  server.kill(signal);
});
