using System.Text.Json.Nodes;
using Zoetrope.Cli.Tests;
using Zoetrope.Pages.Tests.Browsers;

namespace Zoetrope.Pages.Tests;

/// <summary>Models that several providers serve, and how models are chosen by price and time.</summary>
public sealed class PlayNeutralTests(Chromium chromium, PlayFixture fixture) : PlayTest(chromium), IClassFixture<PlayFixture>
{
    private ServedPlay Play => fixture.Play;

    [Fact]
    public async Task A_model_is_run_at_the_provider_that_is_chosen_and_keeps_its_form()
    {
        await using var window = await OpenAsync(Play);
        await TypeAsync(window, "Search", "flux-2-pro");
        await window.UntilTextAsync(".model", "fal, bfl, replicate");
        // It leads to its first provider, or to the one that is asked for.
        Assert.EndsWith("/flux-2-pro%40fal", await window.ValueAsync<string>("document.querySelector('.model a').hash"), StringComparison.Ordinal);
        await ChooseAsync(window, "Provider", "replicate");
        await window.UntilAsync("document.querySelector('.model a').hash.endsWith('/flux-2-pro%40replicate')");
        await window.Page.ClickAsync(".model a");
        await window.UntilAsync("document.querySelector('#at')?.selectedOptions[0].text === 'replicate'");
        await TypeAsync(window, "Prompt", "A lighthouse");
        await TypeAsync(window, "Width", "512");
        await TypeAsync(window, "Height", "256");
        await window.UntilTextAsync(".request pre", "new ReplicateClient()");
        await window.UntilTextAsync(".request pre", "await router.Flux2Pro.SubmitAsync(");

        await window.Page.FocusAsync("#at");
        await ChooseAsync(window, "Provider", "bfl");
        await window.UntilTextAsync(".about-facts", "bfl:flux-2-pro");
        await window.UntilAsync("document.activeElement.id === 'at' && location.hash.endsWith('/flux-2-pro%40bfl')");
        await UntilJsonAsync(window, """{"prompt":"A lighthouse","width":512,"height":256}""");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await ClickAsync(window, "curl");
        await window.UntilTextAsync(".request pre", "$BFL_API_KEY");
        await window.PictureAsync("play-neutral");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".job .facts", "bfl:flux-2-pro:");
        fixture.End();
        await window.UntilTextAsync(".job .state", "done");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task The_request_is_that_of_the_provider_and_a_draft_is_one_job_at_whichever()
    {
        var input = new JsonObject { ["prompt"] = "once", ["image_urls"] = new JsonArray("https://example.com/a.png", "https://example.com/b.png") };
        var (_, draft) = await Play.PostAsync("/api/draft", ServedPlay.Draft(input.DeepClone(), "flux-2-pro@bfl"));
        Assert.True(draft.GetProperty("valid").GetBoolean(), draft.ToString());
        Assert.True(JsonNode.DeepEquals(input, JsonNode.Parse(draft.GetProperty("json").GetString()!)));
        Assert.Contains("\"input_image_2\": \"https://example.com/b.png\"", draft.GetProperty("curl").GetString(), StringComparison.Ordinal);
        // Another provider does not take images, which is said before anything is sent.
        var (_, atFal) = await Play.PostAsync("/api/draft", ServedPlay.Draft(input.DeepClone(), "flux-2-pro@fal"));
        var said = atFal.GetProperty("issues").ToString() + atFal.GetProperty("notes");
        Assert.Contains("image_urls", said, StringComparison.Ordinal);
        // What is of another type is a message, and no failure.
        foreach (var model in new[] { "flux-2-pro@bfl", $"{Cli.Tests.Kling.Neutral}@fal" })
        {
            var (status, wrong) = await Play.PostAsync("/api/draft", ServedPlay.Draft(new JsonObject { ["prompt"] = 7, ["seed"] = "x" }, model));
            Assert.Equal((200, false), (status, wrong.GetProperty("valid").GetBoolean()));
        }

        const string key = "the-key-of-neutral-01";
        var before = (Bfl: fixture.Simulator.CountsOf("bfl").Submits, All: fixture.Simulator.Submits);
        var (_, run) = await Play.PostAsync(
            "/api/runs", new JsonObject { ["quote"] = await Play.QuoteAsync(ServedPlay.Draft(input.DeepClone(), "flux-2-pro@bfl", key)) });
        var id = run.GetProperty("job").GetString()!;
        var job = (await Play.UntilAsync(id, job => ServedPlay.StateOf(job) == "accepted")).GetProperty("job");
        Assert.Equal(("bfl", "flux-2-pro"), (job.GetProperty("provider").GetString(), job.GetProperty("endpoint").GetString()));
        Assert.Equal("https://example.com/a.png", job.GetProperty("input").GetProperty("input_image").GetString());

        // The response may have been lost: at another provider the draft still is this job.
        foreach (var model in new[] { "flux-2-pro@replicate", "flux-2-pro@bfl" })
        {
            var quote = await Play.QuoteAsync(ServedPlay.Draft(input.DeepClone(), model, key));
            var (again, same) = await Play.PostAsync("/api/runs", new JsonObject { ["quote"] = quote });
            var isSame = model.EndsWith("bfl", StringComparison.Ordinal);
            Assert.Equal((isSame ? 200 : 409, id), (again, same.GetProperty("job").GetString()));
            Assert.Equal(
                isSame ? null : "This form was run before at bfl, as the job that is shown. Run it again for another job.",
                same.TryGetProperty("error", out var reason) ? reason.GetString() : null);
        }
        Assert.Equal(before.Bfl + 1, fixture.Simulator.CountsOf("bfl").Submits);
    }

