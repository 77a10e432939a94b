using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>Errors whose status arrives, and whose body is something of its own.</summary>
internal static class ErrorBodyFaults
{
    private const string Fields = """{"detail":[{"loc":["body","prompt"],"msg":"field required","type":"missing"}]}""";

    public static IEnumerable<Fault> All { get; } =
    [
        Error("422 with fields", 422, OfJson(Fields, 422)) with { IsProvidersWord = true },
        Error("422 with a type", 422, OfJson("""{"detail":"no","error_type":"content_policy_violation"}""", 422)) with { IsProvidersWord = true },
        Error(
            "422 of an envelope",
            422,
            OfJson(
                """{"status":"error","error":{"code":"INPUT_VALIDATION_ERROR","message":"no","details":{"field":"prompt"}}}""",
                422)) with { IsProvidersWord = true },
        Error("500 Internal Server Error of FastAPI", 500, OfJson("""{"detail":"Internal Server Error"}""", 500)) with { IsProvidersWord = true },
        Error("500 with a type", 500, OfJson("""{"detail":"no","error_type":"internal_server_error"}""", 500)) with { IsProvidersWord = true },
        Error("422 [] ", 422, OfJson("[]", 422)),
        Error("422 null", 422, OfJson("null", 422)),
        Error("422 number", 422, OfJson("5", 422)),
        Error("422 text", 422, OfJson("\"no\"", 422)),
        Error("422 empty object", 422, OfJson("{}", 422)),
        Error("422 broken JSON", 422, OfJson("{\"detail\":[{\"loc\":[\"body\"", 422)),
        Error("422 compressed without a question", 422, Zipped(422, Fields)) with { IsProvidersWord = true },
        Error("503 compressed page", 503, ZippedPage()),
        Error(
            "422 compressed, of an unknown kind",
            422,
            new CannedResponse(422, [0x28, 0xB5, 0x2F, 0xFD, .. Encoding.UTF8.GetBytes(Fields)]).With("Content-Encoding: zstd")),
        Error(
            "422 in UTF-16",
            422,
            new CannedResponse(422, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Fields)], "application/json; charset=utf-16")) with { IsProvidersWord = true },
        Error(
            "422 in Latin-1",
            422,
            new CannedResponse(
                422,
                Encoding.Latin1.GetBytes("""{"detail":"caf\u00e9 ferm\u00e9"}"""),
                "application/json; charset=iso-8859-1")) with { IsProvidersWord = true },
        Error("422 with a BOM", 422, new CannedResponse(422, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Fields)])) with { IsProvidersWord = true },
        Error(
            "problem+json",
            409,
            new CannedResponse(
                409,
                Encoding.UTF8.GetBytes("""{"type":"about:blank","title":"Conflict","status":409}"""),
                "application/problem+json")) with { IsProvidersWord = true },
        Error("500 XML", 500, new(500, Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><Error><Code>InternalError</Code></Error>"), "application/xml")),
        Error("503 plain text", 503, OfText("upstream connect error or disconnect/reset before headers", 503)),
        Error("500 binary", 500, new CannedResponse(500, [.. Enumerable.Range(0, 256).Select(unit => (byte)unit)], "application/octet-stream")),
        new("422 whose body breaks off", Meaning.Refused, async stage =>
        {
            await stage.Connection.WriteAsync(
                [.. OfJson(Fields, 422).With(Surroundings.RequestIdHeaders).Head("Content-Length: 4000"), .. Encoding.UTF8.GetBytes(Fields[..30])]);
            await stage.Connection.CloseAsync();
        }) { Status = 422 },
        new("503 whose body is reset", Meaning.Refused, async stage =>
        {
            await stage.Connection.WriteAsync(
                [.. OfJson(Fields, 503).With(Surroundings.RequestIdHeaders).Head("Content-Length: 4000"), .. Encoding.UTF8.GetBytes(Fields[..30])]);
            await Task.Delay(50);
            stage.Connection.Reset();
        }) { Status = 503, MayBeLost = true },
        Stalled("422 whose body stalls", 422),
        Stalled("429 whose body stalls", 429),
        Stalled("503 whose body stalls", 503),
        Stalled("404 whose body stalls", 404),
        new("400 whose body drips", Meaning.Refused, async stage =>
        {
            var response = OfJson(StatusFaults.ErrorBody.PadRight(2000), 400);
            await stage.Connection.WriteAsync(response.Head());
            await stage.Connection.DripAsync(response.Body, 1, TimeSpan.FromMilliseconds(40));
        }) { Status = 400, IsProvidersWord = true },
    ];

    private static Fault Error(string name, int status, CannedResponse response) =>
        new(name, Meaning.Refused, stage => stage.SendAsync(response.With(Surroundings.RequestIdHeaders))) { Status = status };

    private static Fault Stalled(string name, int status) => new(name, Meaning.Refused, async stage =>
    {
        await stage.Connection.WriteAsync(
            [.. OfJson(Fields, status).With(Surroundings.RequestIdHeaders).Head("Content-Length: 4000"), .. Encoding.UTF8.GetBytes(Fields[..30])]);
        await stage.Connection.StallAsync();
    })
    { Status = status };

    private static CannedResponse Zipped(int status, string body) =>
        new CannedResponse(status, EncodingFaults.Gzip(Encoding.UTF8.GetBytes(body))).With("Content-Encoding: gzip");

    private static CannedResponse ZippedPage()
    {
        var page = StatusFaults.Page(503);
        return page with { Body = EncodingFaults.Gzip(page.Body), Headers = ["Content-Encoding: gzip"] };
    }
}
