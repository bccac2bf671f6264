"""The letters that copy something, and what each of them stands for, wherever one is."""

COPIES = {
    "y": "the message, reasoning or tool call",
    "c": "the code block",
    "s": "the line under the cursor",
    "a": "the answer of the turn",
    "t": "the turn as Markdown",
    "b": "the bug block: question, tool call, answer, and the command that opens it",
    "p": "the input parameters of the tool call",
    "r": "the results of the tool call",
    "v": "the value under the cursor",
    "k": "the path of the value under the cursor",
    "i": "the id of the conversation",
    "l": "the link to the conversation",
    "o": "the command that opens the conversation",
    "m": "the conversation as Markdown",
    "j": "the conversation as JSON",
}
"""In the order in which they are offered."""
