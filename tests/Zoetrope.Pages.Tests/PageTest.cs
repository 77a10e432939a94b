using Zoetrope.Cli.Tests;
using Zoetrope.Pages.Tests.Browsers;

namespace Zoetrope.Pages.Tests;

/// <summary>The page of a ledger in a window of a browser.</summary>
public abstract class PageTest(Chromium chromium) : BatchTest
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected async Task<BrowserWindow> OpenAsync(ServedLedger page, string view = "", string? script = null)
    {
        var window = await chromium.OpenAsync();
        if (script is not null)
            await window.Page.EvaluateExpressionOnNewDocumentAsync(script);
        await window.GoAsync(new Uri($"{page.Url}#/{view}"));
        return window;
    }

    protected static async Task ShowAsync(BrowserWindow window, string view)
    {
        await window.Page.EvaluateExpressionAsync($"location.hash = {BrowserWindow.Quote("#/" + view)}");
        await window.UntilAsync("document.querySelector('main > div')?.checkVisibility()");
    }
}
