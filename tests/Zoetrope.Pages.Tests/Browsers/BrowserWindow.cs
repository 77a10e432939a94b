using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PuppeteerSharp;

namespace Zoetrope.Pages.Tests.Browsers;

/// <summary>A window of the browser with one page, and what went wrong in it.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    // Far beyond what any of it takes, on a machine that does ten other things too.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private BrowserWindow(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.DefaultTimeout = page.DefaultNavigationTimeout = (int)Patience.TotalMilliseconds;
        page.Console += (_, message) =>
        {
            if (message.Message.Type is ConsoleType.Error or ConsoleType.Warning)
                Add(message.Message.Text);
        };
        page.PageError += (_, error) => Add(error.Message);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    public static async Task<BrowserWindow> OpenAsync(IBrowserContext context)
    {
        var window = new BrowserWindow(context, await context.NewPageAsync());
        await window.Page.SetViewportAsync(new ViewPortOptions { Width = 1200, Height = 900 });
        return window;
    }

    /// <summary>Opens an address.</summary>
    public Task GoAsync(Uri url) => Page.GoToAsync(url.ToString());

    /// <summary>The value of an expression.</summary>
    public async Task<T> ValueAsync<T>(string expression)
    {
        var json = await Page.EvaluateExpressionAsync<string>($"(async () => JSON.stringify(await ({expression})))()");
        return JsonSerializer.Deserialize<T>(json)!;
    }

    /// <summary>The text that a person sees in the first element that a selector finds; empty where there is none.</summary>
    public Task<string> TextAsync(string selector) => ValueAsync<string>($"document.querySelector({Quote(selector)})?.innerText ?? ''");

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await ValueAsync<bool>($"!!({condition})"))
        {
            if (watch.Elapsed > Patience)
                Assert.Fail($"The page did not become so: {condition}\n{await TextAsync("body")}\n{string.Join('\n', Errors())}");
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until an element has a text.</summary>
    public Task UntilTextAsync(string selector, string text) =>
        UntilAsync($"[...document.querySelectorAll({Quote(selector)})].some(found => found.innerText.includes({Quote(text)}))");

    /// <summary>Presses keys, one after the other.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
            await Page.Keyboard.PressAsync(key);
    }

    /// <summary>Presses Tab until the element that a condition describes has the focus.</summary>
    /// <param name="condition">The condition of <c>focused</c>.</param>
    public async Task TabToAsync(string condition)
    {
        for (var left = 100; left > 0; left--)
        {
            await PressAsync("Tab");
            if (await ValueAsync<bool>($"(focused => !!({condition}))(document.activeElement)"))
                return;
        }
        Assert.Fail($"The keyboard does not reach {condition}");
    }

    /// <summary>Shows what the page would look like on another screen.</summary>
    public async Task EmulateAsync(int width = 1200, bool isDark = false)
    {
        await Page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900 });
        await Page.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = isDark ? "dark" : "light" }]);
    }

    /// <summary>Takes a picture, where a person has set <c>ZOETROPE_SCREENSHOTS</c> to a folder.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("ZOETROPE_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.png")));
    }

    /// <summary>Errors and warnings of the console, violations of the content security policy among them, and exceptions.</summary>
    public IReadOnlyList<string> Errors()
    {
        lock (_errors)
            return [.. _errors];
    }

    /// <summary>A text as an expression.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text);

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Add(string error)
    {
        lock (_errors)
            _errors.Add(error);
    }
}
