using Zoetrope.Cli.Tests;
using Zoetrope.Pages.Tests.Browsers;

namespace Zoetrope.Pages.Tests;

/// <summary>The page of <c>zoetrope jobs serve</c> as a person uses it.</summary>
public sealed class LedgerPageTests(Chromium chromium) : PageTest(chromium)
{
    private const string Hostile = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";

    [Fact]
    public async Task A_delivered_video_an_image_and_a_sound_can_be_seen_and_heard_and_a_file_that_is_gone_is_a_text()
    {
        (await CliProcess.RunAsync(Batch(Shots("wave")))).Exits(0);
        string[] files = [.. new[] { "a.png", "b.wav", "gone.mp4", "d.svg", "e.glb" }.Select(name => Path.Combine(Out, name))];
        await File.WriteAllBytesAsync(files[0], Recorded.Png, Token);
        await File.WriteAllBytesAsync(files[1], Recorded.Wav(), Token);
        await File.WriteAllTextAsync(files[3], Recorded.Svg, Token);
        await File.WriteAllTextAsync(files[4], "a model", Token);
        await ImportAsync(new RecordedJob("joba") { Label = "several", State = "delivered", Outputs = files });
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, "gallery");

        await window.UntilAsync("document.querySelectorAll('.media').length === 6");
        await window.UntilAsync("document.querySelector('video')?.readyState >= 2 && document.querySelector('video').videoWidth > 0");
        await window.UntilAsync("document.querySelector('audio')?.duration === 1");
        await window.UntilAsync("document.querySelector('img[src$=\"/0\"]')?.naturalWidth === 1");
        await window.UntilAsync("document.querySelector('img[src$=\"/3\"]')?.naturalWidth === 64");
        Assert.True(await window.ValueAsync<bool>("[...document.querySelectorAll('video, audio')].every(media => media.controls)"));
        await window.UntilTextAsync(".media", "The file gone.mp4 is gone, or cannot be shown.");
        Assert.Equal("e.glb", await window.ValueAsync<string>("document.querySelector('a[href$=\"/4\"]').download"));
        // Seeking asks for a part of the file.
        await window.Page.EvaluateExpressionAsync("document.querySelector('video').currentTime = document.querySelector('video').duration / 2");
        await window.UntilAsync("!document.querySelector('video').seeking && document.querySelector('video').currentTime > 0");
        await window.PictureAsync("gallery");
        Assert.Empty(window.Errors());

