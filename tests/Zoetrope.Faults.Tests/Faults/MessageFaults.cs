using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>Texts that must not reach a terminal or a log as they are.</summary>
internal static class MessageFaults
{
    private static readonly (string Name, string Text)[] Texts =
    [
        ("an escape sequence", "\u001b[31mred\u001b[0m\u001b]0;title\u0007"),
        ("C1 controls", "a\u009b31mb\u0085c\u0090d"),
        ("line breaks", "one\r\ntwo\nthree\vfour\ffive"),
        ("line separators", "one\u2028two\u2029three"),
        ("bidi marks", "abc\u202egnp.exe\u202c \u2066x\u2069 \u200f\u200e\u061c"),
        ("invisible characters", "a\u200bb\u2060c\ufeffd\u00ade"),
        ("a zero", "a\u0000b"),
        ("backspaces", "password\b\b\b\b\b\b\b\b        "),
        ("tags", "a\U000E0041\U000E0042b"),
        ("noncharacters", "a\ufffe\uffffb"),
    ];

    public static IEnumerable<Fault> All { get; } =
    [
        .. Texts.Select(text => Error($"a message with {text.Name}", $"{{\"detail\":\"{Escaped(text.Text)}\"}}")),
        .. Texts.Select(
            text => new Fault(
                $"another form with {text.Name}",
                Meaning.OtherForm,
                stage => stage.SendAsync(stage.Good.WithText($"[\"{Escaped(text.Text)}\"]")))),
        .. Texts.Select(
            text => new Fault(
                $"a page with {text.Name}",
                Meaning.Refused,
                stage => stage.SendAsync(new CannedResponse(502, Encoding.UTF8.GetBytes($"<title>{text.Text}</title>"), "text/html"))) { Status = 502 }),
        .. Texts.Select(text => new Fault($"no JSON, with {text.Name}", Meaning.Unusable, stage => stage.SendAsync(stage.Good.WithText(text.Text)))),
        Error("a message with half a character", "{\"detail\":\"a\\ud83d b\\ude00\"}"),
        Error("a type with controls", "{\"detail\":\"no\",\"error_type\":\"a\\u001b[2Jb\\u202ec\"}"),
        Error("a field with controls", "{\"detail\":[{\"loc\":[\"body\",\"a\\u001b[2J\\u202e\"],\"msg\":\"b\\u009b\",\"type\":\"c\\u2028\"}]}"),
        Error("a message of 20 KB", $"{{\"detail\":\"{new string('a', 20_000)}\"}}"),
        Error("a message of 900 KB", $"{{\"detail\":\"{new string('a', 900_000)}\"}}"),
        Error("a type of 20 KB", $"{{\"detail\":\"no\",\"error_type\":\"{new string('a', 20_000)}\"}}"),
        Error("a request id of 20 KB", $"{{\"detail\":\"no\",\"request_id\":\"{new string('a', 20_000)}\"}}"),
        Error("2,000 fields", $"{{\"detail\":[{string.Join(',', Enumerable.Range(0, 2000).Select(Field))}]}}"),
        Error("an error 200 levels deep", string.Concat(Enumerable.Repeat("{\"error\":", 200)) + "\"no\"" + new string('}', 200)),
        new(
            "a status line with controls",
            Meaning.Refused,
            stage => stage.SendAsync(
                OfJson(StatusFaults.ErrorBody, 500) with { StatusLine = "HTTP/1.1 500 \u001b[31m\u0085\u0007" })) { Status = 500, IsProvidersWord = true },
        new("a status line that is none, with controls", Meaning.NoResponse, async stage =>
        {
            await stage.Connection.WriteAsync("HTTX \u001b[31m\u0085\u0007\r\n\r\n");
            await stage.Connection.CloseAsync();
        }),
        new("a status line that is none, of 20 KB", Meaning.NoResponse, async stage =>
        {
            await stage.Connection.WriteAsync($"HTTX {new string('a', 20_000)}\r\n\r\n");
            await stage.Connection.CloseAsync();
        }),
        new("a request id with controls in its header", Meaning.Refused, stage =>
            stage.SendAsync(
                OfJson(StatusFaults.ErrorBody, 500).With(
                    "x-fal-request-id: a\u001b[31mb\u0085",
                    "X-Request-Id: a\u001b[31mb\u0085"))) { Status = 500, IsProvidersWord = true },
    ];

    private static Fault Error(string name, string body) =>
        new(name, Meaning.Refused, stage => stage.SendAsync(OfJson(body, 422))) { Status = 422, IsProvidersWord = true };

    // JSON has no controls but escaped ones; the rest stays as it is.
    private static string Escaped(string text) => string.Concat(text.Select(unit => unit < ' ' ? $"\\u{(int)unit:x4}" : unit.ToString()));

    private static string Field(int number) => $"{{\"loc\":[\"body\",\"f{number}\"],\"msg\":\"wrong\",\"type\":\"t\"}}";
}
