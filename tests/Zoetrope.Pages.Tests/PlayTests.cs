using PuppeteerSharp.Input;
using Zoetrope.Cli.Tests;
using Zoetrope.Pages.Tests.Browsers;
using Zoetrope.Simulator;

namespace Zoetrope.Pages.Tests;

/// <summary>The playground as a person uses it.</summary>
public sealed class PlayTests(Chromium chromium, PlayFixture fixture) : PlayTest(chromium), IClassFixture<PlayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_is_found_filled_in_run_watched_and_its_clip_shown()
    {
        await using var window = await OpenAsync(fixture.Play);
        Assert.Contains("Simulator: nothing costs anything", await window.TextAsync("header"), StringComparison.Ordinal);
        await window.PictureAsync("play-models");
        await TypeAsync(window, "Search", "kling pro");
        await ChooseAsync(window, "Provider", "fal");
        await ChooseAsync(window, "Kind", "image-to-video");
        // The model of that provider, and the one that several providers serve.
        await window.UntilAsync("document.querySelectorAll('.model').length === 2");
        await window.Page.ClickAsync(".model a[href*='fal%3A']");
        await window.UntilTextAsync("main", "Either prompt or multi_prompt must be provided");
        await window.UntilTextAsync(".validity", "Some parameters are still to be filled in.");

        await ClickAsync(window, "Run");
        // What is missing is said where it is, and the first of it has the focus.
        await window.UntilTextAsync(".validity", "2 things are to be mended.");
        await window.UntilTextAsync(".field.file .error", "Is required");
        await window.UntilAsync($"document.activeElement === {ControlOf("Prompt")} && document.activeElement.getAttribute('aria-invalid') === 'true'");
        await TypeAsync(window, "Prompt", "She waves");
        await TypeAsync(window, "Image url", "https://example.com/a.png");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await window.UntilTextAsync(".request pre", "ImageUrl = \"https://example.com/a.png\"");
        await window.UntilTextAsync(".cost", "nothing here");
        await ClickAsync(window, "curl");
        await window.UntilTextAsync(".request pre", "$FAL_KEY");
        await window.PictureAsync("play-form");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".job", "in the queue");
        await window.PictureAsync("play-running");
        fixture.Clock.Advance(TimeSpan.FromSeconds(15));
        await window.UntilTextAsync(".job .state", "running");
        fixture.End();
        await window.UntilTextAsync(".job .state", "done");
        await window.UntilAsync("document.querySelector('.output video')?.readyState >= 2");
        Assert.True(await window.ValueAsync<bool>("document.querySelector('.logs pre').textContent.length > 0"));
        Assert.EndsWith(".mp4", await window.ValueAsync<string>("document.querySelector('.output a').download"), StringComparison.Ordinal);
        await window.PictureAsync("play-finished");

        await ClickAsync(window, "History");
        await window.UntilTextAsync(".job-row", "done");
        await window.PictureAsync("play-history");
        await window.Page.ClickAsync(".job-row a");
        await window.UntilTextAsync(".events", "delivered");
        await window.PictureAsync("play-job");
        await ClickAsync(window, "Use this input again");
        await window.UntilAsync($"({ControlOf("Prompt")})?.value === 'She waves'");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task Each_kind_of_control_makes_what_it_shows()
    {
        await using var window = await OpenAsync(fixture.Play, Kling);
        await TypeAsync(window, "Prompt", "a");
        await ChooseAsync(window, "Duration", "7");
        await window.Page.EvaluateExpressionAsync($"({ControlOf("Generate audio")}).click()");
        await ClickAsync(window, "Add to multi prompt");
        await window.UntilAsync("document.activeElement?.closest('.items') !== null");
        await window.Page.Keyboard.TypeAsync("first");
        await ClickAsync(window, "Add to multi prompt");
        await window.Page.Keyboard.TypeAsync("second");
        await ClickAsync(window, "Remove 1");
        await UntilJsonAsync(window, """{"prompt":"a","duration":"7","generate_audio":true,"multi_prompt":[{"prompt":"second"}]}""");
        await window.UntilTextAsync(".field.long_text > .error", "Exactly one of prompt and multi_prompt must be given, but both are");

        // A file: chosen, shown with its name, and taken away again.
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "cat.png");
        await File.WriteAllBytesAsync(path, Recorded.PngOf(400, 300), Token);
        await (await window.Page.QuerySelectorAsync("input[type=file]")).UploadFileAsync(path);
        await window.UntilTextAsync(".chosen", "cat.png");
        await window.UntilAsync("document.querySelector('.chosen img').naturalWidth === 400");
        await ClickAsync(window, "C#");
        await window.UntilTextAsync(".request pre", "UploadFile.FromFile(\"cat.png\")");
        await ClickAsync(window, "Remove");
        // One that is too small is refused before anything is uploaded. This one is dropped.
        await window.Page.EvaluateFunctionAsync(
            """
            base64 => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([Uint8Array.from(atob(base64), one => one.charCodeAt(0))], "tiny.png", { type: "image/png" }));
              const zone = document.querySelector(".drop");
              zone.dispatchEvent(new DragEvent("dragover", { dataTransfer: transfer, bubbles: true, cancelable: true }));
              zone.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """,
            Convert.ToBase64String(Recorded.Png));
        await window.UntilTextAsync(".field.file .error", "must have a width of at least 300 pixels, but has 1");

        // The JSON is edited, and the form follows; what the form does not have is kept.
        await ClickAsync(window, "Edit JSON");
        await SetAsync(
            window, ".editing textarea", """{"prompt":"b","image_url":"https://example.com/b.png","own":[1],"big":123456789012345678901234567890}""");
        await ClickAsync(window, "Use this JSON");
        await window.UntilAsync($"({ControlOf("Prompt")})?.value === 'b'");
        await ClickAsync(window, "JSON");
        await window.UntilTextAsync(".request pre", "123456789012345678901234567890");
        await window.UntilTextAsync(".request pre", "\"own\"");
        await ClickAsync(window, "Clear");
        await UntilJsonAsync(window, "{}");
        await ClickAsync(window, "Fill in an example");
        await window.UntilTextAsync(".validity", "Ready to run.");
        Assert.Empty(window.Errors());
    }

    [Theory]
    [InlineData("fal:fal-ai/flux-2-pro", "Seed", "123456789012345678901", """{"seed":123456789012345678901}""")]
    [InlineData("fal:fal-ai/flux-2-pro", "Seed", "007", """{"seed":7}""")]
    [InlineData("wavespeed:wavespeed-ai/flux-dev", "Strength", ".5", """{"strength":0.5}""")]
    [InlineData("fal:fal-ai/flux-2-pro", "Image size", "{\"width\":512,\"height\":512}", """{"image_size":{"width":512,"height":512}}""")]
    [InlineData("fal:fal-ai/flux-2-pro", "Image size", "square_hd", """{"image_size":"square_hd"}""")]
    [InlineData("wavespeed:wavespeed-ai/flux-dev", "Strength", "0.25", """{"strength":0.25}""")]
    public async Task Numbers_and_raw_JSON_are_sent_as_they_are_typed(string model, string label, string text, string json)
    {
        await using var window = await OpenAsync(fixture.Play, FormOf(model));
        await TypeAsync(window, label, text);
        await ClickAsync(window, "JSON");
        var compact = json.Replace(" ", "", StringComparison.Ordinal);
        await window.UntilAsync($"document.querySelector('.request pre').textContent.replaceAll(/\\s/g, '') === {BrowserWindow.Quote(compact)}");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task What_a_control_shows_and_is_not_a_number_is_said()
    {
        await using var window = await OpenAsync(fixture.Play, FormOf("fal:fal-ai/flux-2-pro"));
        await ClickAsync(window, "Fill in an example");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await TypeAsync(window, "Seed", "1e");
        await window.UntilTextAsync(".field.integer .error", "Is not a number");
        await window.UntilTextAsync(".validity", "1 thing is to be mended.");
        await ClickAsync(window, "Run");
        await window.UntilAsync($"document.activeElement === {ControlOf("Seed")}");
        Assert.Equal("", await window.TextAsync(".job-place"));
        Assert.Empty(window.Errors());
    }

    [Theory]
    [InlineData("fal:fal-ai/kling-video/o3/pro/image-to-video",
        """{"prompt":"","image_url":{"a":1},"duration":5,"generate_audio":"no","multi_prompt":"x","end_image_url":null}""")]
    [InlineData("fal:fal-ai/kling-video/o3/pro/image-to-video", """{"prompt":7,"multi_prompt":[],"generate_audio":false,"duration":"5"}""")]
    [InlineData("fal:fal-ai/flux-2-pro", """{"seed":null,"image_size":{"width":123456789012345678901}}""")]
    [InlineData("fal:fal-ai/flux-2-pro", """{"seed":"007","safety_tolerance":"x"}""")]
    public async Task JSON_that_a_control_cannot_show_is_sent_as_it_is(string model, string json)
    {
        await using var window = await OpenAsync(fixture.Play, FormOf(model));
        await ClickAsync(window, "Edit JSON");
        await SetAsync(window, ".editing textarea", json);
        await ClickAsync(window, "Use this JSON");
        await ClickAsync(window, "JSON");
        var members = "text => text.replaceAll(/[\\s{}]/g, '').split(',').sort().join()";
        await window.UntilAsync($"({members})(document.querySelector('.request pre').textContent) === ({members})({BrowserWindow.Quote(json)})");
        // It is no longer so when a person changes it.
        if (json.Contains("\"duration\":5", StringComparison.Ordinal))
        {
            await window.UntilTextAsync(".field.choice .kept", "5");
            await ChooseAsync(window, "Duration", "7");
            await window.UntilTextAsync(".request pre", "\"duration\": \"7\"");
            Assert.Equal(0, await window.ValueAsync<int>("document.querySelectorAll('.field.choice .kept').length"));
        }
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task Nothing_is_run_without_a_file_that_is_being_read_or_was_refused()
    {
        const string script =
            """
            const ask = window.fetch;
            window.fetch = async (path, options) => {
              if (!path.startsWith("api/files"))
                return ask(path, options);
              const respond = await new Promise(resolve => window.respond = resolve);
              return respond ? ask(path, options) : new Response('{"error":"It is too long."}', { status: 413 });
            };
            """;
        await using var window = await OpenAsync(fixture.Play, Kling, script);
        await TypeAsync(window, "Prompt", "She waves");
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "cat.png");
        await File.WriteAllBytesAsync(path, Recorded.PngOf(400, 300), Token);
        var submits = fixture.Simulator.Submits;
        foreach (var isTaken in new[] { false, true })
        {
            await (await window.Page.QuerySelectorAsync("input[type=file]")).UploadFileAsync(path);
            await window.UntilTextAsync(".field.file .error", "Is not there yet: cat.png is being read");
            await ClickAsync(window, "Run");
            await window.UntilTextAsync(".validity", "to be mended");
            await UntilReadyAsync(window);
            await window.Page.EvaluateExpressionAsync($"window.respond({(isTaken ? "true" : "false")})");
            if (!isTaken)
                await window.UntilTextAsync(".field.file .error", "Is not there: It is too long.");
            Assert.NotEqual("Ready to run.", isTaken ? "" : await window.TextAsync(".validity"));
        }
        await window.UntilTextAsync(".validity", "Ready to run.");
        Assert.Equal(submits, fixture.Simulator.Submits);
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task A_run_whose_response_is_lost_is_not_paid_again_and_the_next_one_is_another_job()
    {
        const string script =
            """
            const ask = window.fetch;
            window.fetch = async (path, options) => {
              const response = await ask(path, options);
              if (path === "api/runs" && sessionStorage.getItem("lost") !== "no") {
                sessionStorage.setItem("lost", "no");
                throw new TypeError("lost");
              }
              return response;
            };
            """;
        var before = fixture.Simulator.Submits;
        await using var window = await OpenAsync(fixture.Play, Kling, script);
        await TypeAsync(window, "Prompt", "Lost on the way");
        await TypeAsync(window, "Image url", "https://example.com/a.png");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".validity", "Not connected");
        await UntilSubmitsAsync(before + 1);

        await window.Page.ReloadAsync();
        await window.UntilAsync($"({ControlOf("Prompt")})?.value === 'Lost on the way'");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".job", "in the queue");
        await UntilReadyAsync(window);
        Assert.Equal(before + 1, fixture.Simulator.Submits);

        await window.Page.EvaluateExpressionAsync("sessionStorage.removeItem('lost')");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".validity", "Not connected");
        await UntilSubmitsAsync(before + 2);
        await TypeAsync(window, "Prompt", "Another one");
        await window.UntilTextAsync(".request pre", "Another one");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".validity", "This form was run before with other values");
        Assert.Equal(before + 2, fixture.Simulator.Submits);
        await ClickAsync(window, "Run");
        await UntilSubmitsAsync(before + 3);
    }

    [Fact]
    public async Task Messages_of_a_list_are_at_the_item_that_they_are_about()
    {
        await using var window = await OpenAsync(fixture.Play, Kling);
        await ClickAsync(window, "Add to multi prompt");
        await ClickAsync(window, "Add to multi prompt");
        await window.Page.EvaluateExpressionAsync(
            "(select => (select.selectedIndex = 1, select.dispatchEvent(new Event('change'))))(document.querySelector('.items > li:nth-child(2) select'))");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".items > li:nth-child(2) .error", "Is required");
        Assert.DoesNotContain("Is required", await window.TextAsync(".items > li:nth-child(1)"), StringComparison.Ordinal);
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task Everything_is_done_with_the_keyboard()
    {
        await using var window = await OpenAsync(fixture.Play);
        await window.PressAsync("Tab");
        Assert.Equal("Skip to the content", await window.TextAsync(":focus"));
        await window.TabToAsync("focused.id === 'find'");
        await window.Page.Keyboard.TypeAsync("fal kling");
        await window.UntilAsync("document.querySelectorAll('.model').length < 4");
        await window.TabToAsync("focused.matches('.model a') && focused.getAttribute('href').includes('fal%3A')");
        await window.PressAsync("Enter");
        await window.UntilAsync("document.querySelector('.field') !== null && document.activeElement.matches('h1')");
        await window.TabToAsync("focused.matches('textarea')");
        await window.Page.Keyboard.TypeAsync("With the keyboard");
        await window.TabToAsync("focused.inputMode === 'url'");
        await window.Page.Keyboard.TypeAsync("https://example.com/k.png");
        await window.TabToAsync("focused.type === 'file'");
        await window.TabToAsync("focused.matches('select')");
        await window.PressAsync("ArrowDown", "ArrowDown");
        await window.TabToAsync("focused.type === 'checkbox'");
        await window.PressAsync("Space");
        await window.TabToAsync("focused.matches('.run')");
        // The ring around what has the focus can be seen.
        Assert.NotEqual("none", await window.ValueAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        await window.UntilTextAsync(".validity", "Ready to run.");
        await window.PressAsync("Enter");
        await window.UntilTextAsync(".job", "in the queue");
        await window.TabToAsync("focused.innerText === 'Cancel the job'");
        await window.PressAsync("Enter");
        await window.UntilTextAsync(".job .state", "canceled");
        Assert.True(await window.ValueAsync<bool>("document.activeElement !== document.body"));
        var submit = fixture.Simulator.Requests.Last(request => request.Operation == SimulatorOperation.Submit);
        Assert.Contains("With the keyboard", submit.Body, StringComparison.Ordinal);
        Assert.Contains("\"generate_audio\":true", submit.Body, StringComparison.Ordinal);
        Assert.Empty(window.Errors());
    }

    [Theory]
    [InlineData(false, 1200)]
    [InlineData(true, 1200)]
    [InlineData(false, 320)]
    [InlineData(true, 320)]
    public async Task Nothing_keeps_people_from_using_it(bool isDark, int width)
    {
        var (_, run) = await fixture.Play.PostAsync("/api/runs", new System.Text.Json.Nodes.JsonObject
        {
            ["quote"] = await fixture.Play.QuoteAsync(ServedPlay.Draft(key: $"the-key-of-axe-{isDark}-{width}")),
        });
        var id = run.GetProperty("job").GetString()!;
        await fixture.Play.UntilAsync(id, job => ServedPlay.StateOf(job) == "accepted");
        await using var window = await OpenAsync(fixture.Play);
        await window.EmulateAsync(width, isDark);
        foreach (var (view, shown) in new[]
        {
            ("", ".model"), (Kling, ".field"), ("history", ".job-row"), ($"jobs/{id}", ".job .badge"), (FormOf("luma:ray-2"), ".members"),
            (FormOf("flux-2-pro@bfl"), "#at"),
        })
        {
            await window.Page.EvaluateExpressionAsync($"location.hash = {BrowserWindow.Quote("#/" + view)}");
            await window.UntilAsync($"document.querySelector({BrowserWindow.Quote(shown)}) !== null && document.querySelector('h1').textContent !== ''");
            if (view == Kling)
            {
                await ClickAsync(window, "Add to multi prompt");
                await ClickAsync(window, "Run");
                await window.UntilTextAsync(".validity", "to be mended");
            }
            var violations = await Accessibility.ViolationsAsync(window);
            Assert.True(violations.Count == 0, string.Join('\n', violations));
            Assert.Empty(await Accessibility.NamedTwiceAsync(window));
            Assert.True(await window.ValueAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{view} is wider than {width}.");
            await window.PictureAsync($"play-{shown.TrimStart('.').Split(' ')[0]}-{(isDark ? "dark" : "light")}-{width}");
        }
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task The_theme_is_that_of_the_system_until_it_is_chosen()
    {
        await using var window = await OpenAsync(fixture.Play);
        await window.EmulateAsync(isDark: true);
        Assert.Equal("rgb(20, 23, 26)", await GroundAsync(window));
        await ClickAsync(window, "Theme: system");
        Assert.Equal("rgb(246, 246, 243)", await GroundAsync(window));
        await window.Page.ReloadAsync();
        await window.UntilTextAsync("#theme", "Theme: light");
        Assert.Equal("rgb(246, 246, 243)", await GroundAsync(window));
        await ClickAsync(window, "Theme: light");
        await window.EmulateAsync();
        Assert.Equal("rgb(20, 23, 26)", await GroundAsync(window));
    }

    [Fact]
    public async Task Two_clicks_and_a_form_that_is_sent_again_are_one_job()
    {
        var before = fixture.Simulator.Submits;
        await using var window = await OpenAsync(fixture.Play, Kling);
        await ClickAsync(window, "Fill in an example");
        await window.UntilTextAsync(".validity", "Ready to run.");
        // Its line moves the button.
        await window.UntilTextAsync(".cost", "nothing here");

        await window.Page.HoverAsync(".run");
        for (var click = 1; click <= 2; click++)
        {
            await window.Page.Mouse.DownAsync(new ClickOptions { Count = click });
            await window.Page.Mouse.UpAsync(new ClickOptions { Count = click });
        }
        await window.UntilTextAsync(".job", "in the queue");
        await UntilReadyAsync(window);
        Assert.Equal(before + 1, fixture.Simulator.Submits);

        // The next one is meant: another job of the same input; however often a script, or a key that is held, clicks.
        await window.Page.EvaluateExpressionAsync("document.querySelector('.run').click(), document.querySelector('.run').click()");
        await UntilReadyAsync(window);
        await UntilSubmitsAsync(before + 2);
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task A_job_is_canceled_from_the_history()
    {
        await using var window = await OpenAsync(fixture.Play, Kling);
        await ClickAsync(window, "Fill in an example");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".job", "in the queue");
        await ClickAsync(window, "History");
        await window.UntilTextAsync(".job-row", "at the provider");

        // Asking again and again leaves nothing behind: the wait that is under way ends, and one other takes its place. Waits are counted from the next one on,
        // because a request may be under way now, after which a wait begins.
        await window.Page.EvaluateExpressionAsync("""
            {
              window.waits = undefined;
              const { addEventListener, removeEventListener } = AbortSignal.prototype;
              AbortSignal.prototype.addEventListener = function (...all) {
                window.waits = window.waits === undefined ? 1 : window.waits + 1;
                return addEventListener.apply(this, all);
              };
              AbortSignal.prototype.removeEventListener = function (...all) {
                if (window.waits !== undefined)
                  window.waits--;
                return removeEventListener.apply(this, all);
              };
            }
            """);
        await window.UntilAsync("window.waits === 1");
        await window.Page.FocusAsync(".job-row:first-child button");
        await window.PressAsync("Enter");

        // The row is what the job is, and nobody has to look elsewhere.
        await window.UntilTextAsync(".job-row:first-child .job-state", "canceled");
        Assert.False(await window.ValueAsync<bool>("[...document.querySelectorAll('.job-row:first-child button')].some(one => one.checkVisibility())"));
        await window.UntilAsync("document.activeElement.matches('.job-row:first-child .job-name a')");
        Assert.InRange(await window.ValueAsync<int>("window.waits"), 0, 1);
        await window.Page.ClickAsync(".job-row a");
        await window.UntilTextAsync(".job .state", "canceled");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task Texts_of_others_are_shown_as_texts()
    {
        fixture.Simulator.AddFault(new SimulatorFault
        {
            Kind = FaultKind.JobFailure, Body = $$"""{"detail":[{"loc":["body"],"msg":{{BrowserWindow.Quote(Hostile)}},"type":"x"}]}""",
        });
        // What a document could have, in the place of what the server says.
        var script = $$"""
            const ask = window.fetch, hostile = {{BrowserWindow.Quote(Hostile)}};
            window.fetch = async (path, options) => {
              const response = await ask(path, options);
              if (!/^api\/(models|form)/.test(path))
                return response;
              const body = await response.json();
              for (const model of body.models ?? [body])
                Object.assign(model, { title: hostile, description: hostile, price: hostile, deprecation: hostile });
              for (const field of body.fields ?? [])
                Object.assign(field, { description: hostile, deprecation: hostile, limits: [hostile] });
              if (body.rules !== undefined)
                body.rules = [hostile];
              return new Response(JSON.stringify(body), { status: response.status });
            };
            """;
        await using var window = await OpenAsync(fixture.Play, script: script);
        await window.UntilTextAsync("main", "onerror");
        await window.Page.EvaluateExpressionAsync($"location.hash = {BrowserWindow.Quote("#/" + Kling)}");
        await window.UntilTextAsync(".rules", Hostile);
        await TypeAsync(window, "Image url", "https://example.com/a.png");
        await window.Page.EvaluateExpressionAsync($"({ControlOf("Prompt")}).focus()");
        await window.Page.Keyboard.TypeAsync(Hostile);
        await window.UntilTextAsync(".request pre", "onerror");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".job", "in the queue");
        fixture.End();

        await window.UntilTextAsync(".job .state", "failed");
        await window.UntilTextAsync(".job .error", Hostile);
        await ClickAsync(window, "Open the job");
        await window.UntilTextAsync("main", "onerror");
        Assert.Equal(0, await window.ValueAsync<int>("document.querySelectorAll('main script, main img[src=x], [onerror]').length"));
        Assert.True(await window.ValueAsync<bool>("window.hit === undefined"));
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task Only_files_of_this_page_are_shown_whatever_a_result_names()
    {
        fixture.Simulator.AddFault(new SimulatorFault
        {
            Kind = FaultKind.JobResult,
            Body = """{"video":{"url":"javascript:window.hit=1"},"image":{"url":"data:text/html,<script>window.hit=1</script>"}}""",
        });
        await using var window = await OpenAsync(fixture.Play, Kling);
        await ClickAsync(window, "Fill in an example");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync(".job", "in the queue");
        fixture.End();

        await window.UntilTextAsync(".job", "Result as JSON");
        await window.Page.EvaluateExpressionAsync("[...document.querySelectorAll('.output *')].forEach(one => one.click())");
        var sources = await window.ValueAsync<string[]>("[...document.querySelectorAll('main [src], main [href]')].map(one => one.src ?? one.href)");
        Assert.All(sources, source => Assert.StartsWith("http", source, StringComparison.Ordinal));
        Assert.True(await window.ValueAsync<bool>("window.hit === undefined"));
    }

    [Fact]
    public async Task Before_money_is_spent_a_person_is_asked()
    {
        const string key = "id-of-key:secret-of-key";
        using var folder = new TemporaryFolder();
        await using var simulator = await Cli.Tests.Kling.QuickAsync();
        var environment = new Dictionary<string, string> { ["FAL_KEY"] = key, ["FAL_BASE_URL"] = simulator.BaseUrl.ToString() };
        using var play = await ServedPlay.StartAsync(["--out", Path.Combine(folder.Path, "out")], environment);
        await using var window = await OpenAsync(play, Kling);
        Assert.Contains("Real keys: jobs cost money", await window.TextAsync("header"), StringComparison.Ordinal);
        await ClickAsync(window, "Fill in an example");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await ClickAsync(window, "Run");
        await window.UntilTextAsync("dialog", "This costs money");
        await window.PictureAsync("play-confirm");
        Assert.Contains("Price:", await window.TextAsync("dialog"), StringComparison.Ordinal);
        Assert.Equal("Go back", await window.TextAsync(":focus"));
        Assert.Empty(await Accessibility.ViolationsAsync(window));
        await window.PressAsync("Escape");
        await window.UntilAsync("!document.querySelector('dialog').open && document.querySelector('.run').getAttribute('aria-disabled') === 'false'");
        // Where another view is shown, nothing is asked any more.
        await ClickAsync(window, "Run");
        await window.UntilTextAsync("dialog", "This costs money");
        await window.Page.EvaluateExpressionAsync("location.hash = '#/toString'");
        await window.UntilAsync("!document.querySelector('dialog').open && document.querySelector('.model') !== null");
        await window.Page.EvaluateExpressionAsync($"location.hash = {BrowserWindow.Quote("#/" + Kling)}");
        await window.UntilTextAsync(".validity", "Ready to run.");
        Assert.Equal(0, simulator.Submits);

        await ClickAsync(window, "Run");
        await ClickAsync(window, "Pay and run");
        await window.UntilTextAsync(".job .state", "done");

        Assert.Equal(1, simulator.Submits);
        Assert.DoesNotContain("of-key", await window.ValueAsync<string>("document.documentElement.outerHTML"), StringComparison.Ordinal);
        Assert.Empty(window.Errors());
    }

    private static Task UntilReadyAsync(BrowserWindow window) =>
        window.UntilAsync("document.querySelector('.run').getAttribute('aria-disabled') === 'false'");

    private static Task<string> GroundAsync(BrowserWindow window) =>
        window.ValueAsync<string>("getComputedStyle(document.documentElement).backgroundColor");

    private static Task SetAsync(BrowserWindow window, string selector, string text) => window.Page.EvaluateExpressionAsync(
        $"document.querySelector({BrowserWindow.Quote(selector)}).value = {BrowserWindow.Quote(text)}");

    private async Task UntilSubmitsAsync(int count)
    {
        while (fixture.Simulator.Submits < count)
            await Task.Delay(25, Token);
        Assert.Equal(count, fixture.Simulator.Submits);
    }
}