        // A file that goes while it is shown.
        File.Delete(files[0]);
        await window.Page.ReloadAsync();
        await window.UntilTextAsync(".media", "The file a.png is gone, or cannot be shown.");
    }

    [Fact]
    public async Task Texts_of_others_are_shown_as_texts()
    {
        await ImportAsync(
            new RecordedJob("joba") { Batch = Hostile, Label = Hostile, Prompt = Hostile, State = "failed", Reason = Hostile, Endpoint = Hostile },
            new RecordedJob("jobb") { Batch = Hostile, Label = Hostile, State = "in_doubt", Reason = Hostile },
            new RecordedJob("jobc")
            {
                Batch = Hostile, Label = Hostile, Prompt = Hostile, State = "delivered", Outputs = [$"/x/{Hostile.Replace('/', '|')}.mp4"],
            },
            new RecordedJob("jobd") { Batch = "javascript:window.hit=1", Reason = Hostile });
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page);

        foreach (var (view, text) in new[]
        {
            ("", Hostile), ("jobs", Hostile), ("doubts", Hostile), ("gallery", "onerror"), ("jobs/joba", Hostile), ("jobs/jobb", Hostile),
            ("jobs/jobc", Hostile), ("jobs?batch=" + Uri.EscapeDataString(Hostile), Hostile),
            ("gallery?batch=" + Uri.EscapeDataString(Hostile), Hostile),
        })
        {
            await ShowAsync(window, view);
            await window.UntilTextAsync("main", text);
            Assert.Equal(0, await window.ValueAsync<int>("document.querySelectorAll('main script, main b, main img[src=x], [onerror]').length"));
        }
        Assert.True(await window.ValueAsync<bool>("window.hit === undefined"));
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task Jobs_are_filtered_and_turned_page_by_page()
    {
        await ImportAsync(Enumerable.Range(0, 120).Select(i => new RecordedJob($"job{i:000}")
        {
            Batch = i < 60 ? "one" : "two", State = i == 7 ? "failed" : "intended", Reason = i == 7 ? "It failed." : null,
            Endpoint = i == 100 ? "other/model" : Kling.FalEndpoint,
        }));
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, "jobs");
        await window.UntilTextAsync(".summary", "120 jobs match.");
        Assert.Equal(("job119", 50), await RowsAsync(window));

        await window.Page.ClickAsync("a[rel=next]");
        await UntilFirstAsync(window, "job069");
        await window.Page.ClickAsync("a[rel=next]");
        await UntilFirstAsync(window, "job019");
        Assert.Equal(("job019", 20), await RowsAsync(window));
        Assert.Equal("First page", await window.TextAsync(".pages"));
        await window.Page.GoBackAsync();
        await UntilFirstAsync(window, "job069");

        await SelectAsync(window, "Batch", "one");
        await window.UntilTextAsync(".summary", "60 jobs match.");
        await SelectAsync(window, "Order", "Oldest first");
        await UntilFirstAsync(window, "job000");
        await SelectAsync(window, "State", "failed");
        await window.UntilTextAsync(".summary", "1 job matches.");
        Assert.Contains("It failed.", await window.TextAsync("tbody tr"), StringComparison.Ordinal);
        await SelectAsync(window, "Batch", "All");
        await SelectAsync(window, "State", "All");
        await SelectAsync(window, "Model", "fal:other/model");
        await UntilFirstAsync(window, "job100");
        await window.UntilTextAsync(".summary", "1 job matches.");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task A_job_shows_all_that_is_known_of_it()
    {
        (await CliProcess.RunAsync(Batch(Shots("wave"), "--max-job-cost", "0.5"))).Exits(0);
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page, "jobs");
        await window.UntilTextAsync("tbody", "wave");

        await window.Page.ClickAsync("tbody a");

        await window.UntilTextAsync(".history", "delivered");
        var text = await window.TextAsync("main");
        var job = (await JobsByLabelAsync())["wave"];
        foreach (var part in new[]
        {
            "wave", "done", $"fal:{Kling.FalEndpoint}", "shots.jsonl", "$0.50", job.GetProperty("handle").GetString()!, job.GetProperty("id").GetString()!,
            "\"prompt\": \"wave\"", "\"video\":", "intended", "sent", "accepted", "ended",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);
        await window.UntilAsync("document.querySelector('.media video')?.readyState >= 1");
        await window.PictureAsync("job");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task A_doubt_has_command_lines_to_copy()
    {
        Simulator.AddFault(LostReceipt());
        (await CliProcess.RunAsync(Batch(Shots("wave")))).Exits(5);
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page);
        await window.UntilTextAsync(".attention", "Decide on 1 job in doubt");
        Assert.Equal("1", await window.TextAsync("#doubts"));

        await window.Page.ClickAsync(".attention");
        await window.UntilTextAsync(".command", "--not-accepted");
        await window.PictureAsync("doubts");
        await window.Page.ClickAsync(".command button");
        await window.UntilAsync("document.querySelector('.command [role=status]').innerText !== ''");
        var id = (await JobsByLabelAsync())["wave"].GetProperty("id").GetString()!;
        Assert.Equal($"zoetrope jobs resolve {id} --accepted REQUEST --ledger {Ledger}", await window.TextAsync(".command code"));

        // The doubt goes where it is resolved, without a reload.
        (await JobsAsync("resolve", id, "--not-accepted", "--yes")).Exits(0);
        await window.UntilTextAsync(".summary", "No job of shots.jsonl is in doubt.");
        await window.UntilAsync("document.getElementById('doubts').hidden");
        Assert.Empty(window.Errors());
    }

    [Fact]
    public async Task Everything_can_be_reached_with_the_keyboard()
    {
        await ImportAsync(
            new RecordedJob("joba") { Label = "first", State = "in_doubt" },
            new RecordedJob("jobb") { Label = "second", State = "failed", Reason = "It failed.", Batch = "other" });
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page);
        await window.UntilTextAsync("main", "imported");

        // The first Tab is the link that skips to the content.
        await window.PressAsync("Tab");
        Assert.Equal("Skip to the content", await window.TextAsync(":focus"));
        Assert.True(await window.ValueAsync<bool>("document.activeElement.getBoundingClientRect().left >= 0"));
        await window.PressAsync("Enter");
        await window.UntilAsync("document.activeElement.id === 'main'");
        await window.TabToAsync("focused.matches('.batch h2 a')");

        await window.Page.FocusAsync("header nav a");
        await window.TabToAsync("focused.innerText === 'Jobs'");
        await window.PressAsync("Enter");
        await window.UntilTextAsync(".summary", "2 jobs match.");
        Assert.Equal("Jobs", await window.TextAsync(":focus"));

        await window.TabToAsync("focused.matches('select') && focused.closest('label').innerText.startsWith('State')");
        // Somebody who goes through the choices stays at them.
        await window.PressAsync("ArrowDown");
        await window.UntilTextAsync(".summary", "No job matches.");
        await window.PressAsync("f");
        await window.UntilTextAsync(".summary", "1 job matches.");
        Assert.True(await window.ValueAsync<bool>("document.activeElement.matches('select') && location.hash.includes('state=failed')"));
        await window.TabToAsync("focused.innerText === 'second'");
        Assert.NotEqual("none", await window.ValueAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        await window.PressAsync("Enter");
        await window.UntilTextAsync("main", "It failed.");
        await window.TabToAsync("focused.matches('button') && focused.innerText.startsWith('Copy')");
        await window.PressAsync("Enter");
        await window.UntilAsync("document.querySelector('.command [role=status]').innerText !== ''");
        await window.TabToAsync("focused.matches('pre')");
        Assert.Empty(window.Errors());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_view_is_accessible_and_fits_a_small_screen_in_light_and_dark(bool isDark)
    {
        Simulator.AddFault(LostReceipt());
        var wide = new string('w', 150);
        (await CliProcess.RunAsync(Batch(Shots("wave", "smile", wide), "--max-cost", "1.2", "--max-job-cost", "0.5"))).Exits(5);
        await ImportAsync(
            new RecordedJob("joba") { State = "failed", Batch = wide, Label = wide, Reason = wide, Prompt = wide },
            new RecordedJob("jobb") { State = "delivered", Batch = "", Outputs = [$"/gone/{wide}.mp4", Write("out/a.svg", Recorded.Svg)] });
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page);
        await window.EmulateAsync(isDark: isDark);
        var scheme = isDark ? "dark" : "light";
        Assert.Equal(isDark, await window.ValueAsync<bool>("parseInt(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0]) < 60"));

        foreach (var (view, name, sign) in new[]
        {
            ("", "batches", ".batch"), ("jobs", "jobs", "tbody tr"), ("doubts", "doubts", ".command"), ("gallery", "gallery", ".media"),
            ("jobs/joba", "job", ".history li"), ("jobs/jobb", "delivered", ".media"), ("jobs?state=canceled", "none", ".summary"),
        })
        {
            await ShowAsync(window, view);
            await window.UntilAsync($"document.querySelector('{sign}')?.checkVisibility()");
            foreach (var width in new[] { 1200, 360 })
            {
                await window.EmulateAsync(width, isDark);
                var sides = await window.ValueAsync<List<int>>("[document.documentElement.scrollWidth, innerWidth]");
                Assert.True(sides[0] <= width && sides[1] == width, $"{name} is {sides[0]} wide on a screen of {width}.");
                await window.PictureAsync($"{name}-{scheme}-{width}");
                Assert.Empty(await Accessibility.ViolationsAsync(window));
                Assert.Empty(await Accessibility.NamedTwiceAsync(window));
            }
            await window.EmulateAsync(isDark: isDark);
        }
    }

    [Fact]
    public async Task A_page_whose_server_has_ended_says_so()
    {
        await ImportAsync(new RecordedJob("joba"));
        using var page = await ServedLedger.StartAsync(Ledger);
        await using var window = await OpenAsync(page);
        await window.UntilTextAsync("#connection", "Live");
        Assert.Equal(page.Page + "#/", await window.ValueAsync<string>("location.href"));

        await page.Process.InterruptAsync();

        (await page.Process.FinishAsync()).Exits(0);
        await window.UntilTextAsync("#connection", "Not connected");
        Assert.Contains("imported", await window.TextAsync("main"), StringComparison.Ordinal);
    }

    private static async Task<(string First, int Count)> RowsAsync(BrowserWindow window) =>
        (await window.TextAsync("tbody a"), await window.ValueAsync<int>("document.querySelectorAll('tbody tr').length"));

    private static Task UntilFirstAsync(BrowserWindow window, string label) =>
        window.UntilAsync($"document.querySelector('tbody a')?.innerText === {BrowserWindow.Quote(label)}");

    /// <summary>Chooses in the list with a label, as a person does.</summary>
    private static async Task SelectAsync(BrowserWindow window, string label, string option)
    {
        var (quotedLabel, quotedOption) = (BrowserWindow.Quote(label), BrowserWindow.Quote(option));
        await window.UntilAsync($$"""
            (() => {
              const label = [...document.querySelectorAll(".filters label")].find(one => one.firstChild.innerText === {{quotedLabel}});
              const select = label?.querySelector("select");
              const index = [...select?.options ?? []].findIndex(one => one.text === {{quotedOption}});
              if (index < 0) return false;
              select.selectedIndex = index;
              select.dispatchEvent(new Event("change", { bubbles: true }));
              return true;
            })()
            """);
    }
}
