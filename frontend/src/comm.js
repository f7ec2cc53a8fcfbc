// A line to the kernel over a widget's own messages, in JupyterLab. It is open as long as the notebook is.

export class Comm {
  constructor(model) {
    this.model = model;
    this.state = "open";
    this.listeners = { reply: [], push: [], state: [] };
    model.on("msg:custom", (reply) => {
      for (const listener of this.listeners[(reply.reply ?? null) === null ? "push" : "reply"]) listener(reply);
    });
  }

  on(event, listener) {
    this.listeners[event]?.push(listener);
  }

  off(event, listener) {
    this.listeners[event] = this.listeners[event]?.filter((one) => one !== listener);
  }

  send(action) {
    this.model.send(action);
    return true;
  }
}
