using System.Globalization;
using System.Net;
using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>Services that send the key back, in every spelling and in every part of a response.</summary>
internal static class EchoFaults
{
    private static readonly (string Name, Func<string, string> Spell)[] Spellings =
    [
        ("as it is", key => key),
        ("its second half", key => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]),
        ("with JSON escapes", key => string.Concat(key.Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit.ToString() : $"\\u{(int)unit:X4}"))),
        ("with all JSON escapes", key => string.Concat(key.Select(unit => $"\\u{(int)unit:x4}"))),
        ("with slashes as PHP has them", key => key.Replace("/", "\\/", StringComparison.Ordinal)),
        ("for a URL", Uri.EscapeDataString),
        ("for a URL, in small letters", key => string.Concat(key.Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit.ToString() : $"%{(int)unit:x2}"))),
        ("with entities", WebUtility.HtmlEncode),
        ("with decimal entities", key => string.Concat(key.Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit.ToString() : $"&#{(int)unit};"))),
        ("with hexadecimal entities", key => string.Concat(key.Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit.ToString() : $"&#x{(int)unit:X};"))),
        ("in base64", key => Convert.ToBase64String(Encoding.UTF8.GetBytes(key))),
        ("after its scheme", key => $"Key {key}"),
        ("twice escaped", key => string.Concat(key.Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit.ToString() : $"\\\\u{(int)unit:X4}"))),
    ];

    public static IEnumerable<Fault> All { get; } =
    [
        .. Spellings.Select(
            spelling => Error($"the key in an error, {spelling.Name}", key => $"{{\"detail\":\"the key {spelling.Spell(key)} is not valid\"}}")),
        Error("the key as a type", key => $"{{\"detail\":\"no\",\"error_type\":\"{key}\"}}"),
        Error(
            "the key as a field",
            key => $"{{\"detail\":[{{\"loc\":[\"body\",\"{key}\"],\"msg\":\"no {key}\",\"type\":\"{key}\",\"ctx\":{{\"given\":\"{key}\"}}}}]}}"),
        Error("the key as the name of a member", key => $"{{\"errors\":{{\"{key}\":[\"no\"]}}}}"),
        Error("the key as a request id", key => $"{{\"detail\":\"no\",\"request_id\":\"{key}\"}}"),
        Error("the key in an unknown member", key => $"{{\"detail\":\"no\",\"given\":\"{key}\"}}"),
        Error(
            "the key in an envelope",
            key => $"{{\"status\":\"error\",\"error\":{{\"code\":\"X\",\"message\":\"key {key}\",\"details\":{{\"given\":\"{key}\"}}}}}}"),
        Page("the key in a page's title", "<html><head><title>{0}</title></head></html>"),
        Page("the key in a page", "<html><body><pre>Authorization: Key {0}</pre></body></html>"),
        Page("the key alone", "{0}"),
        .. Spellings.Select(spelling => new Fault($"the key in a broken success, {spelling.Name}", Meaning.Unusable, stage =>
            stage.SendAsync(stage.Good.WithText($"{{\"given\":\"{spelling.Spell(stage.Around.Key)}\",\"rest\":")))),
        .. Spellings.Select(spelling => new Fault($"the key in another form, {spelling.Name}", Meaning.OtherForm, stage =>
            stage.SendAsync(stage.Good.WithText($"[\"{spelling.Spell(stage.Around.Key)}\"]")))),
        new(
            "the key as the name of a member of another form",
            Meaning.OtherForm,
            stage => stage.SendAsync(stage.Good.WithText($"{{\"{stage.Around.Key}\":1}}"))),
        new(
            "the key in a page of success",
            Meaning.Unusable,
            stage => stage.SendAsync(stage.Good.WithText($"<html>{WebUtility.HtmlEncode(stage.Around.Key)}</html>") with { ContentType = "text/html" })),
        Head("the key in the status line", stage => $"HTTP/1.1 500 {stage.Around.Key}", []),
        Head("the key in a status line that is none", stage => $"HTTX/1.1 200 {stage.Around.Key}", []) with { Means = Meaning.NoResponse },
        Head("the key as the status", stage => $"HTTP/1.1 {stage.Around.Key}", []) with { Means = Meaning.NoResponse },
        Head("the key in a header", _ => null, ["X-Given: {0}", "WWW-Authenticate: Key realm=\"{0}\"", "Set-Cookie: key={0}", "Warning: 199 - \"{0}\""]),
        Head("the key as the request id's header", _ => null, ["x-fal-request-id: {0}", "X-Request-Id: {0}"]),
        Head("the key as the error type's header", _ => null, ["X-Fal-Error-Type: {0}"]),
        Head("the key as an encoding", _ => null, ["Content-Encoding: {0}"], 200) with { Means = Meaning.Odd },
        Head("the key as a header that is none", _ => null, ["{0}"], 200) with { Means = Meaning.Odd },
        Head("the key as a header's name", _ => null, ["{0}: 1"], 200) with { Means = Meaning.Odd },
        Head("the key as an address", _ => null, ["Location: /{0}"], 302) with { Means = Meaning.Elsewhere },
        Head("the key as a wait", _ => null, ["Retry-After: {0}"], 503),
        new(
            "the key as a content type",
            Meaning.Unusable,
            stage => stage.SendAsync(stage.Good.WithText("no JSON") with { ContentType = $"x/{stage.Around.Key}" })),
        new(
            "the key as a charset",
            Meaning.Unusable,
            stage => stage.SendAsync(stage.Good.WithText("no JSON") with { ContentType = $"application/json; charset={stage.Around.Key}" })),
        new("the key as a chunk's size", Meaning.NoResponse, async stage =>
        {
            await stage.Connection.WriteAsync([.. stage.Good.Head(FramingFaults.Chunked), .. Encoding.ASCII.GetBytes($"{stage.Around.Key}\r\n")]);
            await stage.Connection.CloseAsync();
        }),
        new("the key as a length", Meaning.Odd, async stage =>
        {
            await stage.Connection.WriteAsync([.. stage.Good.Head($"Content-Length: {stage.Around.Key}"), .. stage.Good.Body]);
            await stage.Connection.CloseAsync();
        }),
    ];

    private static Fault Error(string name, Func<string, string> body) =>
        new(name, Meaning.Refused, stage => stage.SendAsync(OfJson(body(stage.Around.Key), 422))) { Status = 422, IsProvidersWord = true };

    private static Fault Page(string name, string page) => new(name, Meaning.Refused, stage =>
        stage.SendAsync(
            new CannedResponse(
                500,
                Encoding.UTF8.GetBytes(string.Format(CultureInfo.InvariantCulture, page, WebUtility.HtmlEncode(stage.Around.Key))),
                "text/html")))
    { Status = 500 };

    private static Fault Head(string name, Func<Stage, string?> line, string[] headers, int status = 500) => new(name, Meaning.Refused, async stage =>
    {
        var response = status < 400 ? stage.Good with { Status = status } : OfJson(StatusFaults.ErrorBody, status);
        await stage.SendAsync(
            response with { StatusLine = line(stage), Headers = Filled(headers, stage.Around.Key) });
        await stage.Connection.CloseAsync();
    })
    { Status = status, IsProvidersWord = status >= 400 };

    private static string[] Filled(string[] headers, string key) => [.. headers.Select(header => string.Format(CultureInfo.InvariantCulture, header, key))];
}
