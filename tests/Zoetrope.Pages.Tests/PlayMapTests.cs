using Zoetrope.Pages.Tests.Browsers;

namespace Zoetrope.Pages.Tests;

/// <summary>Objects whose members a person names, in the form of the playground.</summary>
public sealed class PlayMapTests(Chromium chromium, PlayFixture fixture) : PlayTest(chromium), IClassFixture<PlayFixture>
{
    // A parameter that no document of this build has.
    private const string WithMap =
        """
        const ask = window.fetch;
        window.fetch = async (path, options) => {
          const response = await ask(path, options);
          if (!path.startsWith("api/form"))
            return response;
          const body = await response.json();
          body.fields.push({ name: "labels", kind: "map", description: "Names and values.", item: { name: "", kind: "text" } });
          return new Response(JSON.stringify(body), { status: response.status });
        };
        """;

    [Fact]
    public async Task Members_with_equal_names_are_not_sent_and_those_with_any_other_names_are()
    {
        var submits = fixture.Simulator.Submits;
        await using var window = await OpenAsync(fixture.Play, Kling, WithMap);
        await ClickAsync(window, "Fill in an example");
        await window.UntilTextAsync(".validity", "Ready to run.");
        foreach (var (name, value) in new[] { ("a", "1"), ("a", "2") })
        {
            await ClickAsync(window, "Add to labels");
            await window.Page.Keyboard.TypeAsync(name);
            await window.PressAsync("Tab");
            await window.Page.Keyboard.TypeAsync(value);
        }
        await window.UntilTextAsync(".group > .error", "Has the name a twice");
        await window.UntilTextAsync(".validity", "1 thing is to be mended.");
        await ClickAsync(window, "Run");
        await window.UntilAsync("document.querySelector('.run').getAttribute('aria-disabled') === 'false'");
        Assert.Equal("", await window.TextAsync(".job-place"));
        // Each control of each item has a name of its own.
        Assert.Equal(
            ["Name of item 1 of labels", "Name of item 2 of labels"],
            await window.ValueAsync<string[]>("[...document.querySelectorAll('.items > li > input')].map(one => one.ariaLabel)"));
        Assert.Empty(await Accessibility.NamedTwiceAsync(window));

        // Names that mean something to scripts are names like others.
        await RenameAsync(window, 2, "__proto__");
        await UntilLabelsAsync(window, """{"a":"1","__proto__":"2"}""");
        await window.UntilTextAsync(".validity", "Ready to run.");
        await RenameAsync(window, 1, "constructor");
        await UntilLabelsAsync(window, """{"constructor":"1","__proto__":"2"}""");
        await RenameAsync(window, 1, "");
        await window.UntilTextAsync(".group > .error", "Has a value without a name");

        // JSON may have members that the control cannot show. Of two with equal names the last one counts, as everywhere in JSON.
        await EditAsync(window, """{"prompt":"a","labels":{"b":"1","b":"2","":"3"}}""");
        await window.UntilTextAsync(".group > .kept", "Sent as it is");
        await UntilLabelsAsync(window, """{"b":"2","":"3"}""");
        await EditAsync(window, """{"prompt":"line\u2028line","labels":{"b":"1","to go":"3","c\u2028d":"\u2028","b":"2"}}""");
        await window.UntilAsync("document.querySelector('.group > .kept') === null && document.querySelector('.items > li') !== null");
        Assert.Equal("line\u2028line", await window.ValueAsync<string>($"({ControlOf("Prompt")}).value"));
        await ClickAsync(window, "Remove 2");
        await UntilLabelsAsync(window, """{"b":"2","c\u2028d":"\u2028"}""");
        Assert.Equal(submits, fixture.Simulator.Submits);
        Assert.Empty(window.Errors());
    }

    private static async Task EditAsync(BrowserWindow window, string json)
    {
        await ClickAsync(window, "Edit JSON");
        await window.Page.EvaluateExpressionAsync($"document.querySelector('.editing textarea').value = {BrowserWindow.Quote(json)}");
        await ClickAsync(window, "Use this JSON");
    }

    private static Task RenameAsync(BrowserWindow window, int item, string name) => window.Page.EvaluateExpressionAsync(
        $$"""
        (key => {
          key.value = {{BrowserWindow.Quote(name)}};
          key.dispatchEvent(new Event("input", { bubbles: true }));
        })(document.querySelector(".items > li:nth-child({{item}}) > input[aria-label$='of labels']"))
        """);

    private static async Task UntilLabelsAsync(BrowserWindow window, string json)
    {
        await ClickAsync(window, "JSON");
        await window.UntilAsync(
            $$"""
            (text => text !== "" && JSON.stringify(JSON.parse(text).labels) === JSON.stringify(JSON.parse({{BrowserWindow.Quote(json)}})))
              (document.querySelector(".request pre").textContent)
            """);
    }
}
