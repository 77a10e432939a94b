using System.Text.Json.Nodes;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Uploads;

namespace Zoetrope.Simulator.Tests.Node;

/// <summary>
/// The same call of <c>@fal-ai/client</c> and of ours, request by request: every difference is a row of the table in <c>docs/testing.md</c>, and every row is
/// a difference.
/// </summary>
public sealed class FalComparisonTests
{
    private const string Nothing = "(none)";

    // What HTTP stacks add by themselves, and what names the connection.
    private static readonly HashSet<string> _ofStack = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "Accept-Language", "Sec-Fetch-Mode", "Pragma", "Cache-Control",
        "traceparent",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static KlingVideoO3ProImageToVideo.Request Input => new() { ImageUrl = Clients.Picture, Prompt = "The character walks forward" };

    private static readonly (string Name, string Script, Func<FalClient, Task> Ours)[] _calls =
    [
        ("run", "await fal.run(model, { input });", fal => fal.RunDirectAsync(KlingVideoO3ProImageToVideo.Endpoint, Input, cancellationToken: Token)),
        ("submit", "await fal.queue.submit(model, { input });", fal => fal.KlingVideoO3ProImageToVideo.SubmitAsync(Input, cancellationToken: Token)),
        ("submit with options",
            """await fal.queue.submit(model, { input, priority: "low", hint: "h", startTimeout: 60, webhookUrl: "https://me.example/hook?a=1" });""",
            fal => fal.KlingVideoO3ProImageToVideo.SubmitAsync(
                Input,
                new FalSubmitOptions
                {
                    Priority = FalPriority.Low, RunnerHint = "h", StartTimeout = TimeSpan.FromMinutes(1), WebhookUrl = new("https://me.example/hook?a=1"),
                },
                Token)),
        ("subscribe",
            "await fal.subscribe(model, { input, logs: true });",
            fal => fal.KlingVideoO3ProImageToVideo.RunAsync(Input, wait: new WaitOptions { IncludeLogs = true }, cancellationToken: Token)),
        ("cancel",
            "const { request_id: requestId } = await fal.queue.submit(model, { input }); await fal.queue.cancel(model, { requestId }).catch(error => error);",
            async fal => await (await fal.KlingVideoO3ProImageToVideo.SubmitAsync(Input, cancellationToken: Token)).CancelAsync(Token)),
        ("stream",
            "const stream = await fal.stream(model, { input }); for await (const part of stream) { } await stream.done();",
            async fal =>
            {
                await foreach (var part in fal.StreamAsync(KlingVideoO3ProImageToVideo.Endpoint, Input).WithCancellation(Token))
                    Assert.NotNull(part);
            }),
        ("upload",
            """await fal.storage.upload(new File(["a file"], "a.txt", { type: "text/plain" }));""",
            fal => fal.Files.UploadAsync(
                UploadFile.FromBytes("a file"u8.ToArray(), "a.txt", "text/plain"), new FalUploadOptions { Route = FalUploadRoute.Presigned }, Token)),
    ];

    [Fact]
    public async Task Every_difference_is_in_the_table_and_every_row_is_one()
    {
        var differences = new List<string>();
        foreach (var (name, script, ours) in _calls)
        {
            var their = await RequestsAsync(simulator => NodePackages.RunAsync(script + "\nprint(0);", simulator.BaseUrl, Token));
            var own = await RequestsAsync(async simulator =>
            {
                using var fal = new FalClient(new() { BaseUrl = simulator.BaseUrl, ApiKey = "id:secret" });
                await ours(fal);
            });
            Assert.True(their.Count == own.Count, $"{name}: {string.Join(", ", their.Select(Line))} and {string.Join(", ", own.Select(Line))}");
            foreach (var (left, right) in their.Zip(own))
                differences.AddRange(Differences(left, right));
        }

        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "testing.md"), Token);
        var rows = page[page.IndexOf("<!-- differences -->", StringComparison.Ordinal)..page.IndexOf("<!-- end of differences -->", StringComparison.Ordinal)]
            .Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();
        Assert.All(rows, row => Assert.True(row.Split('|')[5].Trim().Length > 10, row));
        var listed = rows.Select(row => string.Join('|', row.Split('|')[..5])).ToList();
        var missing = differences.Distinct().Except(listed).ToList();
        Assert.True(missing.Count == 0, "The table lacks:\n" + string.Join('\n', missing));
        Assert.Empty(listed.Except(differences));
    }

    private static async Task<List<RecordedRequest>> RequestsAsync(Func<MediaSimulator, Task> act)
    {
        // Jobs have ended when they are asked for, so that the number of polls is no matter of time.
        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero, WebhookAttempts = 1 }, Token);
        await act(simulator);
        return [.. simulator.Requests];
    }

    private static string Line(RecordedRequest request) => $"{request.Method} {request.Path}{request.Query}";

    /// <summary>The differences of two requests, as rows of the table without its reason.</summary>
    private static IEnumerable<string> Differences(RecordedRequest their, RecordedRequest own)
    {
        var kind = their.Operation.ToString();
        if (their.Operation == SimulatorOperation.Upload)
            kind = their.Method == "POST" ? "Upload (address)" : "Upload (content)";
        if (their.Method != own.Method)
            yield return Row(kind, "method", their.Method, own.Method);
        if (Place(their) != Place(own))
            yield return Row(kind, "path", Place(their), Place(own));
        foreach (var name in their.Headers.Keys.Union(own.Headers.Keys, StringComparer.OrdinalIgnoreCase).Where(name => !_ofStack.Contains(name)).Order())
        {
            var (left, right) = (their.Headers.GetValueOrDefault(name), own.Headers.GetValueOrDefault(name));
            if (left != right)
                yield return Row(kind, name.ToLowerInvariant(), left, right);
        }
        if (!IsSame(their.Body, own.Body))
            yield return Row(kind, "body", their.Body, own.Body);
    }

    private static string Place(RecordedRequest request) => string.Join(
        '/', (request.Path + request.Query.Replace(request.Query.Contains("signature", StringComparison.Ordinal) ? request.Query : "-", ""))
            .Split('/').Select(part => part.Length >= 12 && part.All(c => char.IsAsciiHexDigitLower(c) || c == '-') ? "{id}" : part));

    private static bool IsSame(string left, string right) =>
        left == right || (left.StartsWith('{') && right.StartsWith('{') && JsonNode.DeepEquals(JsonNode.Parse(left), JsonNode.Parse(right)));

    private static string Row(string call, string what, string? left, string? right) => $"| {call} | {what} | {Cell(left)} | {Cell(right)} ";

    // Versions are no difference that a table can hold.
    private static string Cell(string? text) => text is null or ""
        ? Nothing
        : "`" + System.Text.RegularExpressions.Regex.Replace(text, @"(?<=/)\d+\.\d+[^ ]*", "{version}").Replace("|", "\\|") + "`";
}
