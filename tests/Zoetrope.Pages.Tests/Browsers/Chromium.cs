using PuppeteerSharp;

[assembly: AssemblyFixture(typeof(Zoetrope.Pages.Tests.Browsers.Chromium))]

namespace Zoetrope.Pages.Tests.Browsers;

/// <summary>
/// Chromium, started once for all tests: that of the environment variable <c>ZOETROPE_CHROMIUM</c>, or Debian's. Where there is none, the tests are skipped by
/// name.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Variable = "ZOETROPE_CHROMIUM";
    private const string Debian = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        // A container has no other sandbox, and nothing but pages of this machine is opened.
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage",
    ];

    private readonly SemaphoreSlim _turn = new(1);
    private readonly TemporaryFolder _data = new();
    private IBrowser? _browser;

    /// <summary>Where the browser is; null where there is none.</summary>
    private static string? Executable => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : File.Exists(Debian) ? Debian : null;

    /// <summary>Opens a window that shares nothing with others: no cookie, no history.</summary>
    public async Task<BrowserWindow> OpenAsync()
    {
        Assert.SkipWhen(Executable is null, $"There is no Chromium: apt-get install --no-install-recommends chromium, or set {Variable}.");
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _browser ??= await Puppeteer.LaunchAsync(new LaunchOptions
            {
                ExecutablePath = Executable, Headless = true, Args = Flags, UserDataDir = Path.Combine(_data.Path, "data"), Timeout = 120_000,
            });
        }
        finally
        {
            _turn.Release();
        }
        return await BrowserWindow.OpenAsync(await _browser.CreateBrowserContextAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is { } browser)
            await browser.DisposeAsync();
        _turn.Dispose();
        _data.Dispose();
    }
}
