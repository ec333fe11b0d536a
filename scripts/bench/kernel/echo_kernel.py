"""A kernel that answers everything at once and does nothing: what a client can measure at best.

Usage: echo_kernel.py CONNECTION_FILE
"""

import hashlib
import hmac
import json
import sys
import uuid

import zmq

DELIMITER = b"<IDS|MSG>"


def main(file):
    connection = json.loads(open(file, encoding="utf8").read())
    key = connection["key"].encode()
    context = zmq.Context()
    sockets = {}
    for name, kind in (("shell", zmq.ROUTER), ("control", zmq.ROUTER), ("iopub", zmq.PUB)):
        sockets[name] = context.socket(kind)
        sockets[name].bind(f"tcp://{connection['ip']}:{connection[f'{name}_port']}")

    def send(socket, prefix, kind, parent, content):
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "echo"}
        frames = [json.dumps(part).encode() for part in (header, parent, {}, content)]
        signature = hmac.new(key, b"".join(frames), hashlib.sha256).hexdigest().encode()
        socket.send_multipart([*prefix, DELIMITER, signature, *frames])

    poller = zmq.Poller()
    for name in ("shell", "control"):
        poller.register(sockets[name], zmq.POLLIN)
    while True:
        for socket, _ in poller.poll():
            frames = socket.recv_multipart()
            at = frames.index(DELIMITER)
            parent = json.loads(frames[at + 2])
            kind = parent["msg_type"]
            busy, idle = {"execution_state": "busy"}, {"execution_state": "idle"}
            send(sockets["iopub"], [], "status", parent, busy)
            reply = {"status": "ok", "matches": [], "data": {}}
            send(socket, frames[:at], kind.replace("request", "reply"), parent, reply)
            send(sockets["iopub"], [], "status", parent, idle)
            if kind == "shutdown_request":
                return


main(sys.argv[1])
