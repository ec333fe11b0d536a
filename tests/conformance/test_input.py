"""Questions to the user, through the front end."""

from __future__ import annotations

from queue import Empty

import pytest
from notebook import Notebook


def asks(kernel: Notebook, code: str, *answers: str) -> tuple[str, list[str]]:
    """What a cell writes when its questions get these answers, and what it asked."""
    ran, asked = kernel.answer_input(kernel.send(code, allow_stdin=True), *answers)
    assert ran.status == "ok", ran.content
    return ran.stdout, [question["prompt"] for question in asked]


def test_prompt_gives_what_the_user_types(kernel: Notebook) -> None:
    written, asked = asks(kernel, "const name1 = prompt('Name: ');\nconsole.log(name1)", "Ada é😀")
    assert written == "Ada é😀\n"
    assert asked[0].startswith("Name: ")


def test_prompt_gives_the_default_for_an_empty_answer(kernel: Notebook) -> None:
    assert asks(kernel, "console.log(prompt('Name: ', 'Bob'))", "")[0] == "Bob\n"


def test_two_prompts_in_a_row(kernel: Notebook) -> None:
    code = "console.log(prompt('one')! + prompt('two'));"
    written, asked = asks(kernel, code, "a", "b")
    assert written == "ab\n"
    assert [text.strip() for text in asked] == ["one", "two"]


def test_prompt_inside_a_function_and_after_an_await(kernel: Notebook) -> None:
    code = "async function ask5() { await null; return prompt('deep'); }\nconsole.log(await ask5());"
    assert asks(kernel, code, "well")[0] == "well\n"


@pytest.mark.parametrize(("answer", "meant"), [("y", "true"), ("n", "false"), ("yes", "true")])
@pytest.mark.one_row
def test_confirm_understands(kernel: Notebook, answer: str, meant: str) -> None:
    assert asks(kernel, "console.log(confirm('Sure?'))", answer)[0] == f"{meant}\n"


def test_alert_waits(kernel: Notebook) -> None:
    assert asks(kernel, "alert('Look'); console.log('seen')", "")[0] == "seen\n"


def test_what_was_written_is_shown_before_the_question(kernel: Notebook) -> None:
    request = kernel.send("console.log('first'); prompt('then');", allow_stdin=True)
    kernel.until_text(request, "first")
    assert kernel.question()["prompt"].startswith("then")
    kernel.client.input("")
    assert kernel.rest(request).status == "ok"


def test_readline_asks(kernel: Notebook) -> None:
    code = (
        "import { createInterface } from 'node:readline/promises';\n"
        "const rl9 = createInterface({ input: process.stdin, output: process.stdout });\n"
        "const said9 = await rl9.question('Your name? ');\nrl9.close();\nconsole.log('hello', said9)"
    )
    request = kernel.send(code, allow_stdin=True)
    ran, _ = kernel.answer_input(request, "Grace")
    assert ran.status == "ok", ran.content
    assert "hello Grace\n" in ran.stdout


def test_readline_asks_twice(kernel: Notebook) -> None:
    code = (
        "import { createInterface as make10 } from 'node:readline/promises';\n"
        "const rl10 = make10({ input: process.stdin, output: process.stdout });\n"
        "const a10 = await rl10.question('a? '), b10 = await rl10.question('b? ');\n"
        "rl10.close();\nconsole.log(a10 + b10)"
    )
    ran, _ = kernel.answer_input(kernel.send(code, allow_stdin=True), "1", "2")
    assert "12\n" in ran.stdout


def test_readline_with_callbacks(kernel: Notebook) -> None:
    code = (
        "import * as readline11 from 'node:readline';\n"
        "const rl11 = readline11.createInterface({ input: process.stdin, output: process.stdout });\n"
        "await new Promise<void>((r) => rl11.question('Go? ', (said) => { console.log('said', said);"
        " rl11.close(); r(); }));"
    )
    ran, _ = kernel.answer_input(kernel.send(code, allow_stdin=True), "on")
    assert "said on\n" in ran.stdout


def test_lines_of_stdin_by_for_await(kernel: Notebook) -> None:
    code = (
        "import { createInterface as make12 } from 'node:readline';\n"
        "const rl12 = make12({ input: process.stdin });\n"
        "for await (const line of rl12) { if (line === 'end') break; console.log('got', line); }\n"
        "rl12.close();"
    )
    ran, _ = kernel.answer_input(kernel.send(code, allow_stdin=True), "a", "b", "end")
    assert ran.status == "ok", ran.content
    assert "got a\ngot b\n" in ran.stdout


def test_a_front_end_without_input_is_not_asked(kernel: Notebook) -> None:
    ran = kernel.run("prompt('nobody there')", allow_stdin=False)
    assert ran.status == "error"
    assert ran.error["ename"] == "StdinNotImplementedError"
    with pytest.raises(Empty):
        kernel.client.get_stdin_msg(timeout=0.2)


def test_readline_ends_where_nobody_can_answer(kernel: Notebook) -> None:
    code = (
        "import { createInterface as make14 } from 'node:readline';\n"
        "for await (const line of make14({ input: process.stdin })) console.log(line);\n"
        "console.log('over')"
    )
    ran = kernel.run(code, allow_stdin=False)
    assert ran.status == "error" or ran.stdout == "over\n"
    with pytest.raises(Empty):
        kernel.client.get_stdin_msg(timeout=0.2)


def test_a_question_is_the_child_of_its_cell(kernel: Notebook) -> None:
    request = kernel.send("prompt('whose')", allow_stdin=True)
    message = kernel.client.get_stdin_msg(timeout=10)
    assert message["parent_header"]["msg_id"] == request
    assert message["content"]["password"] is False
    kernel.client.input("")
    assert kernel.wait(request).status == "ok"


def test_questions_are_answered_while_the_user_is_asked(kernel: Notebook) -> None:
    request = kernel.send("prompt('wait')", allow_stdin=True)
    kernel.question()
    assert kernel.ask("is_complete_request", {"code": "1 +"})["content"]["status"] == "incomplete"
    assert request not in kernel.early_replies
    kernel.client.input("")
    assert kernel.wait(request).status == "ok"


@pytest.mark.ours
def test_a_secret_is_asked_as_a_password(kernel: Notebook) -> None:
    code = 'import { promptSecret } from "@headroom/kernel";\nconsole.log(promptSecret("Token: ").length)'
    ran, [question] = kernel.answer_input(kernel.send(code, allow_stdin=True), "12345")
    assert question["password"] is True
    assert ran.stdout == "5\n"


def test_touching_stdin_asks_for_nothing(kernel: Notebook) -> None:
    kernel.run("process.stdin.isTTY; process.stdin.fd;", allow_stdin=True)
    with pytest.raises(Empty):
        kernel.client.get_stdin_msg(timeout=0.2)
