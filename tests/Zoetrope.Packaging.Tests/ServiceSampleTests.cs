using System.Diagnostics;
using System.Net;
using Zoetrope.Pages.Tests.Browsers;
using Zoetrope.Simulator;

namespace Zoetrope.Packaging.Tests;

/// <summary>The sample service as a native program, published when a test first asks for it.</summary>
public sealed class NativeService : IDisposable
{
    private TemporaryFolder? _folder;

    internal async Task<string> PublishedAsync()
    {
        if (_folder is null)
        {
            var folder = new TemporaryFolder();
            await Command.DotnetAsync(Repository.Root, "publish", "samples/Service", "-c", "Release", "-o", folder.Path, "--nologo");
            _folder = folder;
        }
        return Path.Combine(_folder.Path, "Service");
    }

    public void Dispose() => _folder?.Dispose();
}

/// <summary>The sample service, native, and its page in a browser: a person makes a video of a picture.</summary>
public sealed class ServiceSampleTests(Chromium chromium, NativeService service) : IClassFixture<NativeService>
{
    // The first bytes of a PNG: what a picture is recognized by.
    private static readonly byte[] Png =
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 4, 0, 0, 0, 4, 0, 8, 2, 0, 0, 0, 0xF0, 0x7F, 0xBC, 0xD4,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_becomes_a_video_whose_progress_is_seen()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        Native.SkipUnlessAvailable();
        await using var window = await chromium.OpenAsync();
        await using var app = await RunningService.StartAsync(await service.PublishedAsync(), simulator);
        await window.GoAsync(app.Url);
        Assert.Empty(await Accessibility.ViolationsAsync(window));

        await FillAsync(window, "The character walks forward");
        await window.Page.ClickAsync("button:not([type])");

        await window.UntilTextAsync("#status", "The video is being made.");
        await window.UntilTextAsync("#status", "Here it is.");
        Assert.StartsWith(simulator.BaseUrl + "files/", await window.ValueAsync<string>("document.querySelector('video').src"), StringComparison.Ordinal);
        Assert.Contains("100% done.", await window.TextAsync("#log"), StringComparison.Ordinal);
        Assert.Empty(await Accessibility.ViolationsAsync(window));
        await window.PictureAsync("service");
        Assert.Equal((1, 2), (simulator.Submits, simulator.Counts.Uploads));
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task What_is_not_valid_is_shown_and_neither_sent_nor_paid_for()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        Native.SkipUnlessAvailable();
        await using var window = await chromium.OpenAsync();
        await using var app = await RunningService.StartAsync(await service.PublishedAsync(), simulator);
        await window.GoAsync(app.Url);

        await FillAsync(window, "x");
        await window.Page.EvaluateExpressionAsync("document.querySelector('textarea').value = 'x'.repeat(2501)");
        await window.Page.ClickAsync("button:not([type])");

        await window.UntilTextAsync("#status", "prompt");
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task A_job_is_cancelled_and_its_page_says_so()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.FromMinutes(5) }, Token);
        Native.SkipUnlessAvailable();
        await using var window = await chromium.OpenAsync();
        await using var app = await RunningService.StartAsync(await service.PublishedAsync(), simulator);
        await window.GoAsync(app.Url);

        await FillAsync(window, "The character walks forward");
        await window.Page.ClickAsync("button:not([type])");
        await window.UntilTextAsync("#status", "In the queue, 0 ahead.");
        await window.Page.ClickAsync("#cancel");

        await window.UntilTextAsync("#status", "The job was cancelled.");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task A_page_of_another_site_makes_nothing()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        Native.SkipUnlessAvailable();
        await using var app = await RunningService.StartAsync(await service.PublishedAsync(), simulator);
        using var http = new HttpClient();
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Png), "picture", "a.png" }, { new StringContent("x"), "prompt" }, { new StringContent(Guid.NewGuid().ToString()), "id" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Url, "videos")) { Content = form };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(simulator.Requests);
    }

    private static async Task FillAsync(BrowserWindow window, string prompt)
    {
        using var folder = new TemporaryFolder();
        var picture = Path.Combine(folder.Path, "a.png");
        await File.WriteAllBytesAsync(picture, Png, Token);
        var input = await window.Page.QuerySelectorAsync("input[type=file]");
        await input.UploadFileAsync(picture);
        await window.Page.TypeAsync("textarea", prompt);
        // The browser reads it when the form is sent.
        await window.Page.EvaluateFunctionAsync(
            """
            async () => {
              const [input, files] = [document.querySelector("input"), new DataTransfer()];
              files.items.add(new File([await input.files[0].arrayBuffer()], "a.png", { type: "image/png" }));
              input.files = files.files;
            }
            """);
    }

    /// <summary>The service as a process.</summary>
    private sealed class RunningService(Process process, Uri url) : IAsyncDisposable
    {
        public Uri Url => url;

        public static async Task<RunningService> StartAsync(string program, MediaSimulator simulator)
        {
            var start = new ProcessStartInfo(program, ["--urls", "http://127.0.0.1:0"])
            {
                RedirectStandardOutput = true,
                Environment = { ["FAL_KEY"] = "any", ["FAL_BASE_URL"] = simulator.BaseUrl.AbsoluteUri },
            };
            var process = Process.Start(start)!;
            const string Announced = "Now listening on: ";
            while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
            {
                if (line.Contains(Announced, StringComparison.Ordinal))
                    return new RunningService(process, new Uri(line[(line.IndexOf(Announced, StringComparison.Ordinal) + Announced.Length)..].Trim()));
            }
            throw new InvalidOperationException("The service has not started.");
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }
}