    [Fact]
    public async Task A_job_that_was_left_goes_on_where_its_draft_is_run_at_another_provider()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--server", fixture.Simulator.BaseUrl.ToString(), "--out", Path.Combine(folder.Path, "out")];
        static JsonObject Draft(string model) => ServedPlay.Draft(new JsonObject { ["prompt"] = "left" }, model, "the-key-of-neutral-03");
        string id;
        using (var first = await ServedPlay.StartAsync(arguments))
        {
            var (_, run) = await first.PostAsync("/api/runs", new JsonObject { ["quote"] = await first.QuoteAsync(Draft("flux-2-pro@bfl")) });
            id = run.GetProperty("job").GetString()!;
            await first.UntilAsync(id, job => ServedPlay.StateOf(job) == "accepted");
            first.Process.Kill();
        }
        using var second = await ServedPlay.StartAsync(arguments);
        Assert.False((await second.JsonAsync($"/api/jobs/{id}")).GetProperty("followed").GetBoolean());

        var quote = await second.QuoteAsync(Draft("flux-2-pro@fal"));
        var (status, same) = await second.PostAsync("/api/runs", new JsonObject { ["quote"] = quote });

        Assert.Equal((409, id), (status, same.GetProperty("job").GetString()));
        Assert.True((await second.JsonAsync($"/api/jobs/{id}")).GetProperty("followed").GetBoolean());
    }

    [Fact]
    public async Task A_dropped_file_is_that_of_the_provider_too()
    {
        using var content = new ByteArrayContent(Recorded.PngOf(320, 320));
        using var uploaded = await Play.Client.PostAsync("/api/files?name=a.png", content, TestContext.Current.CancellationToken);
        var file = (string)JsonNode.Parse(await uploaded.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["value"]!;
        var draft = ServedPlay.Draft(
            new JsonObject { ["prompt"] = "with a file", ["image_url"] = file }, $"{Cli.Tests.Kling.Neutral}@fal", "the-key-of-neutral-02");

        var (_, run) = await Play.PostAsync("/api/runs", new JsonObject { ["quote"] = await Play.QuoteAsync(draft) });
        var job = await Play.UntilAsync(run.GetProperty("job").GetString()!, job => ServedPlay.StateOf(job) == "accepted");

        var submit = fixture.Simulator.Requests.Last(request => request.Operation == Simulator.SimulatorOperation.Submit);
        Assert.Contains("with a file", submit.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("zoetrope-", submit.Body, StringComparison.Ordinal);
        Assert.Equal(Cli.Tests.Kling.FalEndpoint, job.GetProperty("job").GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task Models_are_chosen_by_price_and_usual_time()
    {
        var prices = (await Play.JsonAsync("/api/prices")).GetProperty("prices").EnumerateArray()
            .ToDictionary(price => price.GetProperty("name").GetString()!, price => price.GetProperty("most").GetDecimal());
        // A model costs the same, whatever its request is called.
        Assert.True(prices["fal:fal-ai/flux-2-pro"] > 0);
        Assert.Equal(prices["fal:fal-ai/flux-2-pro"], prices["flux-2-pro@fal"]);
        await using var window = await OpenAsync(Play);
        await window.UntilTextAsync(".facts", "an example costs exactly $0.1");
        var all = await CountAsync(window);

        await ChooseAsync(window, "Price of an example", "Up to $0.20");
        Assert.Equal(["flux-2-pro@fal", "fal:fal-ai/flux-2-pro"], await NamesAsync(window));
        await ChooseAsync(window, "Price of an example", "Known");
        var known = await CountAsync(window);
        Assert.Contains("fal:fal-ai/kling-video/o3/pro/image-to-video", await NamesAsync(window));
        await ChooseAsync(window, "Price of an example", "Not known");
        // Of a model that several providers serve, the price at one of them may be known.
        Assert.Contains("flux-2-pro@bfl", await NamesAsync(window));
        Assert.InRange(await CountAsync(window), all - known, all);
        await ChooseAsync(window, "Price of an example", "Any price");

        await ChooseAsync(window, "Usual time", "Up to 2 min");
        Assert.Equal(["kling-o3-pro-image-to-video@eachlabs", "eachlabs:kling-o3-pro-image-to-video"], await NamesAsync(window));
        await ChooseAsync(window, "Usual time", "Up to 30 s");
        await window.UntilTextAsync("main .quiet", "No model matches.");
        // What was chosen is there again.
        await ClickAsync(window, "History");
        await ClickAsync(window, "Models");
        await window.UntilAsync($"({ControlOf("Usual time")})?.selectedOptions[0].text === 'Up to 30 s'");
        await window.UntilTextAsync("main .quiet", "No model matches.");
        Assert.Empty(window.Errors());
    }

    private static Task<int> CountAsync(BrowserWindow window) => window.ValueAsync<int>("document.querySelectorAll('.model').length");

    private static Task<string[]> NamesAsync(BrowserWindow window) =>
        window.ValueAsync<string[]>("[...document.querySelectorAll('.model a')].map(one => decodeURIComponent(one.hash.slice('#/model/'.length)))");
}
