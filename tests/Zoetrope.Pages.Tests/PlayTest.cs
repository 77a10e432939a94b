using Zoetrope.Cli.Tests;
using Zoetrope.Pages.Tests.Browsers;

namespace Zoetrope.Pages.Tests;

/// <summary>The playground in a window of a browser.</summary>
public abstract class PlayTest(Chromium chromium)
{
    protected const string Hostile = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";

    /// <summary>The address of a model's form.</summary>
    protected static string FormOf(string model) => "model/" + Uri.EscapeDataString(model);

    protected static string Kling { get; } = FormOf("fal:fal-ai/kling-video/o3/pro/image-to-video");

    protected async Task<BrowserWindow> OpenAsync(ServedPage page, string view = "", string? script = null)
    {
        var window = await chromium.OpenAsync();
        if (script is not null)
            await window.Page.EvaluateExpressionOnNewDocumentAsync(script);
        await window.GoAsync(new Uri($"{page.Url}#/{view}"));
        await window.UntilAsync("document.querySelector('main h1')?.textContent !== '' && document.querySelector('.view')?.childElementCount > 0");
        return window;
    }

    /// <summary>The control that a label names.</summary>
    protected static string ControlOf(string label) =>
        $"[...document.querySelectorAll('.field > .label > label, .filter label')].find(one => one.textContent === {BrowserWindow.Quote(label)})"
        + "?.control";

    /// <summary>Types into the control that a label names, in place of what it has.</summary>
    protected static async Task TypeAsync(BrowserWindow window, string label, string text)
    {
        await window.Page.EvaluateExpressionAsync($"({ControlOf(label)}).focus(), ({ControlOf(label)}).select()");
        await window.Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Chooses an option of the control that a label names, by its text.</summary>
    protected static async Task ChooseAsync(BrowserWindow window, string label, string option)
    {
        var done = await window.ValueAsync<bool>(
            $$"""
            (select => {
              const option = [...select.options].find(one => one.text === {{BrowserWindow.Quote(option)}});
              if (option === undefined)
                return false;
              select.value = option.value;
              select.dispatchEvent(new Event("change", { bubbles: true }));
              return true;
            })({{ControlOf(label)}})
            """);
        Assert.True(done, $"{label} has no option {option}.");
    }

    /// <summary>Clicks the button of that text.</summary>
    protected static async Task ClickAsync(BrowserWindow window, string text)
    {
        var isIt = $"one.checkVisibility() && one.innerText.trim().startsWith({BrowserWindow.Quote(text)})";
        var script = $"[...document.querySelectorAll('button, a')].find(one => {isIt})";
        await window.UntilAsync($"{script} !== undefined");
        await window.Page.EvaluateExpressionAsync($"({script}).click()");
    }

    /// <summary>The request as JSON, once it is so.</summary>
    protected static async Task UntilJsonAsync(BrowserWindow window, string json)
    {
        await ClickAsync(window, "JSON");
        await window.UntilAsync(
            $"(text => text !== '' && JSON.stringify(JSON.parse(text)) === JSON.stringify({json}))(document.querySelector('.request pre').textContent)");
    }
}
