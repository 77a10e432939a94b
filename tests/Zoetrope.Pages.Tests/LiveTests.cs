using System.Buffers.Binary;
using Zoetrope.Cli.Tests;
using Zoetrope.Pages.Tests.Browsers;

namespace Zoetrope.Pages.Tests;

/// <summary>That the page stays true: it says so where it is not, and what a person does with it stays as it is.</summary>
public sealed class LiveTests(Chromium chromium) : PageTest(chromium)
{
    // The overview as a test wants it: `window.respond` decides, where it is set.
    private const string Overview =
        """
        const ask = window.fetch;
        window.fetch = (path, options) => window.respond !== undefined && path.includes("api/overview") ? window.respond(options.signal) : ask(path, options);
        """;

    private const string Never = "new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))";

    [Fact]
    public async Task A_page_that_is_not_responded_to_says_since_when()
    {
        await ImportAsync(new RecordedJob("joba"));
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, script: Overview);
        await window.UntilTextAsync("#connection", "Live");

        await window.Page.EvaluateExpressionAsync($"window.respond = signal => {Never}");

        await window.UntilTextAsync("#connection", "Not updated since");
        Assert.Contains("imported", await window.TextAsync("main"), StringComparison.Ordinal);
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task A_request_that_never_ends_is_given_up_and_sent_again()
    {
        await ImportAsync(new RecordedJob("joba"));
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(
            page, script: $"{Overview} const limit = AbortSignal.timeout; AbortSignal.timeout = time => limit.call(AbortSignal, time / 100);");
        await window.UntilTextAsync("#connection", "Live");

        await window.Page.EvaluateExpressionAsync($"window.respond = signal => {Never}");
        await window.UntilTextAsync("#connection", "Not connected");
        await window.Page.EvaluateExpressionAsync("window.respond = undefined");

        await window.UntilTextAsync("#connection", "Live");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task A_fault_of_the_page_is_not_one_of_the_connection()
    {
        await ImportAsync(new RecordedJob("joba"));
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, script: Overview);
        await window.UntilTextAsync("#connection", "Live");

        await window.Page.EvaluateExpressionAsync("window.respond = () => Promise.resolve(new Response('no JSON'))");
        await window.UntilTextAsync("#connection", "The server responds with 200, and not with JSON.");
        Assert.Empty(window.Errors());
        await window.Page.EvaluateExpressionAsync("window.respond = () => Promise.resolve(new Response('{}'))");

        await window.UntilTextAsync("#connection", "This page has failed");
        Assert.Contains("reduce", Assert.Single(window.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_the_focus_keeps_it_when_others_before_it_go()
    {
        await ImportAsync(new RecordedJob("joba") { State = "in_doubt" }, new RecordedJob("jobb") { State = "in_doubt" });
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, "doubts");
        await window.UntilTextAsync(".summary", "2 jobs in doubt.");
        await window.Page.FocusAsync(".doubts > li:nth-child(2) button");

        (await JobsAsync("resolve", "joba", "--not-accepted", "--yes")).Exits(0);

        await window.UntilTextAsync(".summary", "1 job in doubt.");
        Assert.True(await window.ValueAsync<bool>("document.activeElement.matches('.doubts > li:only-child button')"));
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task An_address_that_is_not_valid_is_that_of_no_job()
    {
        await ImportAsync(new RecordedJob("joba"));
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, "jobs/%E0");

        await window.UntilTextAsync(".problem", "The ledger has no such job.");
        await ShowAsync(window, "jobs");

        await window.UntilTextAsync("tbody", "joba");
    }

    [Fact]
    public async Task Many_videos_leave_the_page_a_connection()
    {
        (await CliProcess.RunAsync(Batch(Shots("wave")))).Exits(0);
        var video = await File.ReadAllBytesAsync(Assert.Single(Directory.EnumerateFiles(Out, "*.mp4")), Token);
        // As large as real ones: the rest is a part that players skip.
        var rest = new byte[24 << 20];
        BinaryPrimitives.WriteInt32BigEndian(rest, rest.Length);
        "free"u8.CopyTo(rest.AsSpan(4));
        string[] files = [.. Enumerable.Range(0, 8).Select(i => Path.Combine(Out, $"large{i}.mp4"))];
        foreach (var file in files)
            await File.WriteAllBytesAsync(file, [.. video, .. rest], Token);
        await ImportAsync(new RecordedJob("joba") { Batch = "large", State = "delivered", Outputs = files });
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, "gallery?batch=large");
        await window.UntilAsync(
            "document.querySelectorAll('video').length === 8 && [...document.querySelectorAll('video')].filter(video => video.readyState >= 1).length >= 6");

        await ImportAsync(new RecordedJob("jobb") { State = "in_doubt" });

        await window.UntilTextAsync("#doubts", "1");
        await window.UntilAsync("[...document.querySelectorAll('video')].every(video => video.readyState >= 1)");
        // What is left out is asked for where it is needed.
        await window.Page.EvaluateExpressionAsync("document.querySelector('video').currentTime = document.querySelector('video').duration / 2");
        await window.UntilAsync("!document.querySelector('video').seeking && document.querySelector('video').currentTime > 0");
        Assert.Empty(window.Errors());
    }
}
