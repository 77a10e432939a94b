using System.Net;
using Zoetrope.Pages.Tests.Browsers;
using Zoetrope.Simulator;

namespace Zoetrope.Packaging.Tests.Samples;

/// <summary>The sample service, native, and its page in a browser: a person makes a video of a picture.</summary>
public sealed class ServiceSampleTests(Chromium chromium, PackedPackages packages, SampleProjects samples)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_becomes_a_video_whose_progress_is_seen()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        await using var window = await chromium.OpenAsync();
        await using var app = await RunningService.StartAsync(await ServiceAsync(), simulator);
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
        await using var window = await chromium.OpenAsync();
        await using var app = await RunningService.StartAsync(await ServiceAsync(), simulator);
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
        await using var window = await chromium.OpenAsync();
        await using var app = await RunningService.StartAsync(await ServiceAsync(), simulator);
        await window.GoAsync(app.Url);

        await FillAsync(window, "The character walks forward");
        await window.Page.ClickAsync("button:not([type])");
        await window.UntilTextAsync("#status", "In the queue, 0 ahead.");
        await window.Page.ClickAsync("#cancel");

        await window.UntilTextAsync("#status", "The job was canceled.");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task A_page_of_another_site_makes_nothing()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        await using var app = await RunningService.StartAsync(await ServiceAsync(), simulator);
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.Forbidden, await OrderAsync(http, app, "cross-site", Guid.NewGuid()));
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task A_webhook_brings_the_video_of_a_job_that_no_page_watches()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, Token);
        var url = FakeServer.Nowhere();
        await using var app = await RunningService.StartAsync(
            await ServiceAsync(), simulator, "--urls", url.AbsoluteUri, "--PublicUrl", url.AbsoluteUri, "--FalUserId", "simulator");
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var id = Guid.NewGuid();
        Assert.Equal(HttpStatusCode.OK, await OrderAsync(http, app, "same-origin", id));

        await app.LineAsync("is ready.");
        using var video = await http.GetAsync(new Uri(app.Url, $"videos/{id}"), Token);

        Assert.Equal(HttpStatusCode.Redirect, video.StatusCode);
        Assert.StartsWith(simulator.BaseUrl + "files/", video.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        using var unsigned = await http.PostAsync(new Uri(app.Url, "hooks/fal"), new StringContent("{}"), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
    }

    [Fact]
    public async Task An_order_whose_submit_is_in_doubt_is_not_sent_again()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new() { Kind = FaultKind.Reset, CarryOut = true, Operation = SimulatorOperation.Submit, Times = int.MaxValue });
        await using var app = await RunningService.StartAsync(await ServiceAsync(), simulator);
        using var http = new HttpClient();
        var id = Guid.NewGuid();

        Assert.Equal(HttpStatusCode.Conflict, await OrderAsync(http, app, "same-origin", id));
        Assert.Equal(HttpStatusCode.Conflict, await OrderAsync(http, app, "same-origin", id));

        using var known = await http.GetAsync(new Uri(app.Url, $"videos/{id}"), Token);
        Assert.Equal(HttpStatusCode.Conflict, known.StatusCode);
        Assert.Equal(1, simulator.Submits);
    }

    private static async Task<HttpStatusCode> OrderAsync(HttpClient http, RunningService app, string site, Guid id)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(SampleTests.Png), "picture", "a.png" },
            { new StringContent("The character walks forward"), "prompt" },
            { new StringContent(id.ToString()), "id" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Url, "videos")) { Content = form };
        request.Headers.Add("Sec-Fetch-Site", site);
        using var response = await http.SendAsync(request, Token);
        return response.StatusCode;
    }

    private static async Task FillAsync(BrowserWindow window, string prompt)
    {
        using var folder = new TemporaryFolder();
        var picture = Path.Combine(folder.Path, "a.png");
        await File.WriteAllBytesAsync(picture, SampleTests.Png, Token);
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

    private Task<string> ServiceAsync() => samples.FromTemplateAsync(packages, "zoetrope-service");

    /// <summary>The service as a process.</summary>
    private sealed class RunningService(RunningProgram program, Uri url) : IAsyncDisposable
    {
        public Uri Url => url;

        public Task<string> LineAsync(string text) => program.LineAsync(text);

        public static async Task<RunningService> StartAsync(string service, MediaSimulator simulator, params string[] arguments)
        {
            const string Announced = "Now listening on: ";
            var program = RunningProgram.Start(
                service, Path.GetDirectoryName(service)!, ["--urls", "http://127.0.0.1:0", .. arguments], SampleTests.Environment(simulator));
            var line = await program.LineAsync(Announced);
            return new RunningService(program, new Uri(line[(line.IndexOf(Announced, StringComparison.Ordinal) + Announced.Length)..].Trim()));
        }

        public ValueTask DisposeAsync() => program.DisposeAsync();
    }
}
